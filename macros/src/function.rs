//! What the function under the attribute must look like.

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Error, FnArg, ItemFn, ReturnType, Type};

/// The parts of a fitting function that the expansion needs.
pub(crate) struct Function<'f> {
    /// Place of the payload's type.
    pub(crate) payload: Span,
    /// The extractors' types.
    pub(crate) extractors: Vec<&'f Type>,
    /// Place of the returned type, or of the function's name if none is written.
    pub(crate) output: Span,
}

/// Checks all at once; the hook's name is only for the messages.
pub(crate) fn check<'f>(function: &'f ItemFn, hook: &str) -> Result<Function<'f>, Error> {
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
    let mut inputs = signature.inputs.iter();
    let payload = match inputs.next() {
        None => {
            let message = format!("the first argument of a handler is its hook: write `{name}(hook: {hook})`");
            errors.push(Error::new(name.span(), message));
            None
        }
        Some(FnArg::Receiver(receiver)) => {
            let message = "a handler is a free function: keep what it needs in the state, and take `State<T>`";
            errors.push(Error::new(receiver.span(), message));
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

/// The text of a path for a message.
pub(crate) fn text(path: &syn::Path) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
