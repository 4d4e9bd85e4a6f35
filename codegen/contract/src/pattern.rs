//! Texts with `{placeholders}`, by which scenarios name values and make some up.

use std::fmt;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As it stands.
    Literal(String),
    /// `{name}`: a value of the scenario, or a member of the body.
    Named(String),
    /// `{uuid}`: a random UUID.
    Uuid,
    /// `{hex:8}`: so many random hex digits.
    Hex(u8),
    /// `{digits:4}`: so many random digits, the first of them not 0.
    Digits(u8),
    /// `{number:1-9}`: a random number from one to the other.
    Number(i64, i64),
    /// `{time}`: the play's time in milliseconds since 1970.
    Time,
}

/// A placeholder that can't be read: what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError(String);

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PatternError {}

/// Divides a text at its placeholders. A brace that opens none is a brace.
///
/// # Errors
///
/// What is wrong with a placeholder.
pub fn parse(text: &str) -> Result<Vec<Piece>, PatternError> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        literal.push_str(before);
        let after = from.get(1..).unwrap_or_default();
        let inside = after.split_once('}').map(|(inside, _)| inside).filter(|inside| is_placeholder(inside));
        match inside {
            Some(inside) => {
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(placeholder(inside)?);
                rest = after.get(inside.len() + 1..).unwrap_or_default();
            }
            None => {
                literal.push('{');
                rest = after;
            }
        }
    }
    literal.push_str(rest);
    if !literal.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Literal(literal));
    }
    Ok(pieces)
}

/// Whether a text has placeholders, right or wrong.
pub fn is_pattern(text: &str) -> bool {
    parse(text).map_or(true, |pieces| pieces.iter().any(|piece| !matches!(piece, Piece::Literal(_))))
}

/// A word, and perhaps a colon with an argument.
fn is_placeholder(inside: &str) -> bool {
    let word = inside.split_once(':').map_or(inside, |(word, _)| word);
    word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        && !inside.contains(['"', ' ', '{', '\n'])
}

fn placeholder(inside: &str) -> Result<Piece, PatternError> {
    let length = |argument: &str| match argument.parse::<u8>() {
        Ok(length @ 1..) => Ok(length),
        _ => Err(PatternError(format!("`{{{inside}}}` needs a length from 1 to 255 after the colon"))),
    };
    match inside.split_once(':') {
        None if inside == "uuid" => Ok(Piece::Uuid),
        None if inside == "time" => Ok(Piece::Time),
        None if matches!(inside, "hex" | "digits" | "number") => placeholder(&format!("{inside}:")),
        None => Ok(Piece::Named(inside.to_owned())),
        Some(("hex", argument)) => length(argument).map(Piece::Hex),
        Some(("digits", argument)) => length(argument).map(Piece::Digits),
        Some(("number", argument)) => {
            let range = argument.split_once('-').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
            match range {
                Some((from, to)) if from <= to => Ok(Piece::Number(from, to)),
                _ => Err(PatternError(format!(
                    "`{{{inside}}}` needs two numbers with a hyphen between them, the smaller one first"
                ))),
            }
        }
        Some((word, _)) => {
            Err(PatternError(format!("there is no placeholder `{word}:`; there are `hex:`, `digits:` and `number:`")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_divided_at_its_placeholders() {
        let literal = |text: &str| Piece::Literal(text.to_owned());
        let cases = [
            ("", vec![literal("")]),
            ("plain", vec![literal("plain")]),
            ("{uuid}", vec![Piece::Uuid]),
            ("a{hex:8}b", vec![literal("a"), Piece::Hex(8), literal("b")]),
            ("{number:1-9}{digits:4}", vec![Piece::Number(1, 9), Piece::Digits(4)]),
            ("{stream}@{time}", vec![Piece::Named("stream".to_owned()), literal("@"), Piece::Time]),
            ("{\"a\": 1}", vec![literal("{\"a\": 1}")]),
            ("open { and {}", vec![literal("open { and {}")]),
        ];
        for (text, pieces) in cases {
            assert_eq!(parse(text), Ok(pieces), "{text}");
        }
    }

    #[test]
    fn a_wrong_placeholder_is_told() {
        for text in ["{hex}", "{hex:0}", "{digits:x}", "{number:9-1}", "{number:1}", "{guid:4}"] {
            assert!(parse(text).is_err(), "{text}");
            assert!(is_pattern(text), "{text}");
        }
    }
}
