//! Code frames, as rustc draws them.

use annotate_snippets::{AnnotationKind, Group, Level as Mark, Patch, Renderer, Snippet, renderer::DecorStyle};

use super::Color;
use crate::diagnostic::{Diagnostic, Fix, Level};
use crate::source::{FileId, Sources, Span};

pub(super) fn render(findings: &[Diagnostic], sources: &Sources, color: Color) -> String {
    let renderer = match color {
        Color::Always => Renderer::styled(),
        Color::Never => Renderer::plain(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let frames: Vec<String> = findings.iter().map(|found| frame(found, sources, &renderer)).collect();
    frames.iter().map(|frame| format!("{frame}\n\n")).collect()
}

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
    let (text, skipped) = shown_text(sources, file);
    let annotations = places.map(|(kind, span, label)| {
        let range = first_line(&source.text, span);
        let range = range.start.saturating_sub(skipped)..range.end.saturating_sub(skipped);
        match label {
            Some(label) => kind.span(range).label(label),
            None => kind.span(range),
        }
    });
    Snippet::source(text).path(source.path.as_str()).annotations(annotations)
}

/// What a fix does to each file that it edits.
fn patches<'a>(fix: &'a Fix, sources: &'a Sources) -> Vec<Snippet<'a, Patch<'a>>> {
    let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.span.file).collect();
    files.dedup();
    let snippet = |file| {
        let (text, skipped) = shown_text(sources, file);
        let patches = fix.edits.iter().filter(|edit| edit.span.file == file).map(|edit| {
            let at = |offset: u32| (offset as usize).saturating_sub(skipped).min(text.len());
            Patch::new(at(edit.span.start)..at(edit.span.end), edit.text.as_str())
        });
        Snippet::source(text).path(sources.get(file).path.as_str()).patches(patches)
    };
    files.into_iter().map(snippet).collect()
}

/// The text of a file without its byte order mark, which would be counted as a column, and the mark's length.
fn shown_text(sources: &Sources, file: FileId) -> (&str, usize) {
    let source = sources.get(file);
    let text = source.text.trim_start_matches('\u{feff}');
    (text, source.text.len() - text.len())
}

/// A place of several lines is marked on its first one only.
fn first_line(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = (span.start as usize).min(text.len());
    let end = (span.end as usize).clamp(start, text.len());
    let line_end = text.get(start..end).and_then(|marked| marked.find('\n')).map_or(end, |at| start + at);
    start..line_end
}
