//! Code frames, as rustc draws them.

use annotate_snippets::{AnnotationKind, Group, Level as Mark, Patch, Renderer, Snippet, renderer::DecorStyle};

use super::Color;
use crate::diagnostic::{Diagnostic, Fix};
use crate::rule::Level;
use crate::source::{FileId, Sources, Span};

pub(super) fn render(findings: &[Diagnostic], sources: &Sources, color: Color) -> String {
    let renderer = match color {
        Color::Always => Renderer::styled(),
        Color::Never => Renderer::plain(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut text = String::new();
    for found in findings.iter().take(MOST) {
        text.push_str(&format!("{}\n\n", frame(found, sources, &renderer)));
    }
    if let Some(more) = findings.len().checked_sub(MOST).filter(|more| *more > 0) {
        text.push_str(&format!("… and {more} more findings: mend these first, or list all with `--format json`\n\n"));
    }
    text
}

/// Most findings that are printed: whoever has more has one cause for most of them.
const MOST: usize = 200;

fn frame(found: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match found.level {
        Level::Error => Mark::ERROR,
        Level::Warning => Mark::WARNING,
        Level::Note => Mark::NOTE,
    };
    let mut main = level.primary_title(found.message.as_str()).id(found.rule.code).element(snippet(
        sources,
        found.span.file,
        std::iter::once((AnnotationKind::Primary, found.span, found.note.as_deref())).chain(
            found
                .labels
                .iter()
                .filter(|label| label.span.file == found.span.file)
                .map(|label| (AnnotationKind::Context, label.span, Some(label.text.as_str()))),
        ),
    ));
    for label in found.labels.iter().filter(|label| label.span.file != found.span.file) {
        let place = std::iter::once((AnnotationKind::Context, label.span, Some(label.text.as_str())));
        main = main.element(snippet(sources, label.span.file, place));
    }
    let mut groups = vec![main];
    let title = found.help.as_ref().or(found.fix.as_ref().map(|fix| &fix.title));
    if let Some(title) = title {
        let help = Group::with_title(Mark::HELP.secondary_title(title.as_str()));
        groups.push(help.elements(found.fix.iter().flat_map(|fix| patches(fix, sources))));
    }
    renderer.render(&groups)
}

fn snippet<'a>(
    sources: &'a Sources,
    file: FileId,
    places: impl Iterator<Item = (AnnotationKind, Span, Option<&'a str>)>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.get(file);
    let places: Vec<_> = places.collect();
    let Window { text, start, line } = window(sources, file, places.iter().map(|(_, span, _)| *span));
    let annotations = places.into_iter().map(|(kind, span, label)| {
        let range = first_line(&source.text, span);
        let range = range.start.saturating_sub(start)..range.end.saturating_sub(start);
        match label {
            Some(label) => kind.span(range).label(label),
            None => kind.span(range),
        }
    });
    Snippet::source(text).line_start(line).path(source.path.as_str()).annotations(annotations)
}

/// What a fix does to each file that it edits.
fn patches<'a>(fix: &'a Fix, sources: &'a Sources) -> Vec<Snippet<'a, Patch<'a>>> {
    let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
    files.dedup();
    let snippet = |file| {
        let edits = fix.edits.iter().filter(|edit| edit.span.file == file);
        let Window { text, start, line } = window(sources, file, edits.clone().map(|edit| edit.span));
        let patches = edits.map(|edit| {
            let at = |offset: u32| text.floor_char_boundary((offset as usize).saturating_sub(start));
            Patch::new(at(edit.span.start)..at(edit.span.end), edit.text.as_str())
        });
        Snippet::source(text).line_start(line).path(sources.get(file).path.as_str()).patches(patches)
    };
    files.into_iter().map(snippet).collect()
}

/// The lines of a file that some places stand in: drawing costs time for every line that is handed over.
struct Window<'a> {
    text: &'a str,
    /// The first byte.
    start: usize,
    /// The number of the first line.
    line: usize,
}

fn window(sources: &Sources, file: FileId, places: impl Iterator<Item = Span> + Clone) -> Window<'_> {
    let source = sources.get(file);
    let text = source.text.as_str();
    // A byte order mark would be counted as a column.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = places.clone().map(|span| span.start as usize).min().unwrap_or(0).min(text.len());
    let last = places.map(|span| span.end as usize).max().unwrap_or(0).clamp(first, text.len());
    let start = text.get(..first).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1).max(mark);
    let end = text.get(last..).and_then(|after| after.find('\n')).map_or(text.len(), |at| last + at + 1).max(start);
    let line = sources.position(Span { file, start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::MAX }).line;
    Window { text: text.get(start..end).unwrap_or_default(), start, line }
}

/// A place of several lines is marked on its first one only. Half a character would make the drawing panic.
fn first_line(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary(span.end as usize).max(start);
    let line_end = text.get(start..end).and_then(|marked| marked.find('\n')).map_or(end, |at| start + at);
    start..line_end
}
