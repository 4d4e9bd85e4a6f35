//! `#[wcs_hook]`: makes an async function the handler of a hook, or an impl block the handlers of several.
//!
//! It reads no file and knows no hook: the path that the user writes is spliced once and left to rustc. The expansion
//! calls the function directly, with the user's own tokens, so that a mistake is one error at the place of the mistake.

mod arguments;
mod block;
mod expand;
mod function;
mod options;
mod runtime;

use proc_macro::TokenStream;

/// Makes an async function the handler of a hook, or the methods of an impl block the handlers of theirs.
///
/// # On a function
///
/// ```text
/// #[wcs_hook(OpenDoor, overwrites(seconds), deadline = "3s")]
/// async fn open_door(hook: OpenDoor, State(keys): State<Keys>) -> Result<Answer<OpenDoor>, KeyError> { … }
///
/// HookServer::new(contract).handlers(handlers![open_door])?
/// ```
///
/// The first argument is the hook; the others are extractors of axum that need only the head of the request, and those of
/// the runtime: `RawBody`, `Peer`, `RequestId`. The function returns `Answer<Hook>`, or `()` for an event, or a `Result`
/// of one of these. It stays an ordinary function.
///
/// # On an impl block
///
/// ```text
/// #[wcs_hook]
/// impl Hooks for House {
///     #[hook(overwrites(seconds))]
///     async fn open_door(&self, hook: OpenDoor, cx: &Context) -> Result<Answer<OpenDoor>, HandlerError> { … }
/// }
///
/// HookServer::new(contract).backend(House::new())?
/// ```
///
/// `Hooks` is the trait that the contract's crate has, with a method for each hook. The methods that are written are
/// handlers; hooks whose methods are not written are not handled.
///
/// # Options
///
/// Behind the hook, or in `#[hook(…)]` on a method:
///
/// - `overwrites(member, …)`: the members that the answer replaces. In the body, `OpenDoorOverwrite` is then the type with
///   the setters of these members and no others; it needs no import.
/// - `exclude(member, …)`: members that the sender need not send. They are absent once a session's policy says so.
/// - `on_error = log`: an error or a denial does not stop what was asked for; `on_error = fail`: it does. By default what
///   asks is stopped and what reports is logged.
/// - `deadline = "3s"`: how long the handler may take (`ms`, `s`, `m`).
///
/// Members are named as their accessors. On a function also `state = Type` for a server with just that state, when an
/// extractor needs to know it. On both `crate = path` where the runtime is found, if not at `::wcs_runtime`.
#[proc_macro_attribute]
pub fn wcs_hook(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(arguments.into(), item.into()).into()
}
