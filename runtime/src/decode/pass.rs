//! The quick pass: it finds the members of a body and checks them against the table while the bytes are first read.
//!
//! It only tells whether everything keeps to the contract. Where it does not, or where that can't be told cheaply, the
//! walk of [`crate::validate`] looks again and says what it is; so what a finding is stands in one place.

use wcs_scan::{Cursor, Escapes, Refused};

use super::{Decoded, Span, find};
use crate::descriptor::{Direction, Kind, Member, Openness, Presence, Rule};
use crate::value::{self, Json};
use crate::{json, limits, rules};

/// Reads a body; `spans` are all absent. What it refuses may still be a body.
pub(super) fn read(
    members: &'static [Member],
    body: &[u8],
    spans: &mut [Span],
    levels: usize,
) -> Result<Decoded, Refused> {
    let mut pass = Pass { cursor: Cursor::new(body, levels), body, is_sound: true };
    pass.cursor.pass_mark();
    let (unknown, duplicates) = pass.object(members, spans)?;
    pass.cursor.end()?;
    Ok(Decoded { unknown, duplicates, is_sound: pass.is_sound })
}

struct Pass<'a> {
    cursor: Cursor<'a>,
    body: &'a [u8],
    /// Whether everything so far keeps to the contract.
    is_sound: bool,
}

impl Pass<'_> {
    /// An object; gives how many members are unknown and how many stood before.
    #[inline(never)]
    fn object(&mut self, members: &'static [Member], spans: &mut [Span]) -> Result<(u32, u32), Refused> {
        let (mut unknown, mut duplicates, mut expected) = (0, 0, 0);
        let mut more = self.cursor.open_object()?;
        while more {
            // Senders write members in the order of the contract, so the one after the last is tried first.
            let index = match members.get(expected) {
                Some(member) if self.cursor.take_key(member.name) => Some(expected),
                _ => self.other_key(members, expected)?,
            };
            let found = index.and_then(|index| Some((index, members.get(index)?, spans.get_mut(index)?)));
            if let Some((index, member, span)) = found {
                duplicates += u32::from(!span.is_absent());
                let first = self.cursor.peek();
                let start = self.cursor.at();
                if first == b'n' {
                    self.null(member)?;
                } else {
                    self.value(first, &member.kind)?;
                }
                let end = self.cursor.at();
                *span = Span::new(start, end);
                if member.limits.is_some() {
                    self.limits(member, *span);
                }
                expected = index + 1;
            } else {
                unknown += 1;
                self.cursor.skip()?;
            }
            more = self.cursor.more_members()?;
        }
        self.is_sound = self.is_sound && unknown == 0 && self.is_complete(members, spans);
        Ok((unknown, duplicates))
    }

    /// Takes a key that is not the expected one.
    #[inline(never)]
    fn other_key(&mut self, members: &[Member], expected: usize) -> Result<Option<usize>, Refused> {
        Ok(find(members, expected, self.cursor.key()?))
    }

    /// No value, which some members always have.
    fn null(&mut self, member: &Member) -> Result<(), Refused> {
        self.is_sound = self.is_sound && !is_required(member) && member.sent_if.is_none();
        self.cursor.word()
    }

    /// Patterns are left to the walk: they are compiled when something is first checked by them.
    fn limits(&mut self, member: &'static Member, span: Span) {
        if let (true, Some(limits), Some(json)) = (self.is_sound, member.limits, self.text(span)) {
            let mut keeps = limits.pattern.is_none();
            limits::check(limits, &member.kind, json, &mut |_, _| keeps = false);
            self.is_sound = keeps;
        }
    }

    /// Whether what is always sent is there, and the rules between members are kept.
    fn is_complete(&self, members: &'static [Member], spans: &[Span]) -> bool {
        let holds = |rule: &Rule| {
            let other = members.iter().position(|member| member.name == rule.member);
            rules::holds(rule, other.and_then(|other| self.text(*spans.get(other)?)))
        };
        members.iter().zip(spans).all(|(member, span)| match (member.used_if, member.sent_if) {
            (_, sent_if) if span.is_absent() => !is_required(member) && sent_if.is_none_or(|rule| !holds(rule)),
            (Some(rule), _) => self.written(*span).is_some_and(rules::is_unset) || holds(rule),
            _ => true,
        })
    }

    fn text(&self, span: Span) -> Option<&str> {
        std::str::from_utf8(self.written(span)?).ok()
    }

    fn written(&self, span: Span) -> Option<&[u8]> {
        self.body.get(span.range()?)
    }

    /// A value of this kind, or of another, which is not sound.
    #[inline(always)]
    fn value(&mut self, first: u8, kind: &'static Kind) -> Result<(), Refused> {
        match (first, kind) {
            (b'"', _) => self.string(kind),
            (b'{', Kind::Record(record)) => self.record(record.members),
            (b'{', Kind::Map(kind)) => self.map(kind),
            (b'{', Kind::Object) => self.cursor.skip(),
            (b'[', Kind::Array(kind)) => self.array(kind),
            (b't' | b'f', Kind::Bool) => self.cursor.word(),
            (b'-' | b'0'..=b'9', Kind::Int32 | Kind::Int64 | Kind::Float | Kind::StringOrNumber) => self.number(kind),
            _ => {
                self.is_sound = false;
                self.cursor.skip()
            }
        }
    }

    #[inline(never)]
    fn inner(&mut self, kind: &'static Kind) -> Result<(), Refused> {
        let first = self.cursor.peek();
        self.value(first, kind)
    }

    #[inline(never)]
    fn record(&mut self, members: &'static [Member]) -> Result<(), Refused> {
        let (unknown, _) = match members.len() {
            0..=8 => self.object(members, few(&mut [Span::ABSENT; 8], members)),
            9..=64 => self.object(members, few(&mut [Span::ABSENT; 64], members)),
            _ => {
                self.is_sound = false;
                return self.cursor.skip();
            }
        }?;
        self.is_sound = self.is_sound && unknown == 0;
        Ok(())
    }

    #[inline(never)]
    fn map(&mut self, kind: &'static Kind) -> Result<(), Refused> {
        let mut more = self.cursor.open_object()?;
        while more {
            self.cursor.key()?;
            self.inner(kind)?;
            more = self.cursor.more_members()?;
        }
        Ok(())
    }

    #[inline(never)]
    fn array(&mut self, kind: &'static Kind) -> Result<(), Refused> {
        let mut more = self.cursor.open_array()?;
        while more {
            self.inner(kind)?;
            more = self.cursor.more_items()?;
        }
        Ok(())
    }

    fn number(&mut self, kind: &'static Kind) -> Result<(), Refused> {
        let start = self.cursor.at();
        let number = self.cursor.number()?;
        let surely = match kind {
            Kind::Int32 => number.is_whole && number.digits < 10,
            Kind::Int64 => number.is_whole && number.digits < 19,
            Kind::Float => number.is_whole && number.digits < 300,
            _ => true,
        };
        if !surely {
            let written = self.text(Span::new(start, self.cursor.at()));
            self.is_sound = self.is_sound && written.is_some_and(|json| value::fits(kind, Json::new(json)));
        }
        Ok(())
    }

    #[inline(always)]
    fn string(&mut self, kind: &'static Kind) -> Result<(), Refused> {
        match (self.cursor.take_plain(), kind) {
            (Some(_), Kind::String | Kind::StringOrNumber | Kind::List(Kind::String)) => Ok(()),
            (Some(text), _) => {
                self.is_sound = self.is_sound && fits(kind, text);
                Ok(())
            }
            (None, _) => self.escaped(kind),
        }
    }

    /// Lists and words with escapes are rare enough for the walk.
    #[inline(never)]
    fn escaped(&mut self, kind: &'static Kind) -> Result<(), Refused> {
        let text = self.cursor.text()?;
        let may_fit = matches!(kind, Kind::String | Kind::StringOrNumber);
        let fits = may_fit && (text.escapes != Escapes::CodeUnits || json::is_text_inside(text.inner));
        self.is_sound = self.is_sound && fits;
        Ok(())
    }
}

/// Whether a string without escapes can be read as this kind, and says a word that is known.
#[inline(never)]
fn fits(kind: &Kind, text: &[u8]) -> bool {
    match kind {
        Kind::Enum(words) => (text.is_empty() && words.openness == Openness::Open) || words.knows(text),
        Kind::List(item) => std::str::from_utf8(text).is_ok_and(|text| listed(item, text)),
        _ => false,
    }
}

/// As many of the spans as there are members.
fn few<'s>(spans: &'s mut [Span], members: &[Member]) -> &'s mut [Span] {
    spans.get_mut(..members.len()).unwrap_or_default()
}

/// Whether every item of a comma-separated list is one of its kind.
fn listed(item: &Kind, text: &str) -> bool {
    value::split(text).all(|part| match item {
        Kind::Enum(words) => words.knows(part.as_bytes()),
        _ => value::fits_text(item, part),
    })
}

fn is_required(member: &Member) -> bool {
    member.presence == Presence::Always && member.direction != Direction::Answer
}

#[cfg(test)]
mod tests;
