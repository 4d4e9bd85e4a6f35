//! Sequence diagrams: lanes, arrows between them, notes, branches.

use super::svg::{Align, Drawing, Face, LINE, lines, units, width};

/// What a diagram shows.
pub(super) struct Sequence {
    pub(super) title: String,
    /// Who takes part, from left to right.
    pub(super) lanes: Vec<String>,
    pub(super) items: Vec<Item>,
}

/// One thing after the other.
pub(super) enum Item {
    /// Something goes from one lane to another.
    Arrow {
        from: usize,
        to: usize,
        /// What is sent, as it stands on the wire.
        code: String,
        /// What it means.
        about: String,
        line: Line,
    },
    /// Something happens on a lane.
    Note { lane: usize, text: String },
    /// A condition for the next item.
    Guard(String),
    /// One of several ways on.
    Branch { title: String, tone: Tone, items: Vec<Item> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A request or an event.
    Full,
    /// An answer.
    Dashed,
}

/// How a branch ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Bad,
    Even,
}

impl Tone {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Even => "even",
        }
    }
}

/// Distances of a diagram.
struct Measures {
    margin: i32,
    gap: i32,
    lane_height: i32,
}

/// A diagram for the width of a page. `id` is unique on the page.
pub(super) fn draw(sequence: &Sequence, id: &str) -> String {
    let gap = if sequence.lanes.len() > 3 { 212 } else { 270 };
    draw_with(sequence, id, "picture sequence", &Measures { margin: 92, gap, lane_height: 32 })
}

/// A diagram for a card.
pub(super) fn draw_small(sequence: &Sequence, id: &str) -> String {
    let gap = if sequence.lanes.len() > 3 { 92 } else { 118 };
    draw_with(sequence, id, "picture sequence small", &Measures { margin: 46, gap, lane_height: 26 })
}

fn draw_with(sequence: &Sequence, id: &str, class: &str, measures: &Measures) -> String {
    let count = units(sequence.lanes.len());
    let total = 2 * measures.margin + (count - 1).max(0) * measures.gap;
    let mut painter = Painter { measures, total, y: measures.lane_height + 22, front: Drawing::default() };
    painter.items(&sequence.items);
    let bottom = painter.y + 2;

    let mut drawing = Drawing::default();
    for (at, lane) in sequence.lanes.iter().enumerate() {
        let x = painter.x(at);
        drawing.line("lifeline", (x, measures.lane_height), (x, bottom));
        let room = (measures.gap - 16).min(2 * measures.margin - 12);
        let box_width = (width(lane, Face::Bold) + 24).min(room);
        drawing.boxed("lane", (x - box_width / 2, 1), (box_width, measures.lane_height - 2));
        let shown = lines(lane, Face::Bold, room).into_iter().next().unwrap_or_default();
        drawing.text((x, measures.lane_height / 2 + 4), Align::Middle, Face::Bold, &shown);
    }
    drawing.append(painter.front);
    drawing.finish(class, id, (total, bottom + 6), &sequence.title, &told(sequence))
}

struct Painter<'a> {
    measures: &'a Measures,
    total: i32,
    /// Where the next thing starts.
    y: i32,
    front: Drawing,
}

impl Painter<'_> {
    fn x(&self, lane: usize) -> i32 {
        self.measures.margin + units(lane) * self.measures.gap
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Arrow { from, to, code, about, line } => self.arrow(*from, *to, code, about, *line),
                Item::Note { lane, text } => self.note(*lane, text),
                Item::Guard(text) => self.guard(text),
                Item::Branch { title, tone, items } => self.branch(title, *tone, items),
            }
        }
    }

    fn arrow(&mut self, from: usize, to: usize, code: &str, about: &str, line: Line) {
        let (start, end) = (self.x(from), self.x(to));
        let room = (end - start).abs() - 20;
        let middle = i32::midpoint(start, end);
        for text in lines(code, Face::Code, room) {
            self.front.text((middle, self.y + 6), Align::Middle, Face::Code, &text);
            self.y += LINE;
        }
        self.y += 2;
        let step = (end - start).signum();
        let class = match line {
            Line::Full => "arrow",
            Line::Dashed => "arrow dashed",
        };
        self.front.line(class, (start, self.y), (end - 5 * step, self.y));
        self.front.head((end - step, self.y), step);
        self.y += if about.is_empty() { 0 } else { 2 };
        for text in lines(about, Face::Plain, room) {
            self.y += LINE - 1;
            self.front.text((middle, self.y), Align::Middle, Face::Plain, &text);
        }
        self.y += LINE + 4;
    }

    fn note(&mut self, lane: usize, text: &str) {
        let x = self.x(lane);
        let room = (2 * x.min(self.total - x) - 24).min(self.measures.gap);
        let texts = lines(text, Face::Note, room);
        let widest = texts.iter().map(|text| width(text, Face::Note)).max().unwrap_or(0);
        let height = units(texts.len()) * LINE + 12;
        self.front.boxed("note", (x - widest / 2 - 12, self.y - 4), (widest + 24, height));
        let mut line = self.y + 13;
        for text in texts {
            self.front.text((x, line), Align::Middle, Face::Note, &text);
            line += LINE;
        }
        self.y += height + 12;
    }

    fn guard(&mut self, text: &str) {
        for text in lines(text, Face::Plain, self.total - 40) {
            self.front.text((14, self.y + 6), Align::Start, Face::Plain, &text);
            self.y += LINE;
        }
        self.y += 4;
    }

    fn branch(&mut self, title: &str, tone: Tone, items: &[Item]) {
        let outside = std::mem::take(&mut self.front);
        let top = self.y - 4;
        let titles = lines(title, Face::Bold, self.total - 48);
        for text in titles {
            self.y += LINE;
            self.front.text((20, self.y), Align::Start, Face::Bold, &text);
        }
        self.y += LINE + 2;
        self.items(items);
        let inside = std::mem::replace(&mut self.front, outside);
        let class = format!("branch {}", tone.class());
        self.front.boxed(&class, (6, top), (self.total - 12, self.y - top - 4));
        self.front.append(inside);
        self.y += 12;
    }
}

/// The diagram in sentences.
fn told(sequence: &Sequence) -> String {
    let mut said = Vec::new();
    tell(&sequence.items, &sequence.lanes, &mut said);
    said.join(" ")
}

fn tell(items: &[Item], lanes: &[String], said: &mut Vec<String>) {
    let name = |at: &usize| lanes.get(*at).map_or("", String::as_str);
    for item in items {
        match item {
            Item::Arrow { from, to, code, about, .. } => {
                let what = [code.as_str(), about.as_str()].into_iter().filter(|text| !text.is_empty());
                let what = what.collect::<Vec<_>>().join(", ");
                said.push(format!("{} to {}: {}.", name(from), name(to), what.trim_end_matches('.')));
            }
            Item::Note { lane, text } => said.push(format!("{}: {}.", name(lane), text.trim_end_matches('.'))),
            Item::Guard(text) => said.push(format!("{text}:")),
            Item::Branch { title, items, .. } => {
                said.push(format!("{title}:"));
                tell(items, lanes, said);
            }
        }
    }
}
