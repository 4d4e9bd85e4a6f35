//! `wcs inspect`: what a body says.

use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wcs_contract::model::{Belonging, Contract, Presence};
use wcs_contract::text::wrap;
use wcs_simulator::inspect::members::{Finding, Member};
use wcs_simulator::inspect::recognise::{Candidate, Clue, Seen};
use wcs_simulator::inspect::{Inspection, Secrets, inspect};

use crate::contract;
use crate::flags::{DataFormat, SchemaFlag};
use crate::stop::Stop;
use crate::terminal::{BAD, BOLD, DIM, GOOD, Terminal, WARN, harmless, pad};
use crate::words::{WIDTH, counted, paragraph, shortened};

/// Longest value that is printed in full.
const LONGEST: usize = 60;

/// Hooks that are named besides the most likely one.
const RUNNERS_UP: usize = 3;

/// Less likely ones are not worth a word.
const LEAST: f64 = 0.001;

#[derive(Debug, clap::Args)]
#[command(after_long_help = AFTER)]
pub(crate) struct InspectOptions {
    /// File with the body, or - for standard input
    #[arg(value_name = "FILE|-")]
    body: PathBuf,
    /// Where it was sent to; the last part names the hook [default: the body tells]
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
    /// Show what the contract calls sensitive
    #[arg(long)]
    show_secrets: bool,
    #[command(flatten)]
    schema: SchemaFlag,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    format: DataFormat,
}

const AFTER: &str = "Examples:
  wcs inspect body.json
  pbpaste | wcs inspect - --path /apps/connect

Exit code 1 if something in it is unknown or wrong.";

pub(crate) fn run(options: &InspectOptions, terminal: &mut Terminal) -> Result<(), Stop> {
    let contract = contract::valid(options.schema.path(), terminal)?;
    let body = read(&options.body)?;
    let secrets = if options.show_secrets { Secrets::Shown } else { Secrets::Masked };
    let inspection = inspect(&contract, &body, options.path.as_deref(), secrets);
    let inspection = inspection.map_err(|error| match error.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("{}:{error}", named(&options.body)),
        false => error,
    })?;
    match options.format {
        DataFormat::Text => terminal.out(&page(&contract, &inspection)),
        DataFormat::Json => terminal.json(&as_json(&contract, &inspection)),
    }
    if inspection.findings.is_empty() { Ok(()) } else { Err(Stop::Findings) }
}

/// A file as messages name it.
fn named(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| format!("can't read {}: {error}", named(path)))?;
    String::from_utf8(bytes).map_err(|error| {
        format!("{} is no UTF-8, as JSON is, from byte {} on", named(path), error.utf8_error().valid_up_to())
    })
}

fn page(contract: &Contract, inspection: &Inspection<'_>) -> String {
    let mut text = head(inspection);
    if !inspection.members.is_empty() {
        let _ = writeln!(text, "\n{BOLD}Members{BOLD:#}");
    }
    let rows = rows(&inspection.members, 0);
    let width =
        rows.iter().map(|(depth, member)| 2 * depth + harmless(&member.name).chars().count()).max().unwrap_or(0) + 2;
    for (depth, member) in rows {
        row(&mut text, contract, inspection, member, depth, width);
    }
    if inspection.masked > 0 {
        let _ = writeln!(
            text,
            "{DIM}{} {} masked; --show-secrets shows what is there{DIM:#}",
            counted(inspection.masked, "value"),
            if inspection.masked == 1 { "is" } else { "are" },
        );
    }
    if !inspection.findings.is_empty() {
        let _ = writeln!(text, "\n{BOLD}Unknown or wrong{BOLD:#}");
        for finding in &inspection.findings {
            let pointer = if finding.pointer.is_empty() { "the body" } else { &finding.pointer };
            let _ = writeln!(text, "  {WARN}{}{WARN:#}: {}", harmless(pointer), said(finding));
        }
    }
    releases(&mut text, inspection);
    text
}

fn head(inspection: &Inspection<'_>) -> String {
    let (hook, mut text) = (inspection.hook, String::new());
    let kind = hook.kind.word();
    let how = match inspection.candidates.first() {
        _ if inspection.is_named => "by its path".to_owned(),
        Some(best) => format!("{} by its members", percent(best.share)),
        None => String::new(),
    };
    let _ = writeln!(text, "{BOLD}{}{BOLD:#}  {kind} hook, {how}", hook.name.value);
    paragraph(&mut text, &hook.summary.value);
    let Some(own) = inspection.candidates.iter().find(|candidate| candidate.hook.name.value == hook.name.value) else {
        return text;
    };
    paragraph(&mut text, &format!("Why: {}.", why(own)));
    let of_all = |member: &Member<'_>| member.declared.is_none_or(|one| one.belonging == Belonging::Context);
    if !inspection.is_named && inspection.members.iter().all(of_all) {
        let _ = writeln!(text, "{WARN}Nothing in it tells which hook it is{WARN:#}; --path would.");
    }
    for other in others(inspection, own) {
        let name = &other.hook.name.value;
        if other.equals(own) {
            let _ = writeln!(text, "  {WARN}{name}{WARN:#} is as likely; --path tells them apart");
        } else {
            let against: Vec<String> = other.against(own, 2).into_iter().map(told).collect();
            let (likely, but) = (percent(other.share), against.join("; "));
            let but = if but.is_empty() { but } else { format!(", but {but}") };
            let _ = writeln!(text, "  {name} {likely}{but}");
        }
    }
    text
}

/// The hooks that are worth a word besides the one that the body is taken for.
fn others<'a, 'c>(inspection: &'a Inspection<'c>, own: &'a Candidate<'c>) -> impl Iterator<Item = &'a Candidate<'c>> {
    let others = inspection.candidates.iter().filter(|other| other.hook.name.value != own.hook.name.value);
    others.take(RUNNERS_UP).filter(|other| other.share >= LEAST)
}

fn why(candidate: &Candidate<'_>) -> String {
    let number = |wanted: fn(Seen) -> bool| candidate.clues.iter().filter(|clue| wanted(clue.seen)).count();
    let here = number(|seen| !matches!(seen, Seen::Absent(_)));
    let known = number(|seen| !matches!(seen, Seen::Absent(_) | Seen::Unknown));
    let always = number(|seen| {
        let (Seen::There(presence) | Seen::Usual(presence) | Seen::Unusual(presence) | Seen::Unfit(presence)) = seen
        else {
            return false;
        };
        presence == Presence::Always
    });
    let missing = number(|seen| seen == Seen::Absent(Presence::Always));
    let usual = number(|seen| matches!(seen, Seen::Usual(_)));
    let unusual = number(|seen| matches!(seen, Seen::Unusual(_)));
    let mut why = format!("it knows {known} of {}", counted(here, "member"));
    let _ = write!(why, "; {always} of {} that it always sends are there", always + missing);
    if usual + unusual > 0 {
        let _ = write!(why, "; {usual} of {} are as in its examples", counted(usual + unusual, "telling value"));
    }
    if let Some(title) = candidate.example {
        let _ = write!(why, "; and it is like its example “{title}”");
    }
    why
}

/// What a clue says against a hook.
fn told(clue: &Clue) -> String {
    let member = harmless(&clue.member);
    match clue.seen {
        Seen::Unknown => format!("it has no `{member}`"),
        Seen::Absent(Presence::Always) => format!("it always sends `{member}`"),
        Seen::Absent(_) => format!("it usually sends `{member}`"),
        Seen::Unfit(_) => format!("`{member}` is something else there"),
        Seen::Unusual(_) | Seen::Usual(_) => format!("`{member}` has other values in its examples"),
        Seen::There(_) => format!("it sends `{member}` less often"),
    }
}

fn rows<'a, 'c>(members: &'a [Member<'c>], depth: usize) -> Vec<(usize, &'a Member<'c>)> {
    members.iter().flat_map(|member| std::iter::once((depth, member)).chain(rows(&member.members, depth + 1))).collect()
}

fn row(
    text: &mut String,
    contract: &Contract,
    inspection: &Inspection<'_>,
    member: &Member<'_>,
    depth: usize,
    width: usize,
) {
    let is_wrong = inspection.findings.iter().any(|finding| finding.pointer == member.pointer);
    let style = if is_wrong { WARN } else { BOLD };
    let name = pad(&format!("{}{}", "  ".repeat(depth), harmless(&member.name)), width);
    let value = if member.members.is_empty() { shortened(&member.value, LONGEST) } else { String::new() };
    let ty = member.ty.map_or("unknown".to_owned(), |ty| contract.type_word(ty));
    let _ = writeln!(text, "  {style}{name}{style:#}{}  {DIM}{ty}{DIM:#}", value);
    let indent = " ".repeat(width + 2);
    let mut lines = |prose: &str| {
        for line in wrap(prose, WIDTH.saturating_sub(width + 2).max(40)) {
            let _ = writeln!(text, "{indent}{line}");
        }
    };
    if let Some(declared) = member.declared {
        lines(&declared.doc.value);
        if declared.name.value != member.name {
            lines(&format!("Another spelling of {}.", declared.name.value));
        }
        declared.lifetime.in_words().into_iter().for_each(|words| lines(&format!("{words}.")));
    }
    if let Some(value) = member.means {
        let when = value.lifetime.in_words().map_or(String::new(), |words| format!(" {words}."));
        lines(&format!("{}: {}{when}", value.wire.value, value.doc.value));
    }
}

fn releases(text: &mut String, inspection: &Inspection<'_>) {
    if inspection.releases.is_empty() {
        return;
    }
    let possible: Vec<&str> =
        inspection.releases.iter().filter(|(_, why)| why.is_empty()).map(|(name, _)| name.as_str()).collect();
    let style = if possible.is_empty() { BAD } else { GOOD };
    let named = if possible.is_empty() { "none that the contract knows".to_owned() } else { possible.join(", ") };
    let _ = writeln!(text, "\n{BOLD}Releases that could have sent it{BOLD:#}: {style}{named}{style:#}");
    for alike in inspection.releases.chunk_by(|(_, one), (_, other)| one == other) {
        let names: Vec<&str> = alike.iter().map(|(name, _)| name.as_str()).collect();
        let Some((_, obstacles)) = alike.first() else { continue };
        if let Some(first) = obstacles.first() {
            let more = if obstacles.len() > 1 { format!("; {} more", obstacles.len() - 1) } else { String::new() };
            let place =
                if first.pointer.is_empty() { String::new() } else { format!("{}: ", harmless(&first.pointer)) };
            let _ = writeln!(text, "  not {}: {place}{}{more}", names.join(", "), harmless(&first.message));
        }
    }
}

fn said(finding: &Finding) -> String {
    let help = finding.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
    harmless(&format!("{}{help}", finding.message))
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        most if most > 99.0 => "more than 99 %".to_owned(),
        least if least < 1.0 => "less than 1 %".to_owned(),
        other => format!("{other:.0} %"),
    }
}

fn as_json(contract: &Contract, inspection: &Inspection<'_>) -> Value {
    let best = inspection.candidates.iter().find(|own| own.hook.name.value == inspection.hook.name.value);
    let candidates = inspection.candidates.iter().filter(|one| one.share >= LEAST).take(RUNNERS_UP + 1).map(|one| {
        let against = best.map_or(Vec::new(), |best| one.against(best, 3));
        let against: Vec<String> = against.into_iter().map(told).collect();
        json!({ "hook": one.hook.name.value, "share": (one.share * 1e4).round() / 1e4, "against": against })
    });
    let releases: Vec<Value> = inspection
        .releases
        .iter()
        .map(|(name, why)| json!({ "release": name, "possible": why.is_empty(), "why_not": findings(why) }))
        .collect();
    json!({
        "version": 1,
        "hook": inspection.hook.name.value,
        "type": inspection.hook.kind.word(),
        "by": if inspection.is_named { "path" } else { "body" },
        "why": best.map(why),
        "candidates": candidates.collect::<Vec<_>>(),
        "members": rows(&inspection.members, 0).into_iter().map(|(_, one)| member(contract, one)).collect::<Vec<_>>(),
        "masked": inspection.masked,
        "findings": findings(&inspection.findings),
        "releases": releases,
    })
}

fn member(contract: &Contract, member: &Member<'_>) -> Value {
    json!({
        "pointer": member.pointer,
        "value": member.value,
        "known": member.ty.is_some(),
        "type": member.ty.map(|ty| contract.type_word(ty)),
        "doc": member.declared.map(|declared| &declared.doc.value),
        "spelling_of": member.declared.map(|declared| &declared.name.value).filter(|name| **name != member.name),
        "value_doc": member.means.map(|value| &value.doc.value),
        "releases": member.declared.and_then(|declared| declared.lifetime.in_words()),
    })
}

fn findings(findings: &[Finding]) -> Vec<Value> {
    let entry = |finding: &Finding| {
        json!({
            "kind": finding.kind.word(), "pointer": finding.pointer, "message": finding.message, "help": finding.help,
        })
    };
    findings.iter().map(entry).collect()
}
