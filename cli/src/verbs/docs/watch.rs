//! `wcs docs --watch`: the pages on this machine, as the schema is at this moment.
//!
//! A thread looks at the files and makes the pages in memory; connections show what it made last. Open pages ask to be
//! told of the next change, and load themselves again.

mod files;
mod serve;
mod site;

use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch as channel;

use super::{DocsOptions, browser};
use crate::contract;
use crate::network::{block_on, interrupted};
use crate::stop::Stop;
use crate::terminal::{GOOD, Terminal, WARN};
use files::Watched;
use site::Site;

/// How often the files are looked at.
const PERIOD: Duration = Duration::from_millis(100);

pub(super) fn run(options: &DocsOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    if !options.listen.ip().is_loopback() {
        return Err(Stop::Error(format!(
            "{} is not an address of this machine alone; `--watch` serves on 127.0.0.1 or [::1] only",
            options.listen
        )));
    }
    let schema = contract::schema(options.schema.path())?;
    let mut watched = Watched::new(schema, options.templates.clone());
    let seen = watched.fingerprint();
    let first = watched.build(None);
    told(&first, terminal);
    let (sender, receiver) = channel::channel(Arc::new(first));
    // Pages that wait for a change are not waited for: their connections end with the runtime.
    block_on(async {
        let listener = TcpListener::bind(options.listen).await.map_err(|error| {
            format!(
                "can't listen on {}: {error}; name another with `--listen`, or port 0 for a free one",
                options.listen
            )
        })?;
        let address = listener.local_addr().map_err(|error| format!("can't tell the address: {error}"))?;
        terminal.line(&format!("{GOOD}serving{GOOD:#} http://{address}/ until Ctrl-C"));
        if options.open {
            browser::open(&format!("http://{address}/"), terminal);
        }
        let mut thread_terminal = terminal.clone();
        std::thread::spawn(move || look(watched, seen, &sender, &mut thread_terminal));
        let connections = tokio::spawn(serve::accept(listener, receiver));
        interrupted().await;
        connections.abort();
        Ok::<_, Stop>(())
    })?;
    terminal.line("stopped");
    Ok(())
}

/// Makes the pages anew whenever a file has changed and has come to rest.
fn look(mut watched: Watched, mut built: u64, sender: &channel::Sender<Arc<Site>>, terminal: &mut Terminal) {
    let mut last = built;
    loop {
        std::thread::sleep(PERIOD);
        if sender.is_closed() {
            return;
        }
        let now = watched.fingerprint();
        let at_rest = now == last;
        last = now;
        if now == built || !at_rest {
            continue;
        }
        built = now;
        let before = sender.borrow().clone();
        let next = watched.build(Some(&before));
        if next.shows_the_same(&before) {
            continue;
        }
        told(&next, terminal);
        if sender.send(Arc::new(next)).is_err() {
            return;
        }
    }
}

fn told(site: &Site, terminal: &mut Terminal) {
    match &site.trouble {
        Some(trouble) => {
            terminal.out(&trouble.text);
            let pages = if site.pages.is_empty() { "there are no pages as yet" } else { "the pages stay as they were" };
            terminal.line(&format!("{WARN}{}{WARN:#}; {pages}", trouble.summary));
        }
        None => terminal.line(&format!("{GOOD}made{GOOD:#} {} pages", site.pages.len())),
    }
}
