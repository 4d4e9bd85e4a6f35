//! A member of a hook or a record: its row in the table and its facts below.

use serde::Serialize;

use super::common::{ConflictView, Fact, NoteView, aliases, anchor_id, conflicts, json_code, notes, sources};
use super::link::{Links, Target, member_anchor};
use super::text::{cell, code, codes, first_sentence, hanging};
use super::words;
use wcs_contract::model::{
    Belonging, ClientSees, Confidence, Direction, Evidence, Openness, Parameter, Presence, Sensitivity, Type, TypeDef,
    TypeKind,
};

/// Where members are shown: the anchor differs, and inside a record fewer things can be said.
#[derive(Debug, Clone, Copy)]
pub(super) enum Owner<'a> {
    /// A hook that rests on this evidence.
    Hook(Evidence),
    /// A record.
    Record(&'a TypeDef),
}

#[derive(Serialize)]
pub(super) struct MemberView {
    id: String,
    wire: String,
    badges: Vec<&'static str>,
    /// Since when and until when, as a mark.
    releases: String,
    /// An example that is short enough to stand beside the name.
    like: Option<String>,
    name: String,
    heading: String,
    ty: String,
    presence: &'static str,
    direction: &'static str,
    client: &'static str,
    since: String,
    default: String,
    example: String,
    marks: String,
    short: String,
    doc: String,
    facts: Vec<Fact>,
    notes: Vec<NoteView>,
    conflicts: Vec<ConflictView>,
}

pub(super) fn members<'a>(members: &'a [Parameter], owner: Owner<'a>, links: Links<'a>) -> Vec<MemberView> {
    members.iter().map(|member| view(member, owner, links)).collect()
}

fn view<'a>(member: &'a Parameter, owner: Owner<'a>, links: Links<'a>) -> MemberView {
    let name = code(&member.name.value);
    let anchor = match owner {
        Owner::Hook(_) => Some(member_anchor(member)),
        Owner::Record(_) => None,
    };
    let marks = marks(member);
    MemberView {
        id: match owner {
            Owner::Hook(_) => member_anchor(member),
            Owner::Record(ty) => {
                format!("{}-{}", anchor_id(Target::Type, &ty.name.value, links), member_anchor(member))
            }
        },
        wire: member.name.value.clone(),
        badges: marks.iter().map(|mark| mark.trim_matches('*')).chain(seen(member.client)).collect(),
        releases: words::releases(&member.lifetime),
        like: member.example.as_ref().map(short_json).filter(|text| text != LATER),
        name: cell(&anchor.as_ref().map_or_else(|| name.clone(), |anchor| format!("[{name}](#{anchor})"))),
        heading: anchor.map_or_else(|| name.clone(), |anchor| format!("<a id=\"{anchor}\"></a>{name}")),
        ty: cell(&links.ty(&member.ty)),
        presence: match member.direction {
            Direction::Answer => "never",
            Direction::Request | Direction::Both => words::presence(member.presence),
        },
        direction: words::direction(member.direction),
        client: match member.client {
            ClientSees::Same => "yes",
            ClientSees::Withhold => "withhold",
            ClientSees::Never => "never",
        },
        since: cell(&words::lifetime_short(&member.lifetime)),
        default: member.default.as_ref().map(short_json).unwrap_or_default(),
        example: member.example.as_ref().map(short_json).unwrap_or_default(),
        marks: marks.join(", "),
        short: links.prose_cell(first_sentence(&member.doc.value)),
        doc: links.prose(&member.doc.value),
        facts: facts(member, owner, links),
        notes: notes(&member.notes, links),
        conflicts: conflicts(&member.conflicts, links),
    }
}

/// Facts that the table tells in columns of their own.
const IN_ROW: &[&str] = &["Type", "Sent", "Stands", "Context"];

/// That the client gets it not as it is.
const fn seen(client: ClientSees) -> Option<&'static str> {
    match client {
        ClientSees::Same => None,
        ClientSees::Withhold => Some("to be withheld"),
        ClientSees::Never => Some("not for the client"),
    }
}

/// What stands in place of a longer value.
const LATER: &str = "see below";

/// Longest value that a cell of the table shows; the facts below show any.
const SHORT: usize = 40;

fn short_json(value: &wcs_contract::model::Json) -> String {
    let text = json_code(&value.value);
    if text.chars().count() <= SHORT { cell(&text) } else { LATER.to_owned() }
}

fn marks(member: &Parameter) -> Vec<&'static str> {
    let mut marks = Vec::new();
    if member.belonging == Belonging::Context {
        marks.push("context");
    }
    if member.sensitive == Sensitivity::Sensitive {
        marks.push("**sensitive**");
    }
    if member.overwritable.is_some() {
        marks.push("**replaceable**");
    }
    if member.constraints.is_some() {
        marks.push("limited");
    }
    if member.used_if.is_some() || member.sent_if.is_some() {
        marks.push("conditional");
    }
    if !member.aliases.is_empty() {
        marks.push("other spellings");
    }
    if member.lifetime.deprecated.is_some() {
        marks.push("**deprecated**");
    }
    if !member.conflicts.is_empty() {
        marks.push("disputed");
    }
    marks
}

fn facts<'a>(member: &'a Parameter, owner: Owner<'a>, links: Links<'a>) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut say = |label: &'static str, text: String| {
        if !text.is_empty() {
            let in_row = IN_ROW.contains(&label);
            facts.push(Fact { label, text: hanging(&text), in_row });
        }
    };
    say("Type", links.ty(&member.ty));
    say("Values", values(&member.ty, links));
    match member.direction {
        Direction::Answer => say("Stands", words::direction_about(member.direction).to_owned()),
        Direction::Both => {
            say("Sent", words::presence_about(member.presence).to_owned());
            say("Stands", words::direction_about(member.direction).to_owned());
        }
        Direction::Request => say("Sent", words::presence_about(member.presence).to_owned()),
    }
    if member.belonging == Belonging::Context {
        say("Context", "every hook carries it".to_owned());
    }
    match member.client {
        ClientSees::Same => {}
        ClientSees::Withhold => {
            say("Client", "gets it unless the session policy excludes it, which it should".to_owned())
        }
        ClientSees::Never => say("Client", "never gets it".to_owned()),
    }
    if member.sensitive == Sensitivity::Sensitive {
        say("Sensitive", "a secret or personal data; keep it out of your logs".to_owned());
    }
    if let Some(overwritable) = &member.overwritable {
        let confidence = overwritable.confidence.as_ref().map_or(Confidence::High, |said| said.value);
        let reason = links.prose(&overwritable.reason.value);
        say("Replaceable", format!("your answer may replace it. {reason} ({})", words::confidence_in_full(confidence)));
    }
    say("Default", member.default.as_ref().map(|value| json_code(&value.value)).unwrap_or_default());
    say("Example", member.example.as_ref().map(|value| json_code(&value.value)).unwrap_or_default());
    say("Limits", member.constraints.as_ref().map(words::constraints).unwrap_or_default());
    if let Some(condition) = &member.used_if {
        say("Used", format!("only if {}", words::condition(condition)));
    }
    if let Some(condition) = &member.sent_if {
        say("Sent whenever", words::condition(condition));
    }
    say("Comes from", member.origin.as_ref().map(|text| links.prose(&text.value)).unwrap_or_default());
    say("Also spelt", aliases(&member.aliases));
    say("Releases", words::lifetime(&member.lifetime));
    if let Owner::Hook(evidence) = owner {
        if let Some(own) = member.evidence.filter(|own| *own != evidence) {
            say("Rests on", format!("{}, unlike the hook as a whole", words::evidence(own)));
        }
        say("Elsewhere", links.to(Target::Parameter, &member.name.value, "every hook that carries it"));
    }
    say("Described in", sources(&member.sources, links));
    facts
}

/// The values of an enum, also of one inside an array or list.
fn values(ty: &Type, links: Links<'_>) -> String {
    let id = match ty {
        Type::Named(id) => *id,
        Type::Array(item) | Type::Map(item) | Type::List(item) => return values(item, links),
        Type::Scalar(_) => return String::new(),
    };
    match &links.contract().type_def(id).kind {
        TypeKind::Record(_) => String::new(),
        TypeKind::Enum { openness, values } => {
            let known = codes(values.iter().map(|value| &value.wire.value));
            match openness {
                Openness::Open => format!("{known}; a server may send others"),
                Openness::Closed => known,
            }
        }
    }
}

/// What the words in the table's column for presence mean.
pub(super) fn presence_legend() -> Vec<&'static str> {
    [Presence::Always, Presence::Usually, Presence::Sometimes].map(words::presence_about).to_vec()
}
