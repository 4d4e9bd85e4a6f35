//! The prose of the documents, in Markdown, put together from the contract's texts.

use super::vendor::Vendor;
use wcs_codegen::prose;
use wcs_contract::model::{
    ClientSees, Confidence, Conflict, Contract, EnumValue, Example, Hook, HookType, Lifetime, Name, Note, Openness,
    Parameter, Presence, Sdk, Sensitivity, Signature, Type, TypeDef, TypeKind,
};
use wcs_contract::text;

/// What opens the document.
pub(super) fn document(contract: &Contract, vendor: &Vendor) -> String {
    let mut parts = vec![contract.doc.value.clone(), version(contract)];
    if let Some(sender) = &contract.sender {
        parts.push(format!("## {}\n\n{}", sender.name.value, sender.doc.value));
        parts.push(format!("## Answers\n\n{}", sender.answer.doc.value));
        parts.push(format!(
            "The sender waits {} seconds, unless the setting `{}` says otherwise. {}",
            sender.timeout.seconds.value, sender.timeout.setting.value, sender.timeout.doc.value
        ));
    }
    if let Some(policy) = contract.session_policy() {
        parts.push(format!("## Session policy: `{}`\n\n{}", policy.member.value, policy.doc.value));
    }
    parts.extend(hook_types(contract));
    if !contract.notes.is_empty() {
        parts.push(format!("## What to know\n\n{}", notes(&contract.notes)));
    }
    parts.push(reading(contract, vendor));
    parts.join("\n\n")
}

fn version(contract: &Contract) -> String {
    let known = text::codes(contract.releases.iter().map(|(name, _)| &name.value));
    let releases = if known.is_empty() { known } else { format!(" It knows the releases {known}.") };
    format!(
        "The version of this document, {}, is that of the contract as it is written down here, not that of the sender: \
         the first number grows when something goes away or means something else, the second when something is added, \
         the third when only words change.{releases}",
        contract.version.value
    )
}

fn hook_types(contract: &Contract) -> Option<String> {
    let kinds = HookType::ALL.iter().filter_map(|kind| {
        let doc = contract.type_doc(*kind)?;
        Some(format!(
            "### {} (`{kind}`)\n\n{}\n\n- **Answer:** {}\n- **Denial:** {}",
            doc.title.value, doc.doc.value, doc.answer.value, doc.deny.value
        ))
    });
    let kinds: Vec<String> = kinds.collect();
    (!kinds.is_empty()).then(|| format!("## Types of hooks\n\n{}", kinds.join("\n\n")))
}

fn reading(contract: &Contract, vendor: &Vendor) -> String {
    format!(
        "## How to read the schemas\n\nRequests are described as far as they are known and may always bring more: \
         members and enum values that are not listed here. Members are required only if every known release sends \
         them; null means the same as absent, and an answer has it only where it returns what came. Known values of \
         an enum that may grow stand in `x-extensible-enum`, their meaning in `x-enumDescriptions`. An answer may \
         leave out everything. `{}` holds what a hook's answer can change, `{}` what must not reach logs, `{}` what a \
         description rests on. The contract's name is `{}`.\n\nNo schema can say that a member has a value only if \
         another one has some value (`{}`), or whenever it has (`{}`), nor that one of several spellings of a member \
         is always there (`{}`, `{}`). Whether a body that does not keep to all this is refused is the backend's \
         choice; better it is taken, for the sender can't be told.",
        vendor.key("overwritable"),
        vendor.key("sensitive"),
        vendor.key("evidence"),
        contract.name.value,
        vendor.key("used-if"),
        vendor.key("sent-if"),
        vendor.key("presence"),
        vendor.key("aliases"),
    )
}

/// A hook's long text.
pub(super) fn hook(contract: &Contract, hook: &Hook) -> String {
    let mut parts = vec![hook.doc.as_ref().unwrap_or(&hook.summary).value.clone()];
    if let Some(doc) = contract.type_doc(hook.kind) {
        parts.push(format!("**Type:** `{}`. {}", hook.kind, doc.doc.value));
    }
    parts.push(format!("**Denial:** {}{}", hook.deny.doc.value, hedge(&hook.deny.confidence)));
    let settable = text::codes(hook.answer_members().map(|member| &member.name.value));
    if !settable.is_empty() {
        parts.push(format!("**An answer may change or bring:** {settable}."));
    }
    match &hook.sdk {
        Sdk::Used(calls) if !calls.is_empty() => {
            let calls = calls.iter().map(|sdk| format!("- `{}`: {}", sdk.call.value, sdk.does.value));
            parts.push(format!("**In the client's SDK:**\n\n{}", lines(calls)));
        }
        Sdk::Unused => parts.push("The client's SDK has no part in it.".to_owned()),
        Sdk::Used(_) | Sdk::Unknown => {}
    }
    if !hook.leads_to.is_empty() {
        let events = text::codes(hook.leads_to.iter().map(|id| &contract.hook(*id).name.value));
        parts.push(format!("**Followed by:** {events}."));
    }
    if let Some((id, event)) = &hook.error_event {
        let doc = event.doc.as_ref().map(|doc| format!(" {}", doc.value)).unwrap_or_default();
        let name = code(&contract.hook(*id).name);
        parts.push(format!("**Errors reach the client by** {name}.{doc}{}", hedge(&event.confidence)));
    }
    parts.extend(requires(contract, hook));
    if !hook.aliases.is_empty() {
        let aliases = hook.aliases.iter().map(|(alias, doc)| format!("- {}: {}", code(alias), doc.value));
        parts.push(format!("**Other spellings:**\n\n{}", lines(aliases)));
    }
    parts.extend(lifetime(&hook.lifetime));
    parts.extend(shapes(hook));
    if !hook.notes.is_empty() {
        parts.push(format!("**Notes:**\n\n{}", notes(&hook.notes)));
    }
    parts.extend(conflicts(&hook.conflicts));
    parts.push(format!("**Evidence:** {} Confidence: {}.", hook.evidence.doc(), hook.confidence));
    parts.join("\n\n")
}

fn requires(contract: &Contract, hook: &Hook) -> Option<String> {
    let settings = hook.requires.iter().map(|name| {
        let known = contract.sender.as_ref().and_then(|sender| {
            sender.settings.iter().find(|(setting, _)| setting.value == name.value).map(|(_, setting)| setting)
        });
        known.map_or_else(
            || format!("- {}", code(name)),
            |setting| format!("- `{}={}`: {}", name.value, setting.value.value, setting.doc.value),
        )
    });
    (!hook.requires.is_empty()).then(|| format!("**Needs these settings of the sender:**\n\n{}", lines(settings)))
}

fn shapes(hook: &Hook) -> Option<String> {
    let list = |names: &[Name]| match names {
        [] => "none".to_owned(),
        names => text::codes(names.iter().map(|name| &name.value)),
    };
    let shapes = hook.shapes.iter().map(|shape| {
        format!(
            "- {}: the backend gets {}; the client gets {}",
            shape.when.value,
            list(&shape.backend),
            list(&shape.client)
        )
    });
    (!hook.shapes.is_empty()).then(|| format!("**Subsets of members:**\n\n{}", lines(shapes)))
}

/// What a yes does.
pub(super) fn accept(contract: &Contract, hook: &Hook) -> String {
    let doc = contract.type_doc(hook.kind).map_or("The hook is accepted.", |doc| &doc.answer.value);
    doc.to_owned()
}

/// What a no does.
pub(super) fn deny(contract: &Contract, hook: &Hook) -> String {
    let general = contract.type_doc(hook.kind).map(|doc| doc.deny.value.clone());
    let parts = [Some(hook.deny.doc.value.clone()), general, on_error(contract, hook.kind)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// What everything else does.
pub(super) fn error(contract: &Contract, kind: HookType) -> String {
    let mut parts = vec![match &contract.sender {
        Some(sender) => format!(
            "Interaction error: a status other than {}, an answer that can't be read, or none within {} seconds.",
            sender.answer.accept_status.value, sender.timeout.seconds.value
        ),
        None => "Interaction error.".to_owned(),
    }];
    parts.extend(on_error(contract, kind));
    parts.join("\n\n")
}

fn on_error(contract: &Contract, kind: HookType) -> Option<String> {
    let rows = contract.on_error.iter().map(|(word, row)| {
        let cell = &row.cells[kind];
        format!("- {}: {}{}", code(word), cell.doc.value, hedge(&cell.confidence))
    });
    let rows = lines(rows);
    let member = contract.session_policy().map(|policy| &policy.on_error.member.value);
    (!rows.is_empty()).then(|| match member {
        Some(member) => format!("By what the session's policy says in `{member}`:\n\n{rows}"),
        None => rows,
    })
}

/// How a request is signed.
pub(super) fn signature(signature: &Signature) -> String {
    let digest = signature.digest.value.title();
    let requires = text::codes(signature.requires.iter().map(|name| &name.value));
    let settings = if requires.is_empty() { requires } else { format!(" Settings: {requires}.") };
    format!(
        "Optional: the sender may sign. The header is `{}` followed by the {digest} of the raw body in lower-case hex. \
         {}{settings}",
        signature.prefix.value, signature.doc.value
    )
}

/// Where an example is from.
pub(super) fn example(example: &Example) -> String {
    let origin = example.origin.value.doc();
    example.version.as_ref().map_or_else(|| origin.to_owned(), |version| format!("{origin} Version {version}."))
}

/// A request body.
pub(super) fn request(hook: &Hook) -> String {
    format!("What the sender posts. {} It may bring members that are not listed here.", hook.summary.value)
}

/// An answer's body.
pub(super) fn answer(hook: &Hook) -> String {
    let settable = text::codes(hook.answer_members().map(|member| &member.name.value));
    let effect = if settable.is_empty() {
        "No change of a member is known to have an effect.".to_owned()
    } else {
        format!("A value that differs can have an effect in {settable}.")
    };
    format!(
        "What the backend answers to `{}`: any of the members, usually those of the request. {effect}",
        hook.name.value
    )
}

/// A member as it arrives.
pub(super) fn received(contract: &Contract, parameter: &Parameter) -> String {
    let mut parts = vec![parameter.doc.value.clone()];
    let mut facts: Vec<String> = Vec::new();
    if parameter.is_received() && parameter.presence == Presence::Usually {
        facts.push(parameter.presence.doc().replacen("By", "Sent by", 1));
    }
    facts.extend(prose::conditions(parameter));
    facts.extend(parameter.default.as_ref().map(|default| format!("Default: `{}`.", default.value)));
    facts.extend(prose::origin(parameter));
    match parameter.client {
        ClientSees::Same => {}
        ClientSees::Withhold => {
            facts.push("The client gets it too unless the session policy excludes it, which it should.".to_owned());
        }
        ClientSees::Never => facts.push("The client does not get it.".to_owned()),
    }
    if parameter.sensitive == Sensitivity::Sensitive {
        facts.push(prose::SENSITIVE.to_owned());
    }
    facts.extend(overwritable(parameter));
    let aliases = parameter.aliases.iter().map(|(alias, doc)| format!("Also spelt {}: {}", code(alias), doc.value));
    facts.extend(aliases);
    facts.extend(shape(contract, &parameter.ty));
    if !facts.is_empty() {
        parts.push(facts.join(" "));
    }
    parts.extend(values(contract, &parameter.ty));
    parts.extend(lifetime(&parameter.lifetime));
    if !parameter.notes.is_empty() {
        parts.push(notes(&parameter.notes));
    }
    parts.extend(conflicts(&parameter.conflicts));
    parts.join("\n\n")
}

/// A member as it is answered.
pub(super) fn answered(contract: &Contract, parameter: &Parameter) -> String {
    if !parameter.is_received() {
        return received(contract, parameter);
    }
    let effect =
        overwritable(parameter).unwrap_or_else(|| "Echoed as it came; no effect of another value is known.".to_owned());
    format!("{} {effect}", parameter.doc.value)
}

fn overwritable(parameter: &Parameter) -> Option<String> {
    let replaced = parameter.overwritable.as_ref();
    let replaced =
        replaced.map(|said| format!("An answer may replace it: {}{}", said.reason.value, hedge(&said.confidence)));
    let brought = prose::brought(parameter.direction).map(str::to_owned);
    let said: Vec<String> = replaced.into_iter().chain(brought).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What a type means beyond its JSON type.
fn shape(contract: &Contract, ty: &Type) -> Option<String> {
    match ty {
        Type::List(_) => Some(prose::LIST.to_owned()),
        Type::Named(id) => match &contract.type_def(*id).kind {
            TypeKind::Enum { openness: Openness::Open, .. } => {
                Some("More values than those listed may come.".to_owned())
            }
            TypeKind::Enum { openness: Openness::Closed, .. } | TypeKind::Record(_) => None,
        },
        Type::Scalar(_) | Type::Array(_) | Type::Map(_) => None,
    }
}

/// The values of an enum as a list, for readers whose tool shows no extensions.
fn values(contract: &Contract, ty: &Type) -> Option<String> {
    match ty {
        Type::Named(id) => match &contract.type_def(*id).kind {
            TypeKind::Enum { values, .. } => {
                Some(lines(values.iter().map(|known| format!("- `{}`: {}", known.wire.value, value(known)))))
            }
            TypeKind::Record(_) => None,
        },
        Type::Array(item) | Type::List(item) | Type::Map(item) => values(contract, item),
        Type::Scalar(_) => None,
    }
}

/// What a value of an enum means.
pub(super) fn value(value: &EnumValue) -> String {
    let mut parts = vec![value.doc.value.clone()];
    parts.extend(value.sip.as_ref().map(|sip| format!("SIP: {}.", sip.value.trim_end_matches('.'))));
    if !value.aliases.is_empty() {
        parts.push(format!("Also spelt {}.", text::codes(value.aliases.iter().map(|(alias, _)| &alias.value))));
    }
    parts.extend(lifetime(&value.lifetime));
    parts.join(" ")
}

/// A record or an enum.
pub(super) fn type_def(def: &TypeDef) -> String {
    let mut parts = vec![def.doc.value.clone()];
    if !def.notes.is_empty() {
        parts.push(notes(&def.notes));
    }
    parts.extend(conflicts(&def.conflicts));
    parts.join("\n\n")
}

fn lifetime(lifetime: &Lifetime) -> Option<String> {
    let deprecated = lifetime.deprecated.as_ref().map(|said| format!("Deprecated: {}", prose::deprecation(said)));
    let parts: Vec<String> = prose::versions(lifetime).into_iter().chain(deprecated).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn notes(notes: &[Note]) -> String {
    lines(notes.iter().map(|note| match &note.consequence {
        Some(consequence) => format!("- {} **So:** {}", note.fact.value, consequence.value),
        None => format!("- {}", note.fact.value),
    }))
}

fn conflicts(conflicts: &[Conflict]) -> Option<String> {
    let items = conflicts.iter().map(|conflict| {
        let topic = conflict.topic.value.trim_end_matches('.');
        format!("- {topic}: {} (confidence: {})", conflict.verdict.value, conflict.confidence.value)
    });
    (!conflicts.is_empty()).then(|| format!("**Where documents disagree:**\n\n{}", lines(items)))
}

/// Says how sure something is, where it is not quite.
fn hedge(confidence: &Option<wcs_contract::source::Spanned<Confidence>>) -> String {
    match confidence.as_ref().map(|confidence| confidence.value) {
        None | Some(Confidence::High) => String::new(),
        Some(confidence) => format!(" (confidence: {confidence})"),
    }
}

fn code(name: &Name) -> String {
    format!("`{}`", name.value)
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}
