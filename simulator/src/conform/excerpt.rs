//! What was sent and what came back, short enough for a report and without secrets.

use serde_json::Value;
use wcs_contract::model::{Contract, Hook};

use crate::Members;
use crate::render::redact::redacted;
use crate::wire::Reply;

const LONGEST: usize = 160;

/// A request in a line.
pub(super) fn sent(contract: &Contract, hook: &Hook, path: &str, body: &[u8]) -> String {
    format!("POST {path} {}", shown(contract, hook, body))
}

/// An answer in a line.
pub(super) fn got(contract: &Contract, hook: &Hook, reply: &Reply) -> String {
    match reply {
        Reply::TimedOut => "nothing in time".to_owned(),
        Reply::Failed(reason) => format!("no answer: {reason}"),
        Reply::Answered { status, content_type, body } => {
            let content_type = content_type.as_deref().unwrap_or("no content type");
            let body = if body.is_empty() { "no body".to_owned() } else { shown(contract, hook, body) };
            cut(&format!("{status}, {content_type}, {body}"))
        }
    }
}

/// One member of an object, as it may be shown.
pub(super) fn member(contract: &Contract, hook: &Hook, name: &str, value: &Value) -> String {
    let one = Members::from_iter([(name.to_owned(), value.clone())]);
    cut(&redacted(contract, &hook.name.value, &one).to_string())
}

fn shown(contract: &Contract, hook: &Hook, body: &[u8]) -> String {
    match serde_json::from_slice::<Members>(body) {
        Ok(members) => cut(&redacted(contract, &hook.name.value, &members).to_string()),
        Err(_) => cut(&format!("{:?}", String::from_utf8_lossy(&body[..body.len().min(LONGEST)]))),
    }
}

pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
