//! A comparison for a comment in a code review.

use std::fmt::Write;

use super::{Report, groups, hooks, place};
use crate::{Audience, Change, Impact, Owner};

pub(super) fn render(report: &Report<'_>) -> String {
    let mut text = String::new();
    let ((old, old_name), (new, new_name)) = (report.old, report.new);
    let _ = writeln!(
        text,
        "## `{}` {} → {}\n\nFrom `{old_name}` to `{new_name}`.\n",
        new.name.value, old.version.value, new.version.value
    );
    if report.changes.is_empty() {
        text.push_str("No differences.\n");
        return text;
    }
    let titles = Impact::ALL.map(Impact::word).join(" | ");
    let _ = writeln!(text, "| | {titles} |\n|---|---:|---:|---:|---:|");
    for audience in Audience::ALL {
        let counts = Impact::ALL.map(|impact| report.count(audience, impact).to_string()).join(" | ");
        let _ = writeln!(text, "| {} | {counts} |", audience.title());
    }
    text.push('\n');
    if let Some(line) = report.version_line() {
        let _ = writeln!(text, "{}.\n", capital(&line));
    }
    for group in groups(report) {
        let (texts, told): (Vec<&&Change>, Vec<&&Change>) =
            group.changes.iter().partition(|change| report.impact(change) == Impact::Documentation);
        let _ = writeln!(text, "### {}\n", group.title);
        told.iter().for_each(|change| item(&mut text, report, change));
        if !texts.is_empty() {
            text.push_str("<details><summary>Texts</summary>\n\n");
            texts.iter().for_each(|change| {
                let _ = writeln!(text, "- {}", change.message);
            });
            text.push_str("\n</details>\n");
        }
        text.push('\n');
    }
    text
}

fn item(text: &mut String, report: &Report<'_>, change: &Change) {
    let reason = report.reason(change);
    let word = match (reason, change.is_question()) {
        (Some(_), _) => "approved",
        (None, true) => "question",
        (None, false) => report.impact(change).word(),
    };
    let of = match change.owner {
        Owner::Hooks => format!("{}: ", hooks(change)),
        _ => String::new(),
    };
    let _ = writeln!(text, "- **{word}**: {of}{}", change.message);
    let said = [Some(change.effect.as_str()), change.action.as_deref()];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let _ = writeln!(text, "  <br>{said}");
    if let Some(reason) = reason {
        let _ = writeln!(text, "  <br>Approved: {reason}");
    }
    let _ = writeln!(
        text,
        "  <br><sub>{} · {} · `{}` · `{}`</sub>",
        change.verdict_line(),
        change.rule.rule.name,
        place(report.sources, change.span),
        change.fingerprint()
    );
}

fn capital(line: &str) -> String {
    let mut characters = line.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}
