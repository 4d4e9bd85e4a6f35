//! Building a body: members in the order of the contract, whatever the order in which they were set.

use std::fmt;

use bytes::Bytes;
use serde::Serialize;

use crate::decode::{self, Decoded, Span};
use crate::descriptor::Member;
use crate::json::{json_type, write_str};

/// What has been set so far, as JSON text.
#[derive(Clone)]
pub struct Builder {
    members: &'static [Member],
    values: Vec<Option<String>>,
    unknown: Vec<(String, String)>,
}

impl Builder {
    /// Nothing set.
    #[must_use]
    pub fn new(members: &'static [Member]) -> Self {
        Self { members, values: vec![None; members.len()], unknown: Vec::new() }
    }

    /// The table of members.
    #[must_use]
    pub fn members(&self) -> &'static [Member] {
        self.members
    }

    /// Sets the member at an index of the table.
    pub fn set(&mut self, index: usize, write: impl FnOnce(&mut String)) {
        if let Some(slot) = self.values.get_mut(index) {
            write(slot.insert(String::new()));
        }
    }

    /// Sets a member by name, also one that the contract does not know, to anything that serde can write.
    ///
    /// # Errors
    ///
    /// When the value can't be written as JSON.
    pub fn set_named(&mut self, name: &str, value: &impl Serialize) -> Result<(), serde_json::Error> {
        let text = serde_json::to_string(value)?;
        match decode::position(self.members, name.as_bytes()).and_then(|index| self.values.get_mut(index)) {
            Some(slot) => *slot = Some(text),
            None => match self.unknown.iter_mut().find(|(known, _)| known == name) {
                Some((_, slot)) => *slot = text,
                None => self.unknown.push((name.to_owned(), text)),
            },
        }
        Ok(())
    }

    /// Writes the body and where the members stand in it.
    pub(crate) fn write(&self, spans: &mut [Span]) -> (Bytes, Decoded) {
        let mut json = String::from("{");
        for ((member, value), span) in self.members.iter().zip(&self.values).zip(spans) {
            if let Some(value) = value {
                let start = push_member(&mut json, member.name, value);
                *span = Span::new(start, json.len());
            }
        }
        for (name, value) in &self.unknown {
            push_member(&mut json, name, value);
        }
        json.push('}');
        let unknown = u32::try_from(self.unknown.len()).unwrap_or(u32::MAX);
        (Bytes::from(json), Decoded { unknown, ..Decoded::default() })
    }
}

/// Values may be secrets, so only their JSON types show.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.members.iter().zip(&self.values);
        let known = known.filter_map(|(member, value)| Some((member.name, value.as_deref()?)));
        let unknown = self.unknown.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        f.debug_map().entries(known.chain(unknown).map(|(name, value)| (name, json_type(value)))).finish()
    }
}

/// Appends `"name":value`, after a comma unless it is the first; gives where the value starts.
fn push_member(json: &mut String, name: &str, value: &str) -> usize {
    if !json.ends_with('{') {
        json.push(',');
    }
    write_str(name, json);
    json.push(':');
    let start = json.len();
    json.push_str(value);
    start
}
