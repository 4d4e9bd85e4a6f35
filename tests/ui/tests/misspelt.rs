//! A name that is not in scope, at every place of a handler in turn: rustc reports it once, at that place.
//!
//! Each `@` in a program marks a name. One program is made for each, in which that name alone is misspelt. Not marked are
//! names on which another name of the program depends: that of the hook where the body has the `…Overwrite` made of it,
//! that of the backend's type, and the runtime of an impl block.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, HashSet};
use std::env;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What both programs use. Nothing here is misspelt.
const COMMON: &str = r#"
use axum::extract::{Extension, FromRequestParts, Path, State};
use axum::http::request::Parts;
use wcs_runtime::{Answer, Context, HandlerError, HookServer, RawBody, handlers, wcs_hook};
use wcs_ui_tests::*;

#[derive(Clone)]
struct App;

mod house {
    pub const KEYS: usize = 2;
    pub mod cellar {
        #[derive(Clone)]
        pub struct Lamp;
    }
}

#[derive(Debug)]
struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("broken")
    }
}

impl std::error::Error for Broken {}

struct Caller;

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self)
    }
}

fn known(_: Option<String>) -> bool {
    true
}
"#;

const FUNCTIONS: &str = r#"
#[wcs_hook(OpenDoor, overwrites(@seconds), exclude(@door), on_error = log, deadline = "2s")]
async fn open(
    hook: @OpenDoor,
    @State(app): @State<@App>,
    Extension(_): Extension<Vec<@App>>,
    Extension(_): Extension<[u8; house::@KEYS]>,
    Extension(_): @axum::extract::Extension<@house::cellar::Lamp>,
    _lamp: Extension<house::@cellar::Lamp>,
    _caller: @Caller,
    @Path(_): Path<(u8, @u16)>,
) -> Result<@Answer<@OpenDoor>, @Broken> {
    let App = app;
    if !@known(hook.door().map(Into::into)) {
        return Err(@Broken);
    }
    let seconds: @i32 = 3;
    Ok(Answer::overwrite(@OpenDoorOverwrite::new().seconds(seconds)))
}

#[wcs_hook(LightUp, state = @App, crate = @wcs_runtime)]
async fn light(_: LightUp, _: State<@App>, body: @RawBody) -> @Answer<LightUp> {
    @drop(body);
    @Answer::accept()
}

#[wcs_hook(@OpenDoor, crate = @wcs_runtime, overwrites(seconds, @display_text), exclude(@door))]
async fn open_too(_: @OpenDoor) -> @Result<@Answer<@OpenDoor>, @HandlerError> {
    Ok(Answer::accept())
}

#[wcs_hook(wcs_ui_tests::@DoorOpened)]
async fn opened(_: DoorOpened, _: Extension<App>) {}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _ = HookServer::<App>::new(contract()).handlers(handlers![open, light])?;
    let _ = HookServer::<()>::new(contract()).handlers(handlers![open_too, opened])?;
    Ok(())
}
"#;

const METHODS: &str = r#"
impl<T> From<T> for App
where
    T: FnOnce(),
{
    fn from(_: T) -> Self {
        Self
    }
}

struct House<T> {
    app: T,
}

#[wcs_hook]
impl<T: @Send + Sync + 'static> @Hooks for House<T>
where
    @App: @From<@T>,
    Vec<@App>: @Clone,
{
    #[hook(overwrites(@seconds), exclude(@door), on_error = fail)]
    async fn open_door(&self, hook: OpenDoor, _cx: &@Context) -> @Result<@Answer<@OpenDoor>, @HandlerError> {
        let _: &@T = &self.app;
        if !@known(hook.door().map(Into::into)) {
            Err(@Broken)?;
        }
        Ok(Answer::overwrite(@OpenDoorOverwrite::new().seconds(3)))
    }

    #[hook(exclude(@light))]
    async fn light_up(&self, _: @LightUp, cx: &wcs_runtime::@Context) -> Result<Answer<LightUp>, HandlerError> {
        let body: @RawBody = RawBody(cx.raw_body().clone());
        drop(body);
        Ok(@Answer::accept())
    }
}

struct Cottage;

#[wcs_hook(crate = wcs_runtime)]
impl Hooks for Cottage {
    #[hook(overwrites(@seconds), exclude(@door))]
    async fn open_door(&self, _: @OpenDoor, _: &Context) -> Result<Answer<@OpenDoor>, HandlerError> {
        Ok(Answer::accept())
    }

    async fn door_opened(&self, _: @wcs_ui_tests::DoorOpened, _: &Context) -> Result<Answer<@DoorOpened>, HandlerError> {
        Ok(Answer::acknowledge())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _ = HookServer::<()>::new(contract()).backend(House { app: || {} })?;
    let _ = HookServer::<()>::new(contract()).backend(Cottage)?;
    Ok(())
}
"#;

#[test]
fn a_misspelt_name_is_one_error_at_its_place() {
    let mut programs = BTreeMap::new();
    for (form, handlers) in [("functions", FUNCTIONS), ("methods", METHODS)] {
        let text = format!("#![allow(unused)]{COMMON}{handlers}");
        programs.insert(format!("{form}_0"), (text.replace('@', ""), None));
        for (index, (at, _)) in text.match_indices('@').enumerate() {
            let (before, after) = (text[..at].replace('@', ""), text[at + 1..].replace('@', ""));
            let line = before.lines().count();
            let column = before.lines().next_back().unwrap_or_default().len() + 1;
            let name = after.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap();
            let after = format!("{name}Zzz{}", &after[name.len()..]);
            let place = (line, column, name.to_owned());
            programs.insert(format!("{form}_{}", index + 1), (format!("{before}{after}"), Some(place)));
        }
    }
    assert!(programs.len() > 50, "{} programs", programs.len());

    let found = errors(&programs.iter().map(|(name, (text, _))| (name.as_str(), text.as_str())).collect::<Vec<_>>());
    let mut complaints = String::new();
    for (name, (text, place)) in &programs {
        let found = found.get(name).map_or(&[][..], Vec::as_slice);
        let fits = match (place, found) {
            (None, []) => true,
            (Some((line, column, _)), [error]) => error.place == Some((*line, *column)),
            _ => false,
        };
        if !fits {
            let line = place.as_ref().and_then(|(line, ..)| text.lines().nth(line - 1)).unwrap_or_default();
            let shown: String = found.iter().map(|error| format!("  {:?} {}\n", error.place, error.message)).collect();
            write!(complaints, "{name}, {place:?}: {line}\n{shown}").unwrap();
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

struct Error {
    /// Line and column; none of an error of the compiler itself.
    place: Option<(usize, usize)>,
    message: String,
}

/// The errors of each program that does not compile, by its name.
fn errors(programs: &[(&str, &str)]) -> BTreeMap<String, Vec<Error>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("misspelt");
    let ui = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = ui.parent().and_then(Path::parent).unwrap();
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("src/bin")).unwrap();
    let manifest = format!(
        "[package]\nname = \"misspelt\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         axum = {{ version = \"0.8\", default-features = false }}\n\
         wcs-runtime = {{ path = {:?} }}\nwcs-ui-tests = {{ path = {ui:?} }}\n",
        root.join("runtime")
    );
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("Cargo.lock"), &std::fs::read_to_string(root.join("Cargo.lock")).unwrap());
    for (name, text) in programs {
        write(&folder.join(format!("src/bin/{name}.rs")), text);
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(&folder).env("CARGO_TARGET_DIR", target).env("RUST_BACKTRACE", "0");
    let output =
        cargo.args(["check", "--offline", "--bins", "--keep-going", "--message-format", "json"]).output().unwrap();
    let mut seen = HashSet::new();
    let mut found: BTreeMap<String, Vec<Error>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let report: Value = serde_json::from_str(line).unwrap();
        let message = &report["message"];
        let text = message["message"].as_str().unwrap_or_default();
        let is_error = message["level"].as_str().is_some_and(|level| level.starts_with("error"));
        // Cargo shows equal messages once.
        if !is_error
            || text.starts_with("aborting due to")
            || !seen.insert((report["target"]["name"].clone(), message["rendered"].clone()))
        {
            continue;
        }
        let spans = message["spans"].as_array().map_or(&[][..], Vec::as_slice);
        let primary = spans.iter().find(|span| span["is_primary"] == true);
        let number = |key: &str| primary.and_then(|span| usize::try_from(span[key].as_u64()?).ok());
        let place = number("line_start").zip(number("column_start"));
        let program = report["target"]["name"].as_str().unwrap().to_owned();
        found.entry(program).or_default().push(Error { place, message: text.to_owned() });
    }
    assert!(!found.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    found
}

#[expect(clippy::disallowed_methods, reason = "a file of this test")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}
