//! The impl block form.
//!
//! The trait of hooks knows the hooks and makes the handlers; the block tells it by name which methods are written. So no
//! path is made of a method's name here, and one that is misspelt is rustc's error alone.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{
    Attribute, Error, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Meta, Path, ReturnType, Stmt, Token, Type,
};

use crate::options::{self, Options};
use crate::{arguments, runtime};

pub(crate) fn expand(arguments: TokenStream, mut block: ItemImpl) -> TokenStream {
    let arguments = arguments::of_block(arguments);
    let (import, mut errors) = (arguments.import, arguments.errors);
    let runtime = runtime::name();
    let Some((contract, _)) = block.trait_.clone() else {
        let message = "write `impl Hooks for` this type: the trait of the hooks of a contract has a method for each";
        let error = Error::new(block.self_ty.span(), message).into_compile_error();
        return quote!(#block #error);
    };
    let self_type = text(&block.self_ty);
    let mut written = Vec::new();
    for item in &mut block.items {
        if let ImplItem::Fn(method) = item {
            written.push(register(&import, &self_type, method, &mut errors));
        }
    }
    let conditions = block.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let (generics, _, bounds) = block.generics.split_for_impl();
    // With the place of the block's own, rustc suggests the same for both, and shows an error that is equal once.
    let (impl_token, self_type) = (&block.impl_token, &block.self_ty);
    let handlers = quote_spanned!(contract.span()=> <Self as #contract>::__handlers(self));
    let errors = errors.iter().map(Error::to_compile_error);
    quote! {
        #block

        #(#conditions)*
        const _: () = {
            #import
            // Outside of the impl block, whose bounds may name a type that is not in scope: rustc 1.95 crashes when it
            // evaluates a constant under such bounds.
            const __WRITTEN: &[#runtime::private::Written] = &[#(#written),*];
            const fn __written() -> &'static [#runtime::private::Written] {
                __WRITTEN
            }

            #impl_token #generics #runtime::Backend for #self_type #bounds {
                const WRITTEN: &'static [#runtime::private::Written] = __written();

                fn handlers<__State: ::core::marker::Send + 'static>(
                    self,
                ) -> ::std::vec::Vec<#runtime::Handler<__State>> {
                    #handlers
                }
            }
        };

        #(#errors)*
    }
}

/// What the trait must know of a method. Takes the options off it, and puts before its body what they bring.
fn register(import: &TokenStream, self_type: &str, method: &mut ImplItemFn, errors: &mut Vec<Error>) -> TokenStream {
    let runtime = &runtime::name();
    let mut options = Options::default();
    for attribute in &method.attrs {
        if is_options(attribute) {
            errors.extend(read(&mut options, attribute).err());
        }
    }
    method.attrs.retain(|attribute| !is_options(attribute));
    make_async(method, errors);
    let hook = hook_type(method).cloned();
    let value = match &hook {
        Some(hook) => {
            let prelude = options.prelude(import, hook);
            method.block.stmts.insert(0, Stmt::Item(Item::Verbatim(prelude)));
            let value = options.value(runtime, &quote!(__Hook));
            quote!({ #[allow(dead_code)] type __Hook = #hook; #value })
        }
        None => quote!(#runtime::private::Options::NONE),
    };
    let conditions = method.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let name = method.sig.ident.unraw().to_string();
    quote! {
        #(#conditions)*
        #runtime::private::Written {
            method: #name,
            function: ::core::concat!(::core::module_path!(), "::", #self_type, "::", #name),
            options: #value,
        }
    }
}

fn is_options(attribute: &Attribute) -> bool {
    attribute.path().is_ident("hook")
}

fn read(options: &mut Options, attribute: &Attribute) -> syn::Result<()> {
    let Meta::List(list) = &attribute.meta else {
        let message = format!("expected options in parentheses: {}", options::LIST);
        return Err(Error::new(attribute.path().span(), message));
    };
    let parse = |input: ParseStream<'_>| -> syn::Result<()> {
        while !input.is_empty() {
            let option = Ident::parse_any(input)?;
            if let Err(error) = read_one(options, &option, input) {
                // Where the next option starts is not known: one error is enough.
                input.parse::<TokenStream>()?;
                return Err(error);
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    };
    parse.parse2(list.tokens.clone())
}

fn read_one(options: &mut Options, option: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
    options.announce(option)?;
    if options.read(option, input)? { Ok(()) } else { Err(options::unknown(option, options::LIST)) }
}

/// A method that returns its answer at once is taken for one that lacks `async`; rustc would only miss a future. Other
/// types may be futures.
fn make_async(method: &mut ImplItemFn, errors: &mut Vec<Error>) {
    let at_once = match &method.sig.output {
        ReturnType::Default => true,
        ReturnType::Type(_, output) => match &**output {
            Type::Path(path) => {
                path.path.segments.last().is_some_and(|last| last.ident == "Result" || last.ident == "Answer")
            }
            _ => false,
        },
    };
    if method.sig.asyncness.is_none() && at_once {
        let (place, name) = (method.sig.fn_token.span, &method.sig.ident);
        errors.push(Error::new(place, format!("a handler is async: write `async fn {name}`")));
        method.sig.asyncness = Some(Token![async](place));
    }
}

/// The type of the argument behind `&self`.
fn hook_type(method: &ImplItemFn) -> Option<&Path> {
    match method.sig.inputs.iter().nth(1)? {
        FnArg::Typed(hook) => match &*hook.ty {
            Type::Path(hook) if hook.qself.is_none() => Some(&hook.path),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

fn text(ty: &Type) -> String {
    ty.to_token_stream().to_string().replace(' ', "")
}
