//! A request and its answer as one line of JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wcs_contract::model::Dispatch;

/// A request and its answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Exchange {
    /// Milliseconds from the beginning of the recording to the request.
    pub at: u64,
    /// Milliseconds from the request to the answer.
    #[serde(default)]
    pub took: u64,
    /// HTTP method.
    #[serde(default = "post")]
    pub method: String,
    /// Path and query, as the sender wrote them.
    pub path: String,
    /// The hook, if the contract knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hook: Option<String>,
    /// What the sender sent.
    pub request: Message,
    /// HTTP status that the sender got.
    #[serde(default)]
    pub status: u16,
    /// What the sender got. Empty if the backend gave no answer.
    #[serde(default)]
    pub answer: Message,
    /// Why the backend's answer did not reach the sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Headers and a body.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Message {
    /// Names in lower case, and values.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte, if it is JSON on one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
    /// The body, if it is other text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The body, if it is no text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
    /// JSON Pointers of what was redacted in the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<String>,
}

fn post() -> String {
    "POST".to_owned()
}

impl Message {
    /// A message with these headers and this body.
    #[must_use]
    pub fn new(headers: Vec<(String, String)>, body: &[u8]) -> Self {
        let mut message = Self { headers, ..Self::default() };
        match std::str::from_utf8(body) {
            _ if body.is_empty() => {}
            Ok(text) => match one_line(text) {
                Some(raw) => message.body = Some(raw),
                None => message.text = Some(text.to_owned()),
            },
            Err(_) => message.base64 = Some(STANDARD.encode(body)),
        }
        message
    }

    /// The bytes of the body.
    ///
    /// # Errors
    ///
    /// When what should be Base64 is not.
    pub fn bytes(&self) -> Result<Bytes, String> {
        Ok(match (&self.body, &self.text, &self.base64) {
            (Some(raw), ..) => Bytes::from(raw.get().to_owned()),
            (_, Some(text), _) => Bytes::from(text.clone()),
            (.., Some(encoded)) => {
                Bytes::from(STANDARD.decode(encoded).map_err(|error| format!("`base64` is no Base64: {error}"))?)
            }
            _ => Bytes::new(),
        })
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// The text as JSON that can stand within a line and is read back with every byte.
fn one_line(text: &str) -> Option<Box<RawValue>> {
    let is_whole = matches!((text.as_bytes().first(), text.as_bytes().last()), (Some(b'{'), Some(b'}')));
    // A line must be readable by programs whose nesting is limited.
    if !is_whole || text.contains(['\n', '\r']) || super::leaves::leaves(text).is_none() {
        return None;
    }
    RawValue::from_string(text.to_owned()).ok()
}

impl Exchange {
    /// The exchange as a line, without its end.
    ///
    /// # Errors
    ///
    /// Never in practice: everything in it can be written as JSON.
    pub fn line(&self) -> Result<String, String> {
        serde_json::to_string(self).map_err(|error| error.to_string())
    }

    /// What the hook is called: the contract's name for it, or the last part of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.hook.as_deref().unwrap_or_else(|| Dispatch::Path.hook(&self.path))
    }
}

/// Reads a recording: one exchange a line, in the order of their requests, each with the number of its line.
///
/// # Errors
///
/// Which line can't be read, and why.
pub fn read(text: &str) -> Result<Vec<(usize, Exchange)>, String> {
    let mut exchanges = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let exchange: Exchange = serde_json::from_str(line).map_err(|error| {
            let (column, text) = (error.column(), error.to_string());
            let why = text.split(" at line ").next().unwrap_or_default();
            format!("{}:{column}: this is no recorded exchange: {why}; `wcs record` writes one a line", index + 1)
        })?;
        exchange.request.bytes().map_err(|error| format!("{}: the request's {error}", index + 1))?;
        exchange.answer.bytes().map_err(|error| format!("{}: the answer's {error}", index + 1))?;
        exchanges.push((index + 1, exchange));
    }
    exchanges.sort_by_key(|(_, exchange)| exchange.at);
    Ok(exchanges)
}
