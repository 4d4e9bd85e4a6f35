//! The map from a hook's name to its types, and the contract's facts as constants.

use std::fmt::Write;

use super::scope::Scope;
use super::{comment, literal, literals};
use crate::model::{Direction, Hook, Parameter, Sensitivity};
use crate::names::{self, Role};

/// Everything that is keyed by the names of hooks.
pub(super) fn write(text: &mut String, scope: &Scope<'_>) {
    map(text, scope);
    text.push_str("/** The wire name of a hook. */\nexport type HookName = keyof Hooks;\n\n");
    facts(text, scope);
    names_of(text, scope);
}

fn map(text: &mut String, scope: &Scope<'_>) {
    comment::write(
        text,
        0,
        &[
            "What belongs to a hook, by its wire name.".to_owned(),
            "`request` is what arrives, `answer` what an answer can change. `reply` is what may be sent back: the changes \
             alone, or all that was received with changes in it."
                .to_owned(),
        ],
    );
    text.push_str("export interface Hooks {\n");
    for (hook, request, answer) in scope.hooks() {
        comment::write(text, 2, std::slice::from_ref(&hook.summary.value));
        let brought = hook.parameters.iter().filter(|member| member.direction == Direction::Answer);
        let brought: Vec<String> = brought.map(|member| literal(&member.name.value)).collect();
        let echo = if brought.is_empty() {
            request.to_owned()
        } else {
            format!("({request} & Pick<{answer}, {}>)", brought.join(" | "))
        };
        let _ = writeln!(
            text,
            "  {}: {{\n    request: {request};\n    answer: {answer};\n    reply: {answer} | {echo};\n    type: {};\n  }};",
            names::typescript(&hook.name.value, Role::Member),
            literal(hook.kind.word()),
        );
    }
    text.push_str("}\n\n");
}

const FACTS: &str = "- `name`: wire name, the last segment of the path\n\
- `aliases`: other spellings of it that are accepted\n\
- `type`, `deny`: see HookType and DenyEffect\n\
- `overwritable`: members that an answer can change or bring\n\
- `sensitive`: members that must not reach logs\n\
- `spellings`: other spellings of members, each with the member that it stands for";

fn facts(text: &mut String, scope: &Scope<'_>) {
    let contract = scope.contract;
    comment::write(text, 0, &["What the contract says about each hook.".to_owned(), FACTS.to_owned()]);
    text.push_str("export const HOOKS = {\n");
    for (hook, _, _) in scope.hooks() {
        let name = &hook.name.value;
        let aliases = hook.aliases.iter().map(|(alias, _)| alias.value.as_str());
        let sensitive = hook.parameters.iter().filter(|member| member.sensitive == Sensitivity::Sensitive).map(wire);
        let _ = writeln!(text, "  {}: {{", names::typescript(name, Role::Member));
        for (key, value) in [
            ("name", literal(name)),
            ("aliases", literals(aliases)),
            ("type", literal(hook.kind.word())),
            ("deny", literal(hook.deny.effect.value.word())),
            ("overwritable", literals(hook.answer_members().map(wire))),
            ("sensitive", literals(sensitive)),
            ("spellings", spellings(hook)),
        ] {
            let _ = writeln!(text, "    {key}: {value},");
        }
        text.push_str("  },\n");
    }
    text.push_str("} as const;\n\n");
    let Some(sender) = &contract.sender else { return };
    comment::write(text, 0, &["HTTP statuses and the content type of answers.".to_owned()]);
    let _ = writeln!(
        text,
        "export const ANSWERS = {{ accept: {}, deny: {}, contentType: {} }} as const;\n",
        sender.answer.accept_status.value,
        sender.answer.deny_status.value,
        literal(&sender.answer.content_type.value)
    );
}

fn wire(member: &Parameter) -> &str {
    &member.name.value
}

fn spellings(hook: &Hook) -> String {
    let pairs = hook.parameters.iter().flat_map(|member| member.aliases.iter().map(move |(alias, _)| (alias, member)));
    let pairs: Vec<String> = pairs
        .map(|(alias, member)| format!("{}: {}", names::typescript(&alias.value, Role::Member), literal(wire(member))))
        .collect();
    if pairs.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", pairs.join(", ")) }
}

fn names_of(text: &mut String, scope: &Scope<'_>) {
    comment::write(text, 0, &["The wire names of all hooks, in the order of the contract.".to_owned()]);
    text.push_str("export const HOOK_NAMES: readonly HookName[] = [\n");
    for (hook, _, _) in scope.hooks() {
        let _ = writeln!(text, "  {},", literal(&hook.name.value));
    }
    text.push_str("];\n\n");
    comment::write(text, 0, &["Every spelling of every hook, with the hook that it stands for.".to_owned()]);
    text.push_str("export const HOOK_SPELLINGS: ReadonlyMap<string, HookName> = new Map<string, HookName>([\n");
    for (hook, _, _) in scope.hooks() {
        for spelling in std::iter::once(&hook.name).chain(hook.aliases.iter().map(|(alias, _)| alias)) {
            let _ = writeln!(text, "  [{}, {}],", literal(&spelling.value), literal(&hook.name.value));
        }
    }
    text.push_str("]);\n");
}
