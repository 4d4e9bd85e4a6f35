//! `#[wcs_hook]`: makes an async function the handler of a hook.
//!
//! It reads no file and knows no hook: the path that the user writes is spliced once and left to rustc. The expansion
//! calls the function directly, with the user's own tokens, so that a mistake is one error at the place of the mistake.

mod arguments;
mod expand;
mod function;

use proc_macro::TokenStream;

/// Makes an async function the handler of a hook.
///
/// ```text
/// #[wcs_hook(OpenDoor)]
/// async fn open_door(hook: OpenDoor, State(keys): State<Keys>) -> Result<Answer<OpenDoor>, KeyError> { … }
///
/// HookServer::new(contract).handlers(handlers![open_door])?
/// ```
///
/// The first argument is the hook; the others are extractors of axum that need only the head of the request. The
/// function returns `Answer<Hook>`, or `()` for an event, or a `Result` of one of these. It stays an ordinary function.
///
/// Options after the hook: `state = Type` for a server with just that state, when an extractor needs to know it;
/// `crate = path` where the runtime is found, if not at `::wcs_runtime`.
#[proc_macro_attribute]
pub fn wcs_hook(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(arguments.into(), item.into()).into()
}
