//! What is printed, and whether in colour. A reader that goes away (`wcs list | head`) is no error.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use serde_json::Value;
use wcs_contract::diagnostic::Diagnostic;
use wcs_contract::render::{self, Color, Format};
use wcs_contract::source::Sources;

/// Names, headings.
pub(crate) const BOLD: Style = Style::new().bold();
/// Less important.
pub(crate) const DIM: Style = Style::new().dimmed();
/// All is well.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// Worth a look.
pub(crate) const WARN: Style = AnsiColor::Yellow.on_default();
/// An error.
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Standard output and standard error.
#[derive(Clone)]
pub(crate) struct Terminal {
    choice: anstream::ColorChoice,
    stream: Stream,
}

/// Where it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stream {
    Output,
    Errors,
}

impl Terminal {
    /// Colours as asked for; `Auto` looks at the terminal and at `NO_COLOR`.
    pub(crate) fn new(when: When) -> Self {
        let choice = match when {
            When::Auto => anstream::AutoStream::choice(&std::io::stdout()),
            When::Always => anstream::ColorChoice::Always,
            When::Never => anstream::ColorChoice::Never,
        };
        Self { choice, stream: Stream::Output }
    }

    /// Prints to standard error, where standard output is data.
    pub(crate) fn stderr(when: When) -> Self {
        let choice = match when {
            When::Auto => anstream::AutoStream::choice(&std::io::stderr()),
            _ => Self::new(when).choice,
        };
        Self { choice, stream: Stream::Errors }
    }

    /// Whether text that is made elsewhere should be coloured.
    pub(crate) fn color(&self) -> Color {
        match self.choice {
            anstream::ColorChoice::Never => Color::Never,
            _ => Color::Always,
        }
    }

    /// Prints to standard output.
    pub(crate) fn out(&mut self, text: &str) {
        let _ = match self.stream {
            Stream::Output => {
                let mut stream = anstream::AutoStream::new(std::io::stdout().lock(), self.choice);
                stream.write_all(text.as_bytes()).and_then(|()| stream.flush())
            }
            Stream::Errors => {
                anstream::AutoStream::new(std::io::stderr().lock(), self.choice).write_all(text.as_bytes())
            }
        };
    }

    /// Prints a line to standard output.
    pub(crate) fn line(&mut self, text: &str) {
        self.out(&format!("{text}\n"));
    }

    /// Prints a JSON document to standard output.
    pub(crate) fn json(&mut self, document: &Value) {
        self.line(&format!("{document:#}"));
    }

    /// Prints findings as code frames.
    pub(crate) fn findings(&mut self, findings: &[Diagnostic], sources: &Sources) {
        self.out(&render::render(findings, sources, Format::Text(self.color())));
    }

    /// Says what is being done, where somebody watches.
    pub(crate) fn progress(&mut self, text: &str) {
        if std::io::stderr().is_terminal() {
            let mut stream = anstream::AutoStream::new(std::io::stderr().lock(), self.choice);
            let _ = writeln!(stream, "{DIM}{text}{DIM:#}");
        }
    }

    /// Says what should be known of the output, beside it.
    pub(crate) fn note(&mut self, message: &str) {
        let mut stream = anstream::AutoStream::new(std::io::stderr().lock(), self.choice);
        let _ = writeln!(stream, "{BOLD}note{BOLD:#}: {message}");
    }

    /// Says why the command could not do its work.
    pub(crate) fn error(&mut self, message: &str) {
        let mut stream = anstream::AutoStream::new(std::io::stderr().lock(), self.choice);
        let _ = writeln!(stream, "{BAD}error{BAD:#}: {message}");
    }
}

/// Text of others without what a terminal would obey.
pub(crate) fn harmless(text: &str) -> String {
    let plain = |c: char| if c.is_control() { c.escape_unicode().to_string() } else { c.to_string() };
    text.chars().map(plain).collect()
}

/// Pads text to a width that counts characters.
pub(crate) fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(missing))
}
