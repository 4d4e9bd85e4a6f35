//! What differs between two contracts, as text. What is printed is decided here and nowhere else.

mod json;
mod markdown;
mod text;

use std::collections::HashMap;

use crate::advice::{Advice, Bump};
use crate::{Audience, Change, Impact};
use wcs_codegen::prose;
use wcs_contract::diagnostic::{Allowed, Diagnostic};
use wcs_contract::model::Contract;
use wcs_contract::render::{Color, Format};
use wcs_contract::source::Sources;
use wcs_contract::text::{and, commas};

/// All that is known of two contracts and of what differs between them.
#[derive(Debug)]
pub struct Report<'a> {
    /// The old contract, and what it is called here: a path or a revision.
    pub old: (&'a Contract, &'a str),
    /// The new contract, and what it is called here.
    pub new: (&'a Contract, &'a str),
    /// What differs.
    pub changes: &'a [Change],
    /// Reasons why a change is all right, by its fingerprint.
    pub approved: &'a HashMap<String, String>,
    /// What is to be said besides: of the version, of approvals.
    pub findings: &'a [Diagnostic],
    /// What the changes mean for the version.
    pub advice: &'a Advice,
    /// Whose verdicts count.
    pub audiences: &'a [Audience],
    /// The texts of both.
    pub sources: &'a Sources,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffFormat {
    /// For people at a terminal.
    Text(Color, Detail),
    /// One JSON document.
    Json,
    /// For a comment in a code review.
    Markdown,
    /// Annotations for GitHub's log.
    Github,
    /// SARIF 2.1.0.
    Sarif,
}

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Changes of texts are counted.
    Brief,
    /// Each of them is told.
    Full,
}

/// Prints a comparison.
pub fn render(report: &Report<'_>, format: DiffFormat) -> String {
    match format {
        DiffFormat::Text(color, detail) => text::render(report, color, detail),
        DiffFormat::Json => json::render(report),
        DiffFormat::Markdown => markdown::render(report),
        DiffFormat::Github => wcs_contract::render::render(&report.open_findings(), report.sources, Format::Github),
        DiffFormat::Sarif => {
            let (open, allowed) = (report.open_findings(), report.allowed());
            wcs_contract::render::render_with_allowed(&open, &allowed, report.sources, Format::Sarif)
        }
    }
}

impl Report<'_> {
    /// How bad a change is for those whose verdicts count.
    pub fn impact(&self, change: &Change) -> Impact {
        let impacts = self.audiences.iter().map(|audience| change.verdict.of(*audience));
        impacts.max().unwrap_or(Impact::Documentation)
    }

    /// How bad the worst change is that nobody has approved.
    pub fn worst(&self) -> Option<Impact> {
        let open = self.changes.iter().filter(|change| self.reason(change).is_none());
        open.filter(|change| !change.is_question()).map(|change| self.impact(change)).max()
    }

    /// Why a change is all right, if somebody has said so.
    pub fn reason(&self, change: &Change) -> Option<&str> {
        self.approved.get(&change.fingerprint()).map(String::as_str)
    }

    /// How many changes are so bad for an audience.
    fn count(&self, audience: Audience, impact: Impact) -> usize {
        let real = self.changes.iter().filter(|change| !change.is_question());
        real.filter(|change| change.verdict.of(audience) == impact).count()
    }

    fn open_findings(&self) -> Vec<Diagnostic> {
        let open = self.changes.iter().filter(|change| self.reason(change).is_none());
        open.map(Change::diagnostic).chain(self.findings.iter().cloned()).collect()
    }

    fn allowed(&self) -> Vec<Allowed> {
        let approved = self.changes.iter().filter_map(|change| Some((change, self.reason(change)?)));
        let allowed = approved.map(|(change, reason)| Allowed {
            finding: change.diagnostic(),
            reason: reason.to_owned(),
            comment: change.span,
        });
        allowed.collect()
    }

    /// What the version should be, in a sentence; `None` if nothing differs.
    fn version_line(&self) -> Option<String> {
        let Advice { old, new, needed, lowest, suffices } = self.advice;
        let lowest = lowest.as_deref().unwrap_or_default();
        match (needed, suffices) {
            (Bump::None, _) => None,
            (_, Some(true)) => Some(format!("version {old} → {new}: right for changes that are {}", needed.weight())),
            (_, Some(false)) => {
                Some(format!("version {old} → {new}: changes that are {} need {lowest} at least", needed.weight()))
            }
            (_, None) => Some(format!("version {old} → {new}: one of them is no semantic version")),
        }
    }
}

/// Changes of one owner, with a heading.
struct Group<'a> {
    title: String,
    changes: Vec<&'a Change>,
}

/// The changes in their groups, in their order.
fn groups<'a>(report: &'a Report<'_>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut last = None;
    for change in report.changes {
        if last != Some(&change.owner) {
            groups.push(Group { title: heading(report, change), changes: Vec::new() });
            last = Some(&change.owner);
        }
        if let Some(group) = groups.last_mut() {
            group.changes.push(change);
        }
    }
    groups
}

/// What a change's owner is called in a heading.
fn heading(report: &Report<'_>, change: &Change) -> String {
    match &change.owner {
        crate::Owner::Hook(name) => {
            let known = change.hooks.iter().find(|(hook, _)| hook == name);
            known.map_or_else(|| name.clone(), |(_, of)| format!("{name} ({})", prose::of_type(*of).noun))
        }
        crate::Owner::Type(name) => {
            let def = report.new.0.types.iter().chain(&report.old.0.types).find(|def| def.name.value == *name);
            let word = def.map_or("type", |def| match def.kind {
                wcs_contract::model::TypeKind::Record(_) => "record",
                wcs_contract::model::TypeKind::Enum { .. } => "enum",
            });
            let used = match change.sides.word() {
                "none" => "nothing uses it".to_owned(),
                "both" => format!("in requests and answers of {}", hooks(change)),
                "answer" => format!("in answers of {}", hooks(change)),
                _ => format!("in requests of {}", hooks(change)),
            };
            format!("{name} ({word}, {used})")
        }
        owner => owner.title().to_owned(),
    }
}

/// Most hooks that are listed by name.
const MOST_NAMED: usize = 4;

/// The hooks of a change, in words.
fn hooks(change: &Change) -> String {
    let names: Vec<&str> = change.hooks.iter().map(|(name, _)| name.as_str()).collect();
    match names.as_slice() {
        [] => "no hook".to_owned(),
        few if few.len() <= MOST_NAMED => and(few),
        many => {
            let (shown, others) = many.split_at(MOST_NAMED - 1);
            format!("{} and {} more hooks", commas(shown), others.len())
        }
    }
}

/// A place as editors take it: `file:line:column`.
fn place(sources: &Sources, span: wcs_contract::source::Span) -> String {
    let position = sources.position(span);
    format!("{}:{}:{}", sources.get(span.file).path, position.line, position.column)
}
