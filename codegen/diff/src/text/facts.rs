//! What is written for people about each thing, by label. Two versions of a thing give the same labels in the same order.

use wcs_contract::model::{
    Confidence, Conflict, Contract, Deprecated, EnumValue, Example, Hook, HookTypeDoc, Name, Note, Parameter, Sdk,
    Sender, Text, TypeDef,
};
use wcs_contract::source::Span;

/// One piece of writing.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    pub(super) label: &'static str,
    /// What it is written about, if that comes and goes by itself: another rule tells of that.
    pub(super) about: Option<String>,
    pub(super) text: String,
    pub(super) span: Option<Span>,
}

/// Something that has a name and is only for people.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) what: &'static str,
    pub(super) name: Name,
    /// Whether no other rule tells that it comes or goes.
    pub(super) tells_alone: bool,
    pub(super) facts: Vec<Fact>,
}

pub(super) fn hook(hook: &Hook) -> Vec<Fact> {
    let mut facts = vec![
        text("summary", Some(&hook.summary)),
        text("text", hook.doc.as_ref()),
        plain("effect of a denial", said(&hook.deny.doc, hook.deny.confidence.as_ref().map(|said| said.value))),
        aliases(&hook.aliases),
        plain("way in which errors are told", {
            let event = hook.error_event.as_ref();
            event.map_or(String::new(), |(_, event)| {
                let doc = event.doc.as_ref().map_or(String::new(), |doc| doc.value.clone());
                format!("{doc} {}", event.confidence.as_ref().map_or(Confidence::High, |said| said.value))
            })
        })
        .of_what(hook.error_event.is_some()),
        deprecated(hook.lifetime.deprecated.as_ref()),
    ];
    facts.extend(standing(&hook.notes, &hook.sources, &hook.conflicts));
    facts.push(plain("evidence", format!("{} {}", hook.evidence, hook.confidence)));
    facts
}

pub(super) fn examples(hook: &Hook) -> Vec<Fact> {
    let one = |example: &Example| {
        let version = example.version.as_ref().map_or(String::new(), ToString::to_string);
        let answer = example.answer.as_ref().map_or(String::new(), |answer| answer.value.to_string());
        let origin = example.origin.value;
        format!("{} ({origin} {version}): {} {answer}", example.title.value, example.body.value)
    };
    let span = hook.examples.first().map(|example| example.title.span);
    vec![Fact {
        about: None,
        label: "examples",
        text: hook.examples.iter().map(one).collect::<Vec<_>>().join("\n"),
        span,
    }]
}

pub(super) fn sdk(hook: &Hook) -> Vec<Fact> {
    let text = match &hook.sdk {
        Sdk::Unknown => String::new(),
        Sdk::Unused => "unused".to_owned(),
        Sdk::Used(calls) => {
            let call = |call: &wcs_contract::model::SdkCall| format!("{}: {}", call.call.value, call.does.value);
            calls.iter().map(call).collect::<Vec<_>>().join("\n")
        }
    };
    vec![plain("calls of the SDK", text)]
}

pub(super) fn type_def(def: &TypeDef) -> Vec<Fact> {
    let mut facts = vec![text("text", Some(&def.doc))];
    facts.extend(standing(&def.notes, &def.sources, &def.conflicts));
    facts
}

/// A member, and the hook whose evidence it takes over if it has none of its own.
pub(super) fn member(member: &Parameter, hook: Option<&Hook>) -> Vec<Fact> {
    let evidence = member.evidence.filter(|own| hook.is_none_or(|hook| hook.evidence != *own));
    let overwritable = member.overwritable.as_ref();
    let reason = overwritable.map(|said_so| said(&said_so.reason, said_so.confidence.as_ref().map(|said| said.value)));
    let mut facts = vec![
        text("text", Some(&member.doc)),
        text("origin", member.origin.as_ref()),
        plain("reason why an answer may replace it", reason.unwrap_or_default()).of_what(overwritable.is_some()),
        aliases(&member.aliases),
        deprecated(member.lifetime.deprecated.as_ref()),
    ];
    // What differs by release is told as a note too, and by a rule of its own.
    let written = |note: &&Note| !member.by_release.iter().any(|entry| entry.span == note.span);
    let notes: Vec<Note> = member.notes.iter().filter(written).cloned().collect();
    facts.extend(standing(&notes, &member.sources, &member.conflicts));
    facts.push(plain("evidence", evidence.map_or(String::new(), |evidence| evidence.to_string())));
    facts
}

pub(super) fn member_example(member: &Parameter) -> Vec<Fact> {
    vec![plain("example", member.example.as_ref().map_or(String::new(), |json| json.value.to_string()))]
}

pub(super) fn value(value: &EnumValue) -> Vec<Fact> {
    vec![
        text("text", Some(&value.doc)),
        text("SIP message", value.sip.as_ref()),
        aliases(&value.aliases),
        deprecated(value.lifetime.deprecated.as_ref()),
        sources(&value.sources),
        plain("confidence", value.confidence.to_string()),
    ]
}

pub(super) fn contract(contract: &Contract) -> Vec<Fact> {
    let mut facts = vec![text("title", Some(&contract.title)), text("text", Some(&contract.doc))];
    facts.extend(standing(&contract.notes, &[], &contract.conflicts));
    facts
}

pub(super) fn contract_items(contract: &Contract) -> Vec<Item> {
    let mut items = Vec::new();
    for (name, document) in &contract.documents {
        items.push(item(
            "document",
            name,
            vec![text("title", Some(&document.title)), text("text", Some(&document.doc))],
        ));
    }
    for (name, group) in &contract.groups {
        items.push(item("group", name, vec![text("title", Some(&group.title)), text("text", Some(&group.doc))]));
    }
    for (name, release) in &contract.releases {
        items.push(Item { tells_alone: false, ..item("release", name, vec![text("text", Some(&release.doc))]) });
    }
    if let Some(types) = &contract.hook_types {
        for (kind, doc) in types.docs.iter() {
            items.push(item("type of hooks", &Name::new(kind.word().to_owned(), doc.head), hook_type(doc)));
        }
    }
    items
}

fn hook_type(doc: &HookTypeDoc) -> Vec<Fact> {
    vec![
        text("title", Some(&doc.title)),
        text("text", Some(&doc.doc)),
        text("answer", Some(&doc.answer)),
        text("denial", Some(&doc.deny)),
    ]
}

pub(super) fn sender(sender: &Sender) -> Vec<Fact> {
    vec![
        text("name", Some(&sender.name)),
        text("text", Some(&sender.doc)),
        text("effect of a timeout", Some(&sender.timeout.doc)),
        text("expectation of answers", Some(&sender.answer.doc)),
        optional("way of signing", sender.signature.as_ref().map(|signature| &signature.doc)),
        optional("way of authenticating", sender.basic.as_ref()),
        optional("way in which answers steer the session", sender.session_policy.as_ref().map(|policy| &policy.doc)),
    ]
}

pub(super) fn sender_items(sender: &Sender) -> Vec<Item> {
    let mut items = Vec::new();
    let mut told = |what, name: &Name, doc: &Text| {
        items.push(Item { tells_alone: false, ..item(what, name, vec![text("text", Some(doc))]) });
    };
    sender.base_paths.iter().for_each(|(name, path)| told("base path", name, &path.doc));
    sender.settings.iter().for_each(|(name, setting)| told("setting", name, &setting.doc));
    sender.commands.iter().for_each(|(name, command)| told("command", name, &command.doc));
    items
}

pub(super) fn errors(contract: &Contract) -> Vec<Item> {
    let row = |(name, row): &(Name, wcs_contract::model::ErrorRow)| {
        let mut facts = vec![text("text", Some(&row.doc))];
        facts.extend(row.cells.iter().map(|(_, cell)| Fact {
            about: None,
            label: "effect of an error in words",
            text: said(&cell.doc, cell.confidence.as_ref().map(|said| said.value)),
            span: Some(cell.doc.span),
        }));
        Item { tells_alone: false, ..item("word for errors", name, facts) }
    };
    contract.on_error.iter().map(row).collect()
}

pub(super) fn flows(contract: &Contract) -> Vec<Item> {
    let flow = |(name, flow): &(Name, wcs_contract::model::Flow)| {
        let step = |step: &wcs_contract::model::Step| {
            let when = step.when.as_ref().map_or(String::new(), |when| format!(" when {}", when.value));
            format!("{}{when}: {}", step.hook.value, step.doc.value)
        };
        let steps = flow.steps.iter().map(step).collect::<Vec<_>>().join("\n");
        let facts = vec![text("title", Some(&flow.title)), text("text", Some(&flow.doc)), plain("steps", steps)];
        item("sequence of hooks", name, facts)
    };
    contract.flows.iter().map(flow).collect()
}

pub(super) fn troubles(contract: &Contract) -> Vec<Item> {
    let trouble = |(name, trouble): &(Name, wcs_contract::model::Trouble)| {
        let hooks = trouble.hooks.iter().map(|hook| hook.value.as_str()).collect::<Vec<_>>().join(", ");
        let facts = vec![
            text("symptom", Some(&trouble.symptom)),
            text("cause", Some(&trouble.cause)),
            text("remedy", Some(&trouble.remedy)),
            plain("hooks", hooks),
        ];
        item("problem", name, facts)
    };
    contract.troubleshooting.iter().map(trouble).collect()
}

fn item(what: &'static str, name: &Name, facts: Vec<Fact>) -> Item {
    Item { what, name: name.clone(), tells_alone: true, facts }
}

impl Fact {
    /// Written about something that may not be there at all.
    fn of_what(self, is_there: bool) -> Self {
        Self { about: Some(is_there.to_string()), ..self }
    }
}

fn text(label: &'static str, text: Option<&Text>) -> Fact {
    Fact {
        about: None,
        label,
        text: text.map_or(String::new(), |text| text.value.clone()),
        span: text.map(|text| text.span),
    }
}

/// Written about something that may not be there at all.
fn optional(label: &'static str, written: Option<&Text>) -> Fact {
    text(label, written).of_what(written.is_some())
}

fn plain(label: &'static str, text: String) -> Fact {
    Fact { about: None, label, text, span: None }
}

fn said(text: &Text, confidence: Option<Confidence>) -> String {
    format!("{} ({} confidence)", text.value, confidence.unwrap_or(Confidence::High))
}

fn aliases(aliases: &[(Name, Text)]) -> Fact {
    // That a spelling comes or goes is no matter of texts.
    let texts: Vec<&str> = aliases.iter().map(|(_, origin)| origin.value.as_str()).collect();
    let span = aliases.first().map(|(name, _)| name.span);
    let names: Vec<&str> = aliases.iter().map(|(name, _)| name.value.as_str()).collect();
    Fact { about: Some(names.join(", ")), label: "origin of spellings", text: texts.join("\n"), span }
}

fn deprecated(deprecated: Option<&Deprecated>) -> Fact {
    let text = deprecated.map(|deprecated| {
        let instead = deprecated.replacement.as_ref().map_or("", |name| name.value.as_str());
        format!("{} {instead}", deprecated.reason.value)
    });
    plain("reason not to use it", text.unwrap_or_default()).of_what(deprecated.is_some())
}

fn standing(notes: &[Note], from: &[(Name, Text)], conflicts: &[Conflict]) -> [Fact; 3] {
    let note = |note: &Note| {
        let consequence = note.consequence.as_ref().map_or("", |consequence| consequence.value.as_str());
        format!("{} {consequence}", note.fact.value)
    };
    let conflict = |conflict: &Conflict| {
        let says = conflict.says.iter().map(|(name, text)| format!("{}: {}", name.value, text.value));
        let says = says.collect::<Vec<_>>().join("; ");
        let Conflict { topic, verdict, confidence, .. } = conflict;
        format!("{}: {says}. {} ({} confidence)", topic.value, verdict.value, confidence.value)
    };
    let joined = |texts: Vec<String>| texts.join("\n");
    [
        Fact {
            about: None,
            label: "notes",
            text: joined(notes.iter().map(note).collect()),
            span: notes.first().map(|note| note.fact.span),
        },
        sources(from),
        Fact {
            about: None,
            label: "contradictions",
            text: joined(conflicts.iter().map(conflict).collect()),
            span: conflicts.first().map(|conflict| conflict.topic.span),
        },
    ]
}

fn sources(sources: &[(Name, Text)]) -> Fact {
    let one = |(name, text): &(Name, Text)| format!("{}: {}", name.value, text.value);
    let span = sources.first().map(|(name, _)| name.span);
    Fact { about: None, label: "sources", text: sources.iter().map(one).collect::<Vec<_>>().join("\n"), span }
}
