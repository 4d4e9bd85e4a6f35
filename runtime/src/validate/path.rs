//! Where in a body a value stands. A path lives on the stack and is written out only when something is found.

use std::fmt::Write as _;

use crate::show;

/// The way from the body to a value.
pub(crate) struct Path<'p> {
    step: Step<'p>,
    parent: Option<&'p Path<'p>>,
    sensitive: bool,
}

enum Step<'p> {
    Body,
    /// A member that the contract names.
    Member(&'static str),
    /// An item of an array.
    Item(usize),
    /// A key that the sender chose, as it is written between its quotes.
    Key(&'p str),
}

impl<'p> Path<'p> {
    /// The body itself.
    pub(crate) const BODY: Path<'static> = Path { step: Step::Body, parent: None, sensitive: false };

    pub(crate) fn member(&'p self, name: &'static str, sensitive: bool) -> Self {
        Self { step: Step::Member(name), parent: Some(self), sensitive: self.sensitive || sensitive }
    }

    pub(crate) fn item(&'p self, index: usize) -> Self {
        Self { step: Step::Item(index), parent: Some(self), sensitive: self.sensitive }
    }

    pub(crate) fn key(&'p self, key: &'p str) -> Self {
        Self { step: Step::Key(key), parent: Some(self), sensitive: self.sensitive }
    }

    /// Whether what stands here must not be shown.
    pub(crate) fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// As a JSON Pointer.
    pub(crate) fn pointer(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, |step, sensitive, text| match step {
            Step::Body => {}
            Step::Member(name) => push_token(text, name),
            Step::Item(index) => {
                // Writing into a string does not fail.
                let _ = write!(text, "/{index}");
            }
            Step::Key(_) if sensitive => text.push_str("/*"),
            Step::Key(key) => push_token(text, &show::key(key)),
        });
        text
    }

    /// As a pointer that is the same for all items and all entries, so that there are only as many as the contract has
    /// members. The last key of an unknown member is not part of it.
    #[cfg(feature = "server")]
    pub(crate) fn write_place(&self, text: &mut String) {
        self.write(text, |step, _, text| match step {
            Step::Body => {}
            Step::Member(name) => push_token(text, name),
            Step::Item(_) | Step::Key(_) => text.push_str("/*"),
        });
    }

    /// The key that the sender chose for this very value.
    #[cfg(feature = "server")]
    pub(crate) fn last_key(&self) -> Option<&'p str> {
        match self.step {
            Step::Key(key) => Some(key),
            _ => None,
        }
    }

    /// What it stands in.
    #[cfg(feature = "server")]
    pub(crate) fn parent(&self) -> Option<&'p Path<'p>> {
        self.parent
    }

    fn write(&self, text: &mut String, push: impl Fn(&Step<'_>, bool, &mut String) + Copy) {
        if let Some(parent) = self.parent {
            parent.write(text, push);
        }
        push(&self.step, self.sensitive, text);
    }
}

fn push_token(text: &mut String, name: &str) {
    text.push('/');
    for found in name.chars() {
        match found {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            other => text.push(other),
        }
    }
}
