//! What pictures are drawn with: text whose width is guessed, boxes, arrows. Colours are classes of the style sheet.

use std::fmt::Write;

use super::markup::escape;
use wcs_contract::text::wrap;

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// Names on the wire.
    Code,
    /// Sentences.
    Plain,
    /// Sentences in a box.
    Note,
    /// Titles.
    Bold,
}

impl Face {
    const fn class(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Plain => "plain",
            Self::Note => "note-text",
            Self::Bold => "bold",
        }
    }

    /// Width of an average sign in tenths, generously: the fonts are those of the reader's machine.
    const fn advance(self) -> usize {
        match self {
            Self::Code => 73,
            Self::Plain | Self::Note => 64,
            Self::Bold => 69,
        }
    }
}

/// Height of a line of text.
pub(super) const LINE: i32 = 16;

/// How wide a text will be.
pub(super) fn width(text: &str, face: Face) -> i32 {
    units((text.chars().count() * face.advance()).div_ceil(10))
}

/// A number of things as a length.
pub(super) fn units(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 2)
}

/// The lines of a text that has this much room. A name that is too long is broken.
pub(super) fn lines(text: &str, face: Face, room: i32) -> Vec<String> {
    let fits = (usize::try_from(room).unwrap_or(0) * 10 / face.advance()).max(1);
    let mut lines = Vec::new();
    for line in wrap(text, fits) {
        let signs: Vec<char> = line.chars().collect();
        lines.extend(signs.chunks(fits).map(|piece| piece.iter().collect::<String>()));
    }
    lines
}

/// A drawing in the making.
#[derive(Default)]
pub(super) struct Drawing {
    shapes: String,
}

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Start,
    Middle,
}

impl Drawing {
    /// Any shape, written out.
    pub(super) fn shape(&mut self, shape: std::fmt::Arguments<'_>) {
        // Writing to a string can't fail.
        let _ = self.shapes.write_fmt(shape);
    }

    /// What was drawn elsewhere, on top.
    pub(super) fn append(&mut self, other: Self) {
        self.shapes.push_str(&other.shapes);
    }

    pub(super) fn text(&mut self, (x, y): (i32, i32), align: Align, face: Face, text: &str) {
        let anchor = match align {
            Align::Start => "",
            Align::Middle => " text-anchor=\"middle\"",
        };
        self.shape(format_args!(
            "<text x=\"{x}\" y=\"{y}\" class=\"{}\"{anchor}>{}</text>",
            face.class(),
            escape(text)
        ));
    }

    pub(super) fn line(&mut self, class: &str, (x1, y1): (i32, i32), (x2, y2): (i32, i32)) {
        self.shape(format_args!("<path class=\"{class}\" d=\"M{x1} {y1}L{x2} {y2}\"/>"));
    }

    /// The head of an arrow that points along the x axis, to the right if `step` is positive.
    pub(super) fn head(&mut self, (x, y): (i32, i32), step: i32) {
        let back = x - 8 * step.signum();
        self.shape(format_args!("<path class=\"head\" d=\"M{x} {y}L{back} {}V{}Z\"/>", y - 4, y + 4));
    }

    pub(super) fn boxed(&mut self, class: &str, (x, y): (i32, i32), (width, height): (i32, i32)) {
        self.shape(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>"
        ));
    }

    /// The whole picture. `id` makes its parts unique on a page; `title` and `told` say what it shows.
    pub(super) fn finish(self, class: &str, id: &str, (width, height): (i32, i32), title: &str, told: &str) -> String {
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-told\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-told\">{}</desc>\
             {}</svg>",
            escape(title),
            escape(told),
            self.shapes
        )
    }
}
