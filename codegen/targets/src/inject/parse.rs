//! Where markers stand in a Markdown text. Fenced code and code spans are skipped.

use std::ops::Range;

/// A pair of markers.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// Where the first marker begins.
    pub(super) start: usize,
    /// What is written in it, after `wcs:`.
    pub(super) written: &'a str,
    /// What stands between the two.
    pub(super) inner: Range<usize>,
}

/// Something wrong at a byte.
#[derive(Debug)]
pub(super) struct Mistaken {
    pub(super) at: usize,
    pub(super) reason: String,
}

/// A comment that is a marker.
enum Comment<'a> {
    Opens(&'a str),
    Closes,
}

const BEGIN: &str = "<!--";
const END: &str = "-->";

/// All pairs of markers, in order.
pub(super) fn blocks(text: &str) -> (Vec<Block<'_>>, Vec<Mistaken>) {
    let (mut blocks, mut mistakes) = (Vec::new(), Vec::new());
    let mut open: Option<(Range<usize>, &str)> = None;
    for (place, comment) in comments(text, &mut mistakes) {
        match (comment, open.take()) {
            (Comment::Opens(written), None) => open = Some((place, written)),
            (Comment::Closes, Some((first, written))) => {
                blocks.push(Block { start: first.start, written, inner: first.end..place.start });
            }
            (Comment::Opens(written), Some((first, unclosed))) => {
                mistakes.push(unended(first.start, unclosed));
                open = Some((place, written));
            }
            (Comment::Closes, None) => {
                let reason = "this marker ends nothing; remove it, or write `<!-- wcs:NAME -->` before it".to_owned();
                mistakes.push(Mistaken { at: place.start, reason });
            }
        }
    }
    mistakes.extend(open.map(|(first, written)| unended(first.start, written)));
    (blocks, mistakes)
}

fn unended(at: usize, written: &str) -> Mistaken {
    let reason = format!("`wcs:{written}` is not ended; write `<!-- /wcs -->` after what it stands for");
    Mistaken { at, reason }
}

fn comments<'a>(text: &'a str, mistakes: &mut Vec<Mistaken>) -> Vec<(Range<usize>, Comment<'a>)> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let mark = fence_mark(line);
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(opened), Some(mark)) if mark.starts_with(opened) && line.trim_end().ends_with(mark) => fence = None,
            (Some(_), _) => {}
            (None, None) => in_line(line, start, &mut found, mistakes),
        }
        start += line.len();
    }
    found
}

/// The back ticks or tildes by which a line begins or ends fenced code.
fn fence_mark(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    ['`', '~'].into_iter().find_map(|c| {
        let rest = line.trim_start_matches(c);
        let mark = line.get(..line.len() - rest.len())?;
        (mark.len() >= 3 && !(c == '`' && rest.contains('`'))).then_some(mark)
    })
}

fn in_line<'a>(
    line: &'a str,
    start: usize,
    found: &mut Vec<(Range<usize>, Comment<'a>)>,
    mistakes: &mut Vec<Mistaken>,
) {
    let mut from = 0;
    while let Some(rest) = line.get(from..)
        && let Some(begin) = rest.find(['<', '`']).map(|at| from + at)
    {
        let rest = line.get(begin..).unwrap_or_default();
        if rest.starts_with('`') {
            from = begin + code_span(rest);
            continue;
        }
        let Some(inside) = rest.strip_prefix(BEGIN) else {
            from = begin + 1;
            continue;
        };
        let Some(length) = inside.find(END) else {
            if inside.trim_start().starts_with("wcs:") {
                let reason = "a marker stands in one line; its `-->` is missing".to_owned();
                mistakes.push(Mistaken { at: start + begin, reason });
            }
            return;
        };
        let end = begin + BEGIN.len() + length + END.len();
        let written = inside.get(..length).unwrap_or_default().trim();
        let comment = match written.strip_prefix("wcs:") {
            Some(written) => Some(Comment::Opens(written.trim())),
            None => (written == "/wcs").then_some(Comment::Closes),
        };
        found.extend(comment.map(|comment| (start + begin..start + end, comment)));
        from = end;
    }
}

/// Length of the code span that a text begins with, or of its back ticks if nothing ends them.
fn code_span(text: &str) -> usize {
    let rest = text.trim_start_matches('`');
    let ticks = text.len() - rest.len();
    let mut at = ticks;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find('`')).map(|found| at + found) {
        let run = text.get(next..).map_or(0, |rest| rest.len() - rest.trim_start_matches('`').len());
        if run == ticks {
            return next + run;
        }
        at = next + run;
    }
    ticks
}
