//! Lines of a file that may be large and may hold any bytes.

use std::io::{self, BufRead, Read as _};

/// Longest line that is looked at. What follows in it is not read.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;

/// Largest JSON document that is read as a whole.
const LARGEST_DOCUMENT: u64 = 64 * 1024 * 1024;

/// What a file was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON document over several lines.
    Document,
    /// One JSON object a line.
    Exchanges,
    /// A log.
    Log,
}

impl Form {
    /// How it is called.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Document => "a JSON document",
            Self::Exchanges => "recorded requests",
            Self::Log => "a log",
        }
    }
}

/// A line without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: usize,
    /// What is no UTF-8 is replaced.
    pub(super) text: String,
}

/// The lines of a file, one after the other.
pub(super) struct Lines<'r, R> {
    file: &'r mut R,
    number: usize,
    /// Read to find out the form, and not yet given away.
    first: Option<Line>,
}

impl<'r, R: BufRead> Lines<'r, R> {
    pub(super) fn new(file: &'r mut R) -> Self {
        Self { file, number: 0, first: None }
    }

    /// What the file is, by its first line that is not blank.
    pub(super) fn form(&mut self) -> io::Result<Form> {
        while let Some(line) = self.read()? {
            let text = line.text.trim();
            if text.is_empty() {
                continue;
            }
            let is_json = text.starts_with(['{', '[']);
            let is_whole = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
            let form = match (is_json, is_whole) {
                (true, true) if text.starts_with('{') => Form::Exchanges,
                // A log may begin with a thread's name in brackets.
                (true, false) if text.trim_end_matches(['{', '[', ' ', '\t']).len() > 1 && !text.contains('"') => {
                    Form::Log
                }
                (true, _) => Form::Document,
                (false, _) => Form::Log,
            };
            self.first = Some(line);
            return Ok(form);
        }
        Ok(Form::Log)
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        match self.first.take() {
            Some(line) => Ok(Some(line)),
            None => self.read(),
        }
    }

    /// All lines that are left, as far as a document may be long.
    pub(super) fn rest(&mut self) -> io::Result<Vec<Line>> {
        let mut lines = Vec::new();
        let mut bytes = 0;
        while let Some(line) = self.next()? {
            bytes += line.text.len() as u64;
            lines.push(line);
            if bytes > LARGEST_DOCUMENT {
                break;
            }
        }
        Ok(lines)
    }

    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        if self.file.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if bytes.len() as u64 == LONGEST_LINE && bytes.last() != Some(&b'\n') {
            self.skip_line()?;
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim_end_matches(['\n', '\r']);
        let text = if self.number == 1 { text.trim_start_matches('\u{feff}') } else { text };
        Ok(Some(Line { number: self.number, text: text.to_owned() }))
    }

    /// Goes to the end of a line without keeping it.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.file.fill_buf()?;
            let (used, ends) = match buffer.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.file.consume(used);
            if ends {
                return Ok(());
            }
        }
    }
}
