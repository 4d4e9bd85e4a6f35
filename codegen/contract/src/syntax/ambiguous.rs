//! Words that other readers of YAML take for something else than text.

use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::load::{Node, NodeKind, Style};
use crate::source::{Span, Spanned};

/// Tells of such a word where a text or a name is read.
pub(super) fn check(node: &Node, findings: &mut Findings) {
    if let NodeKind::Scalar { text, style: Style::Plain } = &node.kind {
        word(text, node.span, findings);
    }
}

/// The same for a name that stands before a colon.
pub(super) fn check_key(key: &Spanned<String>, findings: &mut Findings) {
    // In quotes it is longer than the word.
    if (key.span.end - key.span.start) as usize == key.value.len() {
        word(&key.value, key.span, findings);
    }
}

/// The same for everything in a JSON value.
pub(super) fn check_all(node: &Node, findings: &mut Findings) {
    match &node.kind {
        NodeKind::Scalar { .. } => check(node, findings),
        NodeKind::Sequence(items) => items.iter().for_each(|item| check_all(item, findings)),
        NodeKind::Mapping(entries) => {
            for (key, value) in entries {
                check_key(key, findings);
                check_all(value, findings);
            }
        }
        NodeKind::Refused => {}
    }
}

fn word(text: &str, span: Span, findings: &mut Findings) {
    let Some(taken_for) = taken_for(text) else { return };
    let message = format!("other readers of YAML take `{text}` for {taken_for}");
    let quoted = format!("\"{text}\"");
    findings.push(Diagnostic::new(codes::AMBIGUOUS, span, message).help("put it into quotes").fix(
        "put it into quotes",
        span,
        quoted,
    ));
}

/// What a word is for readers of YAML 1.1, or of another schema of 1.2, while it is text here.
fn taken_for(text: &str) -> Option<&'static str> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.trim_start_matches(['-', '+']);
    match text {
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "True" | "TRUE" => Some("true"),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" | "False" | "FALSE" => Some("false"),
        "Null" | "NULL" => Some("nothing"),
        _ if unsigned.contains(':') && unsigned.split(':').all(digits) => Some("a number to the base of 60"),
        _ if unsigned.len() > 1 && unsigned.starts_with('0') && digits(unsigned) => Some("an octal number"),
        _ if unsigned.contains('_') && unsigned.split('_').all(digits) => Some("a number"),
        _ => None,
    }
}
