//! The expansion: the item as it was, and a registration beside it, whatever was wrong.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Error, Item, ItemFn, Path};

use crate::arguments::{self, Arguments};
use crate::function::{self, Function};

pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let arguments = arguments::read(arguments);
    let function = match syn::parse2::<Item>(item.clone()) {
        Ok(Item::Fn(function)) => function,
        Ok(other) => {
            let message = "`#[wcs_hook]` stands on an async function, which handles the hook";
            let error = Error::new(first_token(&other), message).into_compile_error();
            return quote!(#item #error);
        }
        // rustc reports what it can't parse by itself.
        Err(_) => return item,
    };
    let registration = register(&arguments, &function);
    let errors = arguments.errors.iter().map(Error::to_compile_error);
    quote!(#item #registration #(#errors)*)
}

/// Behind attributes and visibility, where an item says what it is.
fn first_token(item: &Item) -> Span {
    match item {
        Item::Struct(item) => item.struct_token.span,
        Item::Enum(item) => item.enum_token.span,
        Item::Mod(item) => item.mod_token.span,
        Item::Impl(item) => item.impl_token.span,
        Item::Const(item) => item.const_token.span,
        Item::Static(item) => item.static_token.span,
        other => other.span(),
    }
}

/// A struct with the function's name in the namespace of types, and its implementation of the handler's trait.
fn register(arguments: &Arguments, function: &ItemFn) -> TokenStream {
    let Arguments { hook, runtime, .. } = arguments;
    let (visibility, name) = (&function.vis, &function.sig.ident);
    let conditions: Vec<_> = function.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let hook_text = hook.as_ref().map_or_else(|| "HookType".to_owned(), function::text);
    let hook_type = match hook {
        Some(path) => quote!(#path),
        None => quote!(#runtime::private::Unnamed),
    };
    let (parts, error) = match function::check(function, &hook_text) {
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
    let place = hook.as_ref().map_or_else(Span::call_site, |path| path.span());
    let is_hook = placed(place, quote!(__Hook: #runtime::private::Hook));
    let bounds = parts.iter().flat_map(|parts| &parts.extractors).map(|extractor| {
        let place = extractor.span();
        quote_spanned!(place=> #extractor: #runtime::private::FromRequestParts<#state>)
    });
    let body = match &parts {
        Some(parts) => call(runtime, name, parts),
        None => quote!(#runtime::private::boxed(::core::future::pending())),
    };
    quote! {
        #(#conditions)*
        #[allow(non_camel_case_types)]
        #[doc(hidden)]
        #visibility struct #name {}

        #(#conditions)*
        const _: () = {
            type __Hook = #hook_type;

            impl #generics #runtime::private::HookHandler<#state> for #name
            where
                #is_hook,
                #(#bounds,)*
            {
                type Hook = __Hook;

                #[allow(unused_mut, unused_variables)]
                fn start(
                    __hook: __Hook,
                    mut __request: #runtime::private::RequestParts,
                    __state: #state,
                    __sender: &'static #runtime::private::SenderDescriptor,
                ) -> #runtime::private::Running {
                    #body
                }
            }
        };

        #error
    }
}

/// The direct call. Each step has the place of what the user wrote for it, so that rustc's error stands there.
fn call(runtime: &Path, name: &Ident, parts: &Function<'_>) -> TokenStream {
    let payload = Ident::new("__hook", parts.payload);
    let received = Ident::new("__hook", Span::call_site());
    let output = Ident::new("__output", parts.output);
    let future = Ident::new("__future", name.span());
    let arguments: Vec<Ident> = (0..parts.extractors.len()).map(|index| format_ident!("__argument_{index}")).collect();
    let called = quote_spanned!(name.span()=> #name(#payload #(, #arguments)*));
    let steps = quote! {
        let __asked = #runtime::private::Asked::new(&#payload, __sender);
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

/// Tokens, all at one place.
fn placed(place: Span, tokens: TokenStream) -> TokenStream {
    let tokens = tokens.into_iter().map(|mut token| {
        token.set_span(place);
        token
    });
    tokens.collect()
}
