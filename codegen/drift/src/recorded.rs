//! What the contract knows already: conflicts that it records are not reported again.

use super::vocabulary::{is_plain, mentions};
use wcs_contract::model::Conflict;

/// Whether a conflict is about something by its name, and a document has its say in it. Of a document that is not the
/// contract's, any conflict counts.
///
/// A name that is an everyday word (`incoming`) has to begin the topic or to stand in backticks.
pub(super) fn by_topic<'c>(
    conflicts: impl IntoIterator<Item = &'c Conflict>,
    document: Option<&str>,
    name: &str,
) -> bool {
    let is_topic = |topic: &str| match is_plain(name) {
        true => topic.contains(&format!("`{name}`")) || topic.split(' ').next() == Some(name),
        false => mentions(topic, name),
    };
    conflicts.into_iter().any(|conflict| heard(conflict, document) && is_topic(&conflict.topic.value))
}

/// The same if the document's own claim speaks of it.
pub(super) fn by_claim<'c>(
    conflicts: impl IntoIterator<Item = &'c Conflict>,
    document: Option<&str>,
    words: &[&str],
) -> bool {
    conflicts.into_iter().any(|conflict| {
        let mut claims = conflict.says.iter().filter(|(key, _)| document.is_none_or(|document| key.value == document));
        let spoken = |text: &str| words.iter().any(|word| mentions(text, word) || mentions(&text.to_lowercase(), word));
        claims.any(|(_, claim)| spoken(&claim.value))
            || heard(conflict, document) && words.iter().any(|word| mentions(&conflict.topic.value, word))
    })
}

fn heard(conflict: &Conflict, document: Option<&str>) -> bool {
    document.is_none_or(|document| conflict.says.iter().any(|(key, _)| key.value == document))
}
