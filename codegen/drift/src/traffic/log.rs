//! The media server's own log: a line that says whether it sends or has received, a line `URL:` with the address, a line
//! `OBJECT:` and the body over several lines, with whatever other threads write in between.
//!
//! ```text
//! 12:00:00,041 INFO RestClient - pool-8-thread-1 SEND REST OBJECT ==>
//! URL:http://backend.example.com/hook
//! OBJECT:
//! {
//!   "member" : "value"
//! }
//! ```
//!
//! Every line may begin with a time stamp and a thread. Then the lines of a body are those with the same beginning; else
//! they are the lines that look like JSON, which those of other threads do not. This is the one place that knows a
//! server's log.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use serde_json::Value;
use wcs_contract::value;

use super::exchanges::hook_at;
use super::input::{Line, Lines};
use super::observed::Sink;
use super::walk::Request;

/// Most bodies that may be written at once; beyond that, the oldest was cut off.
const MOST_OPEN: usize = 64;

/// Longest body in lines.
const MOST_LINES: usize = 100_000;

/// Most beginnings of lines that are remembered with a direction.
const MOST_DIRECTIONS: usize = 1000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Sent,
    Received,
}

/// A body that is being read.
#[derive(Debug)]
struct Block {
    /// What its lines begin with, without the time stamp.
    thread: String,
    hook: String,
    direction: Direction,
    lines: Vec<Line>,
    /// The body so far; `None` before `OBJECT:`.
    body: Option<String>,
    /// Braces and brackets that are open.
    depth: usize,
}

/// Reads a log.
pub(super) fn read<R: BufRead>(lines: &mut Lines<'_, R>, sink: &mut Sink<'_>) -> io::Result<()> {
    let mut log = Log { open: Vec::new(), last: Direction::Sent, by_thread: BTreeMap::new() };
    while let Some(line) = lines.next()? {
        log.line(line, sink);
    }
    log.open.iter().for_each(|block| sink.unread("this body is cut off", &block.lines));
    Ok(())
}

struct Log {
    open: Vec<Block>,
    /// The direction that was told last.
    last: Direction,
    by_thread: BTreeMap<String, Direction>,
}

impl Log {
    fn line(&mut self, line: Line, sink: &mut Sink<'_>) {
        let text = line.text.clone();
        let (_, rest) = stamped(&text);
        if let Some((at, content)) = self.continued(rest) {
            self.add(at, line, content, sink);
        } else if let Some((before, direction)) = direction(rest) {
            self.last = direction;
            if self.by_thread.len() >= MOST_DIRECTIONS {
                self.by_thread.clear();
            }
            self.by_thread.insert(before.trim().to_owned(), direction);
        } else if let Some((thread, address)) = labelled(rest, "URL:") {
            let (address, object) = address.split_once("OBJECT:").map_or((address, None), |(a, o)| (a, Some(o)));
            self.begin(thread, address, line.clone(), sink);
            if let Some(object) = object {
                self.object(thread, Line { number: line.number, text: String::new() }, object, sink);
            }
        } else if let Some((thread, object)) = labelled(rest, "OBJECT:") {
            self.object(thread, line, object, sink);
        }
    }

    fn begin(&mut self, thread: &str, address: &str, line: Line, sink: &mut Sink<'_>) {
        // The header has more words than the lines below it.
        let told = self.by_thread.iter().rev().find(|(header, _)| !thread.is_empty() && header.starts_with(thread));
        let direction = told.map_or(self.last, |(_, direction)| *direction);
        if self.open.len() >= MOST_OPEN {
            let oldest = self.open.remove(0);
            sink.unread("this body is cut off", &oldest.lines);
        }
        let hook = hook_at(address).to_owned();
        let (thread, lines) = (thread.to_owned(), vec![line]);
        self.open.push(Block { thread, hook, direction, lines, body: None, depth: 0 });
    }

    fn object(&mut self, thread: &str, line: Line, rest: &str, sink: &mut Sink<'_>) {
        let waiting = self.open.iter().rposition(|block| block.body.is_none() && block.thread == thread);
        let Some(at) = waiting else { return };
        if let Some(block) = self.open.get_mut(at) {
            block.body = Some(String::new());
        }
        if !rest.trim().is_empty() {
            self.add(at, line, rest.trim(), sink);
        }
    }

    /// The body that a line belongs to, and what of the line does.
    fn continued<'t>(&self, rest: &'t str) -> Option<(usize, &'t str)> {
        let begun = || self.open.iter().enumerate().rev().filter(|(_, block)| block.body.is_some());
        let named = begun().filter(|(_, block)| !block.thread.is_empty()).find_map(|(at, block)| {
            let content = rest.strip_prefix(block.thread.as_str())?.trim();
            let is_own = direction(content).is_none() && labelled(content, "URL:").is_none();
            is_own.then_some((at, content))
        });
        let bare = || begun().find(|(_, block)| block.thread.is_empty()).map(|(at, _)| at);
        named.or_else(|| is_json_line(rest.trim()).then(bare).flatten().map(|at| (at, rest.trim())))
    }

    /// Adds a piece to a body; at its end, the body is a request or an answer.
    fn add(&mut self, at: usize, line: Line, content: &str, sink: &mut Sink<'_>) {
        let Some(block) = self.open.get_mut(at) else { return };
        let body = block.body.get_or_insert_default();
        body.push_str(content);
        body.push('\n');
        block.depth = depth(block.depth, content);
        block.lines.push(line);
        let is_whole = block.depth == 0;
        if !is_whole && block.lines.len() < MOST_LINES {
            return;
        }
        let block = self.open.remove(at);
        match (value::parse(block.body.as_deref().unwrap_or_default()), block.direction) {
            (Ok(Value::Object(_)), Direction::Received) => sink.answers += 1,
            (Ok(Value::Object(body)), Direction::Sent) => {
                let redacted = Vec::new();
                sink.request(&Request { hook: &block.hook, body: &body, redacted, lines: &block.lines });
            }
            _ => sink.unread("this body is no JSON object", &block.lines),
        }
    }
}

/// A line's time stamp and the rest. A stamp is made of digits and what stands between them.
fn stamped(line: &str) -> (&str, &str) {
    let is_stamp = |c: char| c.is_ascii_digit() || "-:,./TZ+ []".contains(c);
    let trimmed = line.trim_start();
    if !trimmed.trim_start_matches('[').starts_with(|c: char| c.is_ascii_digit()) {
        return ("", line);
    }
    let end = trimmed.find(|c: char| !is_stamp(c)).unwrap_or(trimmed.len());
    let (stamp, rest) = trimmed.split_at(end);
    // A number in an array is no time.
    if stamp.contains(':') { (stamp, rest) } else { ("", line) }
}

/// What stands before a word that tells a direction.
fn direction(rest: &str) -> Option<(&str, Direction)> {
    let before = |word: &str| rest.find(word).map(|at| rest.get(..at).unwrap_or_default());
    let is_told = |arrow: &str| rest.trim_end().ends_with(arrow);
    match (is_told("==>"), is_told("<==")) {
        (true, _) => Some((before("SEND").or_else(|| before("==>"))?, Direction::Sent)),
        (_, true) => Some((before("RECEIVED").or_else(|| before("<=="))?, Direction::Received)),
        _ => None,
    }
}

/// What stands before and after a label, if that is where a block has it.
fn labelled<'t>(rest: &'t str, label: &str) -> Option<(&'t str, &'t str)> {
    let (before, after) = rest.split_once(label)?;
    (!before.contains(['"', '{'])).then_some((before.trim(), after.trim()))
}

/// Whether a line may be one of a JSON value that is laid out over lines.
fn is_json_line(line: &str) -> bool {
    let bare = line.trim_end_matches([',', ' ', ']', '}']);
    let inner = bare.trim_start_matches(['[', ' ']);
    line.starts_with(['{', '}', '"', ']'])
        || matches!(inner, "true" | "false" | "null")
        || inner.parse::<f64>().is_ok()
        || bare == "["
        || line.starts_with('[') && inner.starts_with(['"', '{'])
}

/// How many braces and brackets are open after a piece.
fn depth(mut depth: usize, piece: &str) -> usize {
    let (mut in_string, mut escaped) = (false, false);
    for c in piece.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            '{' | '[' if !in_string => depth += 1,
            '}' | ']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
}
