//! Shows a page in the browser of whoever sits at this machine, if somebody does.

use std::process::{Command, Stdio};

use crate::terminal::Terminal;

/// Opens a file or an address. That there is no browser is said, and is no failure: the pages are where they are.
pub(super) fn open(address: &str, terminal: &mut Terminal) {
    let commands = commands(address);
    if commands.is_empty() {
        terminal.note(&format!("there is no display to show a browser on; open {address} yourself"));
        return;
    }
    let started = commands.iter().any(|words| {
        let (program, arguments) = words.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        let quiet = || Stdio::null();
        Command::new(program).args(arguments).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().is_ok()
    });
    if !started {
        let tried: Vec<&str> = commands.iter().filter_map(|words| words.first()).map(String::as_str).collect();
        let tried = tried.join(", ");
        terminal
            .error(&format!("no browser could be started (tried {tried}); open {address} yourself, or set BROWSER"));
    }
}

/// Commands to try, one after the other: what `BROWSER` names, or what the system has.
fn commands(address: &str) -> Vec<Vec<String>> {
    if let Ok(named) = std::env::var("BROWSER")
        && !named.is_empty()
    {
        return named.split(if cfg!(windows) { ';' } else { ':' }).map(|command| words(command, address)).collect();
    }
    let of = |words: &[&str]| words.iter().chain([&address]).map(|word| (*word).to_owned()).collect();
    if cfg!(target_os = "macos") {
        return vec![of(&["open"])];
    }
    if cfg!(windows) {
        return vec![of(&["cmd", "/C", "start", ""])];
    }
    let display = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"];
    if display.iter().all(|name| std::env::var_os(name).is_none_or(|value| value.is_empty())) {
        return Vec::new();
    }
    vec![of(&["xdg-open"]), of(&["gio", "open"]), of(&["wslview"])]
}

/// A command of `BROWSER`: `%s` stands for the address, which otherwise comes last.
fn words(command: &str, address: &str) -> Vec<String> {
    let mut words: Vec<String> = command.split_whitespace().map(|word| word.replace("%s", address)).collect();
    if !command.contains("%s") {
        words.push(address.to_owned());
    }
    words
}
