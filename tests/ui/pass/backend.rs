use std::time::Duration;

use axum::http::Request;
use wcs_runtime::server::OnErrorChoice;
use wcs_runtime::{Answer, Backend, Context, HandlerError, Handler, HookServer, wcs_hook};
use wcs_ui_tests::{DoorOpened, Hooks, LightUp, OpenDoor, contract};

struct House {
    seconds: i32,
}

#[wcs_hook]
impl Hooks for House {
    /// A declared member, `?`, the context.
    #[hook(overwrites(seconds), deadline = "2s")]
    #[hook(exclude(door, display_text), on_error = log)]
    async fn open_door(&self, hook: OpenDoor, cx: &Context) -> Result<Answer<OpenDoor>, HandlerError> {
        let floor: i32 = hook.door().unwrap_or_default().parse()?;
        if cx.headers().is_empty() && cx.peer().is_none() && cx.raw_body().len() > floor as usize {
            return Ok(Answer::overwrite(OpenDoorOverwrite::new().seconds(self.seconds)));
        }
        Ok(Answer::deny(format!("{} has no key", cx.request_id())))
    }

    async fn door_opened(&self, _hook: DoorOpened, _cx: &Context) -> Result<Answer<DoorOpened>, HandlerError> {
        Ok(Answer::acknowledge())
    }

    #[cfg(any())]
    async fn light_up(&self, _hook: LightUp, _cx: &Context) -> Result<Answer<LightUp>, HandlerError> {
        Ok(Answer::accept())
    }
}

/// Of any kind of lamp; a future by hand.
struct Lights<L>(L);

#[wcs_hook(crate = ::wcs_runtime)]
impl<L: Fn(&str) -> bool + Send + Sync + 'static> Hooks for Lights<L> {
    fn light_up(
        &self,
        hook: LightUp,
        _cx: &Context,
    ) -> impl Future<Output = Result<Answer<LightUp>, HandlerError>> + Send {
        let bright = (self.0)(&hook.light().unwrap_or_default());
        async move { Ok(if bright { Answer::accept() } else { Answer::deny("dark") }) }
    }
}

/// Handles nothing.
struct Empty;

#[wcs_hook]
impl Hooks for Empty {}

fn main() {
    let handlers: Vec<Handler<u8>> = House { seconds: 1 }.handlers();
    let names: Vec<&str> = handlers.iter().map(|handler| handler.declared().hook.name).collect();
    assert_eq!(names, ["openDoor", "DoorOpened"]);
    let declared = *handlers[0].declared();
    assert!(declared.function.ends_with("::House::open_door"), "{}", declared.function);
    assert_eq!(declared.overwrites, ["seconds"]);
    assert_eq!(declared.exclude, ["door", "displayText"]);
    assert_eq!((declared.on_error, declared.deadline), (OnErrorChoice::Log, Some(Duration::from_secs(2))));

    assert_eq!(Lights(|_: &str| true).handlers::<()>().len(), 1);
    assert!(Empty.handlers::<()>().is_empty());

    let server = HookServer::<()>::new(contract()).handlers(House { seconds: 1 }.handlers()).unwrap();
    let server = server.handlers(Lights(|light: &str| light == "on").handlers()).unwrap();
    let twice = server.handlers(Lights(|_: &str| false).handlers()).map(|_| ()).unwrap_err().to_string();
    assert!(twice.contains("::Lights<L>::light_up"), "{twice}");

    // A method is still one.
    let hook = OpenDoor::builder().door("1").build();
    let (request, ()) = Request::new(()).into_parts();
    let context = Context::new(OpenDoor::DESCRIPTOR, request, hook.bytes().clone());
    let _future = House { seconds: 1 }.open_door(hook, &context);
}
