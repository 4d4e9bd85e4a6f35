//! Release notes: what changed, who is affected, what to do; what breaks first.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::render::Report;
use crate::{Audience, Change, Impact, Owner};
use wcs_contract::{names, text};

/// How release notes are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangelogFormat {
    /// For people.
    Markdown,
    /// One JSON document.
    Json,
}

/// Prints release notes. Pages of hooks are looked for below an address or a folder.
pub fn render(report: &Report<'_>, pages: &str, format: ChangelogFormat) -> String {
    match format {
        ChangelogFormat::Markdown => markdown(report, pages),
        ChangelogFormat::Json => json_document(report, pages),
    }
}

/// A part of the notes: its heading, and what a reader expects below it.
struct Section {
    impact: Impact,
    title: &'static str,
    about: &'static str,
}

const SECTIONS: [Section; 4] = [
    Section {
        impact: Impact::Breaking,
        title: "Breaking",
        about: "What worked stops working. Do what is said before you update.",
    },
    Section {
        impact: Impact::Risky,
        title: "To look at",
        about: "Nothing need break, but something may, or may mean something else than before.",
    },
    Section { impact: Impact::Safe, title: "New and different", about: "Nothing has to be done." },
    Section { impact: Impact::Documentation, title: "Texts", about: "Only what people read is different." },
];

fn markdown(report: &Report<'_>, pages: &str) -> String {
    let (old, new) = (report.old.0, report.new.0);
    let mut text = format!("# {} {}\n\n", new.title.value, new.version.value);
    let changes: Vec<&Change> = report.changes.iter().filter(|change| !change.is_question()).collect();
    if changes.is_empty() {
        let _ = writeln!(text, "Nothing differs from {}.", old.version.value);
        return text;
    }
    let counts: Vec<String> = SECTIONS.iter().filter_map(|section| counted(&changes, section.impact)).collect();
    let _ = writeln!(text, "Since {}: {}.", old.version.value, text::and(&counts));
    if let Some(lowest) = report.advice.lowest.as_ref().filter(|_| report.advice.suffices == Some(false)) {
        let _ = writeln!(text, "\nThe version does not say so yet: it should be {lowest} at least.");
    }
    for section in &SECTIONS {
        let of_section: Vec<&Change> =
            changes.iter().copied().filter(|change| change.impact() == section.impact).collect();
        if of_section.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n## {}\n\n{}", section.title, section.about);
        if section.impact == Impact::Documentation {
            text.push('\n');
            for of_owner in of_section.chunk_by(|one, next| one.owner == next.owner) {
                let Some(first) = of_owner.first() else { continue };
                let told: Vec<String> = of_owner.iter().map(|change| named_hooks(change)).collect();
                let _ = writeln!(text, "- {}: {}", heading(report, first, pages), sentence_end(&told.join("; ")));
            }
            continue;
        }
        let mut last = None;
        for change in of_section {
            if last != Some(&change.owner) {
                let _ = writeln!(text, "\n### {}\n", heading(report, change, pages));
                last = Some(&change.owner);
            }
            entry(&mut text, change);
        }
    }
    text
}

fn entry(text: &mut String, change: &Change) {
    let message = named_hooks(change);
    let _ = writeln!(text, "- **{}** {}", sentence(&message), change.effect);
    if change.impact() == Impact::Safe {
        return;
    }
    let _ = writeln!(text, "  *Affects* {}.", text::and(&affected(change)));
    if let Some(action) = &change.action {
        let _ = writeln!(text, "  *To do:* {action}");
    }
}

/// What changed, with the hooks if there are several.
fn named_hooks(change: &Change) -> String {
    if change.owner != Owner::Hooks {
        return change.message.clone();
    }
    let names: Vec<String> = change.hooks.iter().map(|(name, _)| format!("`{name}`")).collect();
    format!("{} (in {})", change.message, text::and(&names))
}

/// Who has to look at it, in words.
fn affected(change: &Change) -> Vec<String> {
    let who = |audience: &Audience| {
        let impact = change.verdict.of(*audience);
        let word = match (audience, change.sides.answer && !change.sides.request) {
            (Audience::Wire, true) => "backends that answer it",
            (Audience::Wire, false) => "backends that run",
            (Audience::Rust, _) => "Rust source",
            (Audience::Others, _) => "programs in other languages",
        };
        (impact > Impact::Safe).then(|| match impact {
            Impact::Risky => format!("{word} (perhaps)"),
            _ => word.to_owned(),
        })
    };
    Audience::ALL.iter().filter_map(who).collect()
}

fn heading(report: &Report<'_>, change: &Change, pages: &str) -> String {
    match &change.owner {
        Owner::Hook(name) => match page(report, name, pages) {
            Some(page) => format!("[`{name}`]({page})"),
            None => format!("`{name}`"),
        },
        Owner::Type(name) => format!("`{name}`"),
        Owner::Hooks => "Several hooks".to_owned(),
        Owner::Sender => report.new.0.sender.as_ref().map_or("Sender".to_owned(), |sender| sender.name.value.clone()),
        Owner::Contract => "The contract".to_owned(),
    }
}

/// The page of a hook, if the new contract still has it.
fn page(report: &Report<'_>, hook: &str, pages: &str) -> Option<String> {
    let known = report.new.0.hooks.iter().any(|known| known.name.value == hook);
    let below = if pages.is_empty() || pages.ends_with('/') { "" } else { "/" };
    known.then(|| format!("{pages}{below}{}.md", names::file(hook)))
}

fn json_document(report: &Report<'_>, pages: &str) -> String {
    let section = |section: &Section| {
        let entries: Vec<Value> = report
            .changes
            .iter()
            .filter(|change| !change.is_question() && change.impact() == section.impact)
            .map(|change| {
                let hook = match &change.owner {
                    Owner::Hook(name) => page(report, name, pages),
                    _ => None,
                };
                json!({
                    "subject": change.subject(),
                    "hooks": change.hooks.iter().map(|(name, _)| name).collect::<Vec<_>>(),
                    "change": change.rule.rule.name,
                    "what": sentence(&change.message),
                    "effect": change.effect,
                    "affects": affected(change),
                    "to_do": change.action,
                    "page": hook,
                })
            })
            .collect();
        json!({ "level": section.impact.word(), "title": section.title, "entries": entries })
    };
    let document = json!({
        "version": 1,
        "title": report.new.0.title.value,
        "old": report.old.0.version.value,
        "new": report.new.0.version.value,
        "lowest": report.advice.lowest,
        "sections": SECTIONS.iter().map(section).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn counted(changes: &[&Change], impact: Impact) -> Option<String> {
    let count = changes.iter().filter(|change| change.impact() == impact).count();
    let (one, many) = match impact {
        Impact::Breaking => ("breaking change", "breaking changes"),
        Impact::Risky => ("change to look at", "changes to look at"),
        Impact::Safe => ("change that asks nothing of anybody", "changes that ask nothing of anybody"),
        Impact::Documentation => ("change of texts", "changes of texts"),
    };
    (count > 0).then(|| text::count_as(count, one, many))
}

/// With a capital, if it begins with a letter, and a full stop.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map_or(String::new(), |first| first.to_uppercase().to_string());
    sentence_end(&format!("{first}{}", characters.as_str()))
}

fn sentence_end(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{text}{end}")
}
