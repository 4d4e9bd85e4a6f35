//! A comparison for people at a terminal: by hook, the worst first, and a table at the end.

use std::fmt::Write;

use anstyle::AnsiColor;

use super::{Detail, Group, Report, groups, hooks, place};
use crate::{Audience, Change, Impact, Owner};
use wcs_contract::render::Color;
use wcs_contract::text::wrap;

/// Columns of running text.
const WIDTH: usize = 96;

/// Columns before the text of a change.
const INDENT: &str = "             ";

pub(super) fn render(report: &Report<'_>, color: Color, detail: Detail) -> String {
    let paint = Paint { color };
    let mut text = String::new();
    let ((old, old_name), (new, new_name)) = (report.old, report.new);
    let _ = writeln!(
        text,
        "{}\n",
        paint.bold(&format!(
            "{} {} ({old_name}) → {} {} ({new_name})",
            old.name.value, old.version.value, new.name.value, new.version.value
        ))
    );
    if report.changes.is_empty() {
        text.push_str("no differences\n");
    }
    let mut unseen = 0;
    for group in groups(report) {
        unseen += write_group(&mut text, &paint, report, &group, detail);
    }
    if unseen > 0 {
        let _ = writeln!(
            text,
            "{}\n",
            paint.dim(&format!("{unseen} changes of texts alone are not shown; --all shows them"))
        );
    }
    if !report.changes.is_empty() {
        table(&mut text, &paint, report);
    }
    let approved = report.changes.iter().filter(|change| report.reason(change).is_some()).count();
    if approved > 0 {
        let _ = writeln!(text, "approved: {approved}");
    }
    // A version that is too low is a finding of its own.
    if let Some(line) = report.version_line().filter(|_| report.advice.suffices != Some(false)) {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// Writes what changed of one thing; how much of it was only counted.
fn write_group(text: &mut String, paint: &Paint, report: &Report<'_>, group: &Group<'_>, detail: Detail) -> usize {
    let is_seen = |change: &&&Change| detail == Detail::Full || report.impact(change) != Impact::Documentation;
    let shown: Vec<&&Change> = group.changes.iter().filter(is_seen).collect();
    if !shown.is_empty() {
        let _ = writeln!(text, "{}", paint.bold(&group.title));
        shown.iter().for_each(|change| write_change(text, paint, report, change));
        text.push('\n');
    }
    group.changes.len() - shown.len()
}

fn write_change(text: &mut String, paint: &Paint, report: &Report<'_>, change: &Change) {
    let reason = report.reason(change);
    let (word, impact) = match (reason, change.is_question()) {
        (Some(_), _) => ("approved", Impact::Safe),
        (None, true) => ("question", Impact::Risky),
        (None, false) if report.impact(change) == Impact::Documentation => ("texts", Impact::Documentation),
        (None, false) => (report.impact(change).word(), report.impact(change)),
    };
    let message = match change.owner {
        Owner::Hooks => format!("{}: {}", hooks(change), change.message),
        _ => change.message.clone(),
    };
    let mut lines = wrap(&message, WIDTH - INDENT.len()).into_iter();
    let first = lines.next().unwrap_or_default();
    let word = format!("{word:<9}");
    let _ = writeln!(text, "  {}  {}", paint.impact(impact, &word), paint.bold(&first));
    for line in lines {
        let _ = writeln!(text, "{INDENT}{}", paint.bold(&line));
    }
    if change.impact() > Impact::Safe {
        let verdicts = Audience::ALL.map(|audience| {
            let impact = change.verdict.of(audience);
            format!("{} {}", audience.title(), paint.impact(impact, impact.word()))
        });
        let _ = writeln!(text, "{INDENT}{}", verdicts.join(" · "));
    }
    if change.impact() != Impact::Documentation {
        let said = [Some(change.effect.as_str()), change.action.as_deref()];
        let said = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
        for line in wrap(&said, WIDTH - INDENT.len()) {
            let _ = writeln!(text, "{INDENT}{line}");
        }
    }
    if let Some(reason) = reason {
        let _ = writeln!(text, "{INDENT}approved: {reason}");
    }
    let was = change.old_span.filter(|old| *old != change.span);
    let was = was.map_or(String::new(), |old| format!(", was {}", place(report.sources, old)));
    let places = format!("{}{was}", place(report.sources, change.span));
    let code = format!("{} {}", change.rule.rule.code, change.rule.rule.name);
    let _ = writeln!(text, "{INDENT}{}", paint.dim(&places));
    let _ = writeln!(text, "{INDENT}{}", paint.dim(&format!("{code}, fingerprint {}", change.fingerprint())));
}

fn table(text: &mut String, paint: &Paint, report: &Report<'_>) {
    let _ = write!(text, "{:<16}", "");
    for impact in Impact::ALL {
        let _ = write!(text, "{:>15}", impact.word());
    }
    text.push('\n');
    for audience in Audience::ALL {
        let _ = write!(text, "{:<16}", audience.title());
        for impact in Impact::ALL {
            let count = report.count(audience, impact);
            let cell = format!("{count:>15}");
            text.push_str(&if count > 0 { paint.impact(impact, &cell) } else { paint.dim(&cell) });
        }
        text.push('\n');
    }
    text.push('\n');
}

struct Paint {
    color: Color,
}

impl Paint {
    fn with(&self, style: anstyle::Style, text: &str) -> String {
        match self.color {
            Color::Always => format!("{style}{text}{style:#}"),
            Color::Never => text.to_owned(),
        }
    }

    fn bold(&self, text: &str) -> String {
        self.with(anstyle::Style::new().bold(), text)
    }

    fn dim(&self, text: &str) -> String {
        self.with(anstyle::Style::new().dimmed(), text)
    }

    fn impact(&self, impact: Impact, text: &str) -> String {
        let style = match impact {
            Impact::Breaking => AnsiColor::Red.on_default().bold(),
            Impact::Risky => AnsiColor::Yellow.on_default(),
            Impact::Safe => AnsiColor::Green.on_default(),
            Impact::Documentation => anstyle::Style::new().dimmed(),
        };
        self.with(style, text)
    }
}
