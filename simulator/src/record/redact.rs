//! Takes secrets out of an exchange before it is written.
//!
//! What is secret: the members that the contract calls sensitive, with all that is in them; members that it does not
//! know and whose name speaks of a secret; credentials and signatures in headers; values of queries and passwords in
//! addresses; and each of these again wherever else it stands.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use wcs_contract::model::{Contract, Parameter, Sensitivity, TypeKind};

use super::exchange::{Exchange, Message};
use super::leaves::{self, Kind, Leaf};
use super::secrets::Secrets;
use super::urls;

/// Parts of the names of headers that carry secrets.
const HEADERS: [&str; 8] = ["auth", "cookie", "token", "secret", "signature", "password", "api-key", "apikey"];

/// Parts of the names of members that carry secrets, where the contract says nothing of the member.
const MEMBERS: [&str; 8] =
    ["password", "passwd", "secret", "token", "credential", "authorization", "cookie", "signature"];

/// Knows the secrets of a recording.
#[derive(Debug)]
pub struct Redactor {
    names: HashSet<String>,
    /// The other members of the contract.
    harmless: HashSet<String>,
    /// The header of the sender's signature, in lower case.
    signature: Option<String>,
    secrets: Secrets,
}

/// A JSON text without secrets, and how many of its values are hidden.
pub(crate) fn masked(contract: &Contract, text: &str) -> (String, usize) {
    let mut redactor = Redactor::new(contract);
    let message = Message::new(Vec::new(), text.as_bytes());
    redactor.learn(&message);
    let mut redacted = Vec::new();
    let masked = redactor.body(text, &mut redacted);
    (masked, redacted.len())
}

impl Redactor {
    /// One that has met no secret yet.
    #[must_use]
    pub fn new(contract: &Contract) -> Self {
        let signature = contract.sender.as_ref().and_then(|sender| sender.signature.as_ref());
        let named = |member: &&Parameter| member.sensitive == Sensitivity::Sensitive;
        let names: HashSet<String> = members(contract).filter(named).flat_map(spellings).collect();
        let harmless = members(contract).flat_map(spellings).filter(|name| !names.contains(name)).collect();
        Self {
            names,
            harmless,
            signature: signature.map(|signature| signature.header.value.to_lowercase()),
            secrets: Secrets::new(words(contract)),
        }
    }

    /// How many secrets were met.
    #[must_use]
    pub fn secrets(&self) -> usize {
        self.secrets.len()
    }

    /// The exchange without secrets.
    ///
    /// All of it is looked through for secrets before any of it is hidden, as one may stand before the place that tells
    /// that it is one.
    pub fn redact(&mut self, mut exchange: Exchange) -> Exchange {
        for message in [&exchange.request, &exchange.answer] {
            self.learn(message);
        }
        let path = urls::hide_query(&exchange.path, &mut self.secrets);
        exchange.path = self.secrets.hide(&path);
        exchange.request = self.message(&exchange.request);
        exchange.answer = self.message(&exchange.answer);
        exchange.error = exchange.error.map(|error| self.secrets.hide(&error));
        exchange
    }

    /// A recording without secrets that were met only after they had been written, where nothing told that they were
    /// some; `None` if there are none of these.
    ///
    /// # Errors
    ///
    /// When a line is no exchange.
    pub fn again(&self, recording: &str) -> Result<Option<String>, String> {
        let mut new = String::with_capacity(recording.len());
        for line in recording.lines() {
            let mut exchange: Exchange = serde_json::from_str(line).map_err(|error| error.to_string())?;
            exchange.path = self.secrets.hide(&exchange.path);
            exchange.error = exchange.error.map(|error| self.secrets.hide(&error));
            exchange.request = self.message_again(&exchange.request);
            exchange.answer = self.message_again(&exchange.answer);
            new.push_str(&exchange.line()?);
            new.push('\n');
        }
        Ok((new != recording).then_some(new))
    }

    fn message_again(&self, message: &Message) -> Message {
        let hide = |(name, value): &(String, String)| (name.clone(), self.secrets.hide(value));
        let headers = message.headers.iter().map(hide).collect();
        let text = text(message).unwrap_or_default();
        let mut redacted = message.redacted.clone();
        let body = match leaves::leaves(&text) {
            Some(leaves) => {
                let mut changes = Vec::new();
                let mut pointers = std::mem::take(&mut redacted);
                for leaf in leaves {
                    if let Some(new) = self.leaf_again(&leaf) {
                        changes.push((leaf.range.clone(), new));
                        pointers.push(leaf.pointer());
                    }
                }
                for pointer in pointers.iter().map(|pointer| self.secrets.hide(pointer)) {
                    if !redacted.contains(&pointer) {
                        redacted.push(pointer);
                    }
                }
                leaves::spliced(&text, &changes)
            }
            None => self.secrets.hide(&text),
        };
        let mut hidden = Message::new(headers, body.as_bytes());
        hidden.redacted = redacted;
        hidden
    }

    fn leaf_again(&self, leaf: &Leaf) -> Option<String> {
        match leaf.kind {
            Kind::Text | Kind::Name => {
                let hidden = self.secrets.hide(&leaf.value);
                (hidden != leaf.value).then(|| leaves::quoted(&hidden))
            }
            Kind::Number => self.secrets.known_number(&leaf.value),
            Kind::Word => None,
        }
    }

    fn learn(&mut self, message: &Message) {
        for (name, value) in &message.headers {
            if self.is_secret(name) {
                self.learn_header(name, value);
            }
        }
        let Some(text) = text(message) else { return };
        for leaf in leaves::leaves(&text).unwrap_or_default() {
            if self.is_sensitive(&leaf) && matches!(leaf.kind, Kind::Text | Kind::Number) && !leaf.value.is_empty() {
                self.secrets.learn(&leaf.value);
            }
            if leaf.kind == Kind::Text {
                urls::hide_in_text(&leaf.value, &mut self.secrets);
            }
        }
    }

    fn learn_header(&mut self, name: &str, value: &str) {
        let (scheme, secret) = scheme(value);
        let decoded = STANDARD.decode(secret).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let pair = decoded.filter(|_| scheme.eq_ignore_ascii_case("basic "));
        if let Some((_, password)) = pair.as_deref().and_then(|pair| pair.split_once(':')) {
            self.secrets.learn(password);
        }
        if name.contains("cookie") {
            for value in value.split(';').filter_map(|pair| Some(pair.split_once('=')?.1)) {
                self.secrets.learn(value);
            }
        }
        self.secrets.learn(secret);
    }

    fn message(&mut self, message: &Message) -> Message {
        let headers = message.headers.iter().map(|(name, value)| (name.clone(), self.header(name, value))).collect();
        let mut redacted = Vec::new();
        let body = match (text(message), message.bytes()) {
            (Some(text), _) => self.body(&text, &mut redacted),
            (None, Ok(bytes)) if !bytes.is_empty() => {
                redacted.push(String::new());
                self.secrets.placeholder(&STANDARD.encode(bytes))
            }
            _ => String::new(),
        };
        let mut hidden = Message::new(headers, body.as_bytes());
        hidden.redacted = redacted;
        hidden
    }

    fn header(&mut self, name: &str, value: &str) -> String {
        if self.is_secret(name) {
            let (scheme, secret) = scheme(value);
            return format!("{scheme}{}", self.secrets.placeholder(secret));
        }
        let hidden = match name {
            "location" | "content-location" => urls::hide_query(value, &mut self.secrets),
            _ => urls::hide_in_text(value, &mut self.secrets),
        };
        self.secrets.hide(&hidden)
    }

    fn body(&mut self, text: &str, redacted: &mut Vec<String>) -> String {
        let Some(leaves) = leaves::leaves(text) else { return self.no_json(text, redacted) };
        let mut changes = Vec::new();
        for leaf in leaves {
            if let Some(new) = self.leaf(&leaf) {
                // A name on the way may be a secret itself.
                redacted.push(self.secrets.hide(&leaf.pointer()));
                changes.push((leaf.range, new));
            }
        }
        leaves::spliced(text, &changes)
    }

    /// What is written instead of a leaf; `None` if it may stay.
    fn leaf(&mut self, leaf: &Leaf) -> Option<String> {
        match leaf.kind {
            Kind::Text if self.is_sensitive(leaf) && !leaf.value.is_empty() => {
                Some(leaves::quoted(&self.secrets.placeholder(&leaf.value)))
            }
            Kind::Number if self.is_sensitive(leaf) || self.secrets.knows(&leaf.value) => {
                Some(self.secrets.number(&leaf.value))
            }
            Kind::Text | Kind::Name => {
                let hidden = urls::hide_in_text(&leaf.value, &mut self.secrets);
                let hidden = self.secrets.hide(&hidden);
                (hidden != leaf.value).then(|| leaves::quoted(&hidden))
            }
            Kind::Number | Kind::Word => None,
        }
    }

    /// A body of which can't be told what is in it. If it speaks of anything sensitive, nothing of it is kept.
    fn no_json(&mut self, text: &str, redacted: &mut Vec<String>) -> String {
        if self.names.iter().any(|name| text.contains(name.as_str())) {
            redacted.push(String::new());
            return self.secrets.placeholder(text);
        }
        let hidden = urls::hide_in_text(text, &mut self.secrets);
        let hidden = self.secrets.hide(&hidden);
        if hidden != text {
            redacted.push(String::new());
        }
        hidden
    }

    fn is_secret(&self, header: &str) -> bool {
        let header = header.to_lowercase();
        // A challenge says how to authenticate, not with what.
        let is_challenge = matches!(header.as_str(), "www-authenticate" | "proxy-authenticate");
        self.signature.as_ref() == Some(&header) || !is_challenge && HEADERS.iter().any(|part| header.contains(part))
    }

    fn is_sensitive(&self, leaf: &Leaf) -> bool {
        let above = if leaf.kind == Kind::Name { leaf.path.len().saturating_sub(1) } else { leaf.path.len() };
        leaf.path.iter().take(above).any(|name| self.names.contains(name) || self.sounds_secret(name))
    }

    fn sounds_secret(&self, member: &str) -> bool {
        let lower = member.to_lowercase();
        !self.harmless.contains(member) && MEMBERS.iter().any(|part| lower.contains(part))
    }
}

fn text(message: &Message) -> Option<String> {
    let bytes = message.bytes().ok().filter(|bytes| !bytes.is_empty())?;
    String::from_utf8(bytes.to_vec()).ok()
}

/// What stands before a header's secret, and the secret: `Basic dTpw`, `WCS 0123`.
fn scheme(value: &str) -> (&str, &str) {
    match value.find(' ') {
        Some(space) if value.trim_start().len() == value.len() => value.split_at(space + 1),
        _ => ("", value),
    }
}

/// All members of a contract's hooks and records.
fn members(contract: &Contract) -> impl Iterator<Item = &Parameter> {
    let of_records = contract.types.iter().flat_map(|def| match &def.kind {
        TypeKind::Record(members) => members.as_slice(),
        TypeKind::Enum { .. } => &[],
    });
    contract.hooks.iter().flat_map(|hook| &hook.parameters).chain(of_records)
}

fn spellings(member: &Parameter) -> Vec<String> {
    let aliases = member.aliases.iter().map(|(alias, _)| alias);
    let earlier = member.by_release.iter().filter_map(|release| release.spelt.as_ref());
    std::iter::once(&member.name).chain(aliases).chain(earlier).map(|name| name.value.clone()).collect()
}

/// The contract's own words: names of hooks and members, values of enums, and the parts of paths.
fn words(contract: &Contract) -> HashSet<String> {
    let mut words: HashSet<String> = members(contract).flat_map(spellings).collect();
    let paths = contract.sender.iter().flat_map(|sender| sender.base_paths.iter());
    words.extend(paths.flat_map(|(path, _)| path.value.split('/')).map(str::to_owned));
    for hook in &contract.hooks {
        words.insert(hook.name.value.clone());
        words.extend(hook.aliases.iter().map(|(alias, _)| alias.value.clone()));
    }
    for def in &contract.types {
        if let TypeKind::Enum { values, .. } = &def.kind {
            words.extend(values.iter().map(|value| value.wire.value.clone()));
            words.extend(values.iter().flat_map(|value| &value.aliases).map(|(alias, _)| alias.value.clone()));
        }
    }
    words
}
