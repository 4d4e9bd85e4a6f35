//! The second form of a handler: a method of an impl block.

use std::sync::Arc;

use super::asked::Asked;
use super::context::Context;
use super::handler::{Handler, Running};
use crate::answer::Answer;
use crate::declared::Options;
use crate::error::HandlerError;
use crate::hook::Hook;

/// A value whose methods handle hooks: [`wcs_hook`](crate::wcs_hook) on the impl block of a contract's trait of hooks
/// makes it one.
#[diagnostic::on_unimplemented(
    message = "the methods of `{Self}` are not registered as handlers",
    label = "`#[wcs_hook]` is missing above the impl block",
    note = "write `#[wcs_hook]` above `impl Hooks for {Self}`, the trait of the hooks of a contract"
)]
pub trait Backend: Sized + Send + Sync + 'static {
    /// The methods that are written, in their order.
    #[doc(hidden)]
    const WRITTEN: &'static [Written];

    /// A handler for each method that is written.
    fn handlers<S: Send + 'static>(self) -> Vec<Handler<S>>;
}

/// A method that is written in an impl block.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// Its name.
    pub method: &'static str,
    /// Its path, for messages.
    pub function: &'static str,
    /// Its options.
    pub options: Options,
}

/// Whether a method is written; known when the program is compiled, so that what is not written costs nothing.
#[doc(hidden)]
#[must_use]
pub const fn is_written(written: &[Written], method: &str) -> bool {
    let mut index = 0;
    while index < written.len() {
        if same(written[index].method.as_bytes(), method.as_bytes()) {
            return true;
        }
        index += 1;
    }
    false
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut index = 0;
    while index < one.len() && index < other.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    one.len() == other.len()
}

/// The answer of a method that is not written: yes, or noticed, and nothing changed.
#[doc(hidden)]
pub fn unwritten<H: Hook>() -> std::future::Ready<Result<Answer<H>, HandlerError>> {
    std::future::ready(Ok(Answer::unchanged()))
}

/// The handler that a method is.
#[doc(hidden)]
pub fn method<B, H, F, S>(
    backend: &Arc<B>,
    name: &str,
    call: impl Fn(Arc<B>, H, Context) -> F + Send + Sync + 'static,
) -> Option<Handler<S>>
where
    B: Backend,
    H: Hook,
    F: Future<Output = Result<Answer<H>, HandlerError>> + Send + 'static,
{
    let written = B::WRITTEN.iter().find(|written| written.method == name)?;
    let backend = Arc::clone(backend);
    Some(Handler {
        declared: written.options.declared(H::DESCRIPTOR, written.function),
        start: Arc::new(move |arrived, request, _, sender| -> Running {
            let hook = H::from_arrived(arrived);
            let asked = Asked::new(&hook, sender);
            let context = Context::new(H::DESCRIPTOR, request, hook.body().clone());
            let answer = call(Arc::clone(&backend), hook, context);
            Box::pin(async move { asked.reply(answer.await) })
        }),
    })
}

/// Declares the trait of the hooks of a contract, with a method for each. Generated modules call it.
///
/// ```
/// # use wcs_runtime::codegen::*;
/// # wcs_runtime::hook! {
/// #     /// Asks whether a door may be opened.
/// #     pub struct OpenDoor: direct, forbids;
/// #     about: HookDescriptor::new("openDoor", "Asks whether a door may be opened.");
/// #     builder: OpenDoorBuilder;
/// #     members {}
/// # }
/// wcs_runtime::hooks! {
///     /// The hooks of a house.
///     pub trait Hooks {
///         /// Asks whether a door may be opened.
///         open_door: OpenDoor;
///     }
/// }
///
/// use wcs_runtime::{Answer, Backend, Context, HandlerError, wcs_hook};
///
/// struct House;
///
/// #[wcs_hook(crate = wcs_runtime)]
/// impl Hooks for House {
///     async fn open_door(&self, _hook: OpenDoor, cx: &Context) -> Result<Answer<OpenDoor>, HandlerError> {
///         Ok(if cx.headers().contains_key("x-key") { Answer::accept() } else { Answer::deny("no key") })
///     }
/// }
///
/// assert_eq!(House.handlers::<()>().len(), 1);
/// ```
#[macro_export]
macro_rules! hooks {
    (
        $(#[$doc:meta])*
        $vis:vis trait $name:ident { $($(#[$method_doc:meta])* $method:ident: $hook:ty;)* }
    ) => {
        $(#[$doc])*
        $vis trait $name: $crate::Backend {
            $(
                $(#[$method_doc])*
                fn $method(
                    &self,
                    hook: $hook,
                    cx: &$crate::Context,
                ) -> impl ::core::future::Future<
                    Output = ::core::result::Result<$crate::Answer<$hook>, $crate::HandlerError>,
                > + ::core::marker::Send {
                    let _ = (hook, cx);
                    $crate::private::unwritten()
                }
            )*

            /// Handlers for the methods that are written.
            #[doc(hidden)]
            fn __handlers<S: ::core::marker::Send + 'static>(self) -> ::std::vec::Vec<$crate::Handler<S>> {
                let backend = ::std::sync::Arc::new(self);
                let mut handlers = ::std::vec::Vec::new();
                $(
                    if const { $crate::private::is_written(Self::WRITTEN, stringify!($method)) } {
                        handlers.extend($crate::private::method(
                            &backend,
                            stringify!($method),
                            |backend: ::std::sync::Arc<Self>, hook: $hook, cx| async move {
                                $name::$method(&*backend, hook, &cx).await
                            },
                        ));
                    }
                )*
                handlers
            }
        }
    };
}
