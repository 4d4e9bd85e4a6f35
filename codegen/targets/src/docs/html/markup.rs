//! Markdown of the views as HTML.

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason};
use pulldown_cmark::{Event, Options, Parser, html};

/// The helper by which a template prints Markdown.
pub(super) struct Markdown {
    escapes: Escapes,
}

/// What a back slash before a bar is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    /// What it is anywhere in Markdown.
    Plain,
    /// The text was made for a cell of a table, where it is no part of it, even in code.
    Cell,
}

impl Markdown {
    /// For running text.
    pub(super) const fn text() -> Self {
        Self { escapes: Escapes::Plain }
    }

    /// For a text that is escaped as cells of tables are.
    pub(super) const fn cell() -> Self {
        Self { escapes: Escapes::Cell }
    }
}

impl HelperDef for Markdown {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let text = helper.param(0).filter(|text| !text.is_value_missing()).map(|text| text.value());
        let Some(text) = text.and_then(serde_json::Value::as_str) else {
            let name = helper.name().to_owned();
            return Err(RenderErrorReason::ParamTypeMismatchForName("md and cell", name, "a text".to_owned()).into());
        };
        match self.escapes {
            Escapes::Cell if text.contains('|') => out.write(&to_html(&text.replace("\\|", "|")))?,
            Escapes::Plain | Escapes::Cell => out.write(&to_html(text))?,
        }
        Ok(())
    }
}

/// Signs that Markdown may read as something else than text.
const SPECIAL: &[char] = &['`', '*', '_', '[', '\\', '&', '<', '>', '\n', '#', '-', '+', '|', '~', '!', '='];

/// Markdown as HTML; a single paragraph without the element around it. Tags in it are texts.
pub(super) fn to_html(text: &str) -> String {
    if !text.contains(SPECIAL) && !text.starts_with(|c: char| c.is_ascii_digit() || c.is_whitespace()) {
        return text.to_owned();
    }
    let as_text = |event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    };
    let mut written = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut written, Parser::new_ext(text, Options::empty()).map(as_text));
    let trimmed = written.trim_end();
    match trimmed.strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => trimmed.to_owned(),
    }
}

/// Text as text.
pub(super) fn escape(text: &str) -> String {
    if !text.contains(['&', '<', '>', '"']) {
        return text.to_owned();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text of the contract without the marks of Markdown, for pictures and the search.
pub(super) fn plain(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => kept.push_str(&text),
            Event::SoftBreak | Event::HardBreak => kept.push(' '),
            Event::End(_) if !kept.is_empty() && !kept.ends_with(' ') => {}
            _ => {}
        }
    }
    kept
}

/// HTML without its elements.
pub(super) fn without_tags(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    for piece in html.split('<') {
        kept.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    kept
}

/// No blank lines and no white space around lines but in blocks of code, so that templates can be laid out for their
/// readers.
pub(super) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut in_code = false;
    for line in text.lines() {
        let kept = if in_code { line } else { line.trim_ascii() };
        if let Some(at) = line.rfind("<pre") {
            in_code = !line.get(at..).unwrap_or_default().contains("</pre>");
        } else if line.contains("</pre>") {
            in_code = false;
        }
        if kept.is_empty() && !in_code {
            continue;
        }
        tidied.push_str(kept);
        tidied.push('\n');
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html() {
        for (markdown, html) in [
            ("Plain.", "Plain."),
            ("A `b<c>` & *d*", "A <code>b&lt;c&gt;</code> &amp; <em>d</em>"),
            ("One\n\nTwo", "<p>One</p>\n<p>Two</p>"),
            ("<b>no tag</b>", "&lt;b&gt;no tag&lt;/b&gt;"),
            ("[`x`](y.html#z)", "<a href=\"y.html#z\"><code>x</code></a>"),
        ] {
            assert_eq!(to_html(markdown), html);
        }
    }

    #[test]
    fn marks_leave_no_trace_in_plain_text() {
        assert_eq!(plain("The `status` is\n*not* <b>"), "The status is not <b>");
    }

    #[test]
    fn tidying_leaves_code_alone() {
        assert_eq!(
            tidy("  <p>\n\n  a\n<pre><code>x\n\n  y\n</code></pre>\n\n  b"),
            "<p>\na\n<pre><code>x\n\n  y\n</code></pre>\nb\n"
        );
    }
}
