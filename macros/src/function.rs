//! The function form.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Error, FnArg, Item, ItemFn, Path, ReturnType, Stmt, Type};

use crate::arguments::{self, Arguments};
use crate::options::placed;
use crate::runtime;

pub(crate) fn expand(arguments: TokenStream, mut function: ItemFn) -> TokenStream {
    if let Some(FnArg::Receiver(receiver)) = function.sig.inputs.first() {
        // Beside a method nothing can be declared.
        let message = "a handler is a free function: keep what it needs in the state and take `State<T>`, or write \
                       `#[wcs_hook]` above the impl block of the trait of hooks";
        let error = Error::new(receiver.span(), message).into_compile_error();
        return quote!(#function #error);
    }
    let arguments = arguments::of_function(arguments);
    let registration = register(&arguments, &function);
    let errors = arguments.errors.iter().map(Error::to_compile_error);
    if let Some(hook) = &arguments.hook {
        let prelude = arguments.options.prelude(&arguments.import, hook);
        function.block.stmts.insert(0, Stmt::Item(Item::Verbatim(prelude)));
    }
    quote!(#function #registration #(#errors)*)
}

/// A struct with the function's name in the namespace of types, and its implementation of the handler's trait.
fn register(arguments: &Arguments, function: &ItemFn) -> TokenStream {
    let Arguments { hook, import, .. } = arguments;
    let runtime = &runtime::name();
    let (visibility, name) = (&function.vis, &function.sig.ident);
    let conditions: Vec<_> = function.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let hook_text = hook.as_ref().map_or_else(|| "HookType".to_owned(), text);
    let hook_type = match hook {
        // Through the trait, so that what is no hook is an error here and, being one, nowhere else.
        Some(path) => through_trait(runtime, path),
        None => quote!(#runtime::private::Unnamed),
    };
    let (parts, error) = match check(function, &hook_text) {
        Ok(parts) if hook.is_some() => (Some(parts), None),
        Ok(_) => (None, None),
        Err(error) => (None, Some(error.into_compile_error())),
    };
    let (generics, state) = match &arguments.state {
        Some(state) => (None, quote!(#state)),
        None => (
            Some(quote!(<__State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync + 'static>)),
            quote!(__State),
        ),
    };
    // A type that is not in scope is reported for the function, and once more for what names it beside the function. The
    // second report is dropped if it is equal to the first, suggestions too: those for an item without parameters that has
    // the place of the function's name are those for the function.
    let extractors = parts.as_ref().map_or(&[][..], |parts| &parts.extractors);
    let aliases: Vec<_> = (0..extractors.len()).map(|index| format_ident!("__Extractor{index}")).collect();
    let extractor_types = aliases.iter().zip(extractors).map(|(alias, extractor)| {
        let alias = Ident::new(&alias.to_string(), name.span());
        quote!(type #alias = #extractor;)
    });
    let bounds = aliases.iter().zip(extractors).map(|(alias, extractor)| {
        let place = extractor.span();
        let alias = Ident::new(&alias.to_string(), place);
        quote_spanned!(place=> #alias: #runtime::private::FromRequestParts<#state>)
    });
    // Where it stands is the user's, what it means is not: a path may come from another macro.
    let place = hook.as_ref().map_or_else(Span::call_site, |path| path.span()).resolved_at(Span::call_site());
    let received = Ident::new("__hook", place);
    let body = match &parts {
        Some(parts) => call(runtime, name, parts, &received),
        None => quote!(#runtime::private::boxed(::core::future::pending())),
    };
    let alias = Ident::new("__Hook", place);
    let descriptor = placed(place, quote!(<#alias as #runtime::private::Hook>::DESCRIPTOR));
    let associated = placed(place, quote!(type Hook = #alias;));
    // At the place of the hook, as is all that can't be right if that is none.
    let start = quote_spanned! {place=>
        #[allow(unused_mut, unused_variables)]
        fn start(
            #received: #alias,
            mut __request: #runtime::private::RequestParts,
            __state: #state,
            __sender: &'static #runtime::private::SenderDescriptor,
        ) -> #runtime::private::Running {
            #body
        }
    };
    let options = arguments.options.value(runtime, &quote!(#alias));
    let plain_name = text(&Path::from(name.clone()));
    quote! {
        #(#conditions)*
        #[allow(non_camel_case_types)]
        #[doc(hidden)]
        #visibility struct #name {}

        #(#conditions)*
        const _: () = {
            #import
            type #alias = #hook_type;
            #(#extractor_types)*

            // Outside of the impl block, whose bounds may name a type that is not in scope: rustc 1.95 crashes when it
            // evaluates a constant under such bounds.
            const __DECLARED: #runtime::private::Declared = #runtime::private::Options::declared(
                #options,
                #descriptor,
                ::core::concat!(::core::module_path!(), "::", #plain_name),
            );
            const fn __declared() -> #runtime::private::Declared {
                __DECLARED
            }

            impl #generics #runtime::private::HookHandler<#state> for #name
            where
                #(#bounds,)*
            {
                #associated

                const DECLARED: #runtime::private::Declared = __declared();

                #start
            }
        };

        #error
    }
}

/// The hook's type, each token at the place of the path; but the path's own tokens stay, for rustc's suggestions.
fn through_trait(runtime: &Path, path: &Path) -> TokenStream {
    let as_hook = placed(path.span(), quote!(as #runtime::private::Hook));
    quote_spanned!(path.span()=> <#path #as_hook>::This)
}

/// The direct call. Each step has the place of what the user wrote for it, so that rustc's error stands there.
fn call(runtime: &Path, name: &Ident, parts: &Function<'_>, received: &Ident) -> TokenStream {
    let payload = Ident::new("__hook", parts.payload);
    let output = Ident::new("__output", parts.output);
    let future = Ident::new("__future", name.span());
    let arguments: Vec<Ident> = (0..parts.extractors.len()).map(|index| format_ident!("__argument_{index}")).collect();
    let lent = (!arguments.is_empty()).then(|| quote!(__asked.lend(&mut __request);));
    let called = quote_spanned!(name.span()=> #name(#payload #(, #arguments)*));
    let steps = quote! {
        let __asked = #runtime::private::Asked::new(&#payload, __sender);
        #lent
        #(let #arguments = #runtime::private::extract(&mut __request, &__state).await?;)*
        let #output = #called.await;
        __asked.reply(#output)
    };
    let handling = quote_spanned!(name.span()=> async move { #steps });
    let boxed = placed(name.span(), quote!(#runtime::private::boxed(#future)));
    quote! {
        let #payload = #received;
        let #future = #handling;
        #boxed
    }
}

/// The parts of a fitting function that the expansion needs.
struct Function<'f> {
    /// Place of the payload's type.
    payload: Span,
    /// The extractors' types.
    extractors: Vec<&'f Type>,
    /// Place of the returned type, or of the function's name if none is written.
    output: Span,
}

/// Checks all at once; the hook's name is only for the messages.
fn check<'f>(function: &'f ItemFn, hook: &str) -> Result<Function<'f>, Error> {
    let signature = &function.sig;
    let name = &signature.ident;
    let mut errors = Vec::new();
    if signature.asyncness.is_none() {
        errors.push(Error::new(signature.fn_token.span, format!("a handler is async: write `async fn {name}`")));
    }
    if !signature.generics.params.is_empty() {
        let message = "a handler can't be generic: the server must know its types";
        errors.push(Error::new(signature.generics.span(), message));
    }
    for place in signature.inputs.iter().filter_map(|input| impl_trait(input.to_token_stream())) {
        errors.push(Error::new(place, "a handler can't be generic: write the argument's type in place of `impl`"));
    }
    let mut inputs = signature.inputs.iter();
    let payload = match inputs.next() {
        None | Some(FnArg::Receiver(_)) => {
            let message = format!("the first argument of a handler is its hook: write `{name}(hook: {hook})`");
            errors.push(Error::new(name.span(), message));
            None
        }
        Some(FnArg::Typed(payload)) => Some(payload.ty.span()),
    };
    let extractors = inputs.filter_map(|input| match input {
        FnArg::Typed(extractor) => Some(&*extractor.ty),
        FnArg::Receiver(_) => None,
    });
    let output = match &signature.output {
        ReturnType::Default => name.span(),
        ReturnType::Type(_, output) => output.span(),
    };
    let first = errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    });
    match (first, payload) {
        (None, Some(payload)) => Ok(Function { payload, extractors: extractors.collect(), output }),
        (Some(error), _) => Err(error),
        (None, None) => Err(Error::new(name.span(), "the hook is missing")),
    }
}

/// Place of an `impl Trait` in an argument.
fn impl_trait(argument: TokenStream) -> Option<Span> {
    argument.into_iter().find_map(|token| match token {
        TokenTree::Ident(word) if word == "impl" => Some(word.span()),
        TokenTree::Group(group) => impl_trait(group.stream()),
        _ => None,
    })
}

/// The text of a path for a message.
fn text(path: &Path) -> String {
    path.to_token_stream().to_string().replace(' ', "").replace("r#", "")
}
