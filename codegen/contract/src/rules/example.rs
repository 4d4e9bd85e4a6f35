use crate::codes;
use crate::diagnostic::{Diagnostic, Findings};
use crate::fit::{self, Mismatch};
use crate::load::NodeKind;
use crate::model::{Contract, Example, Hook, Json, Parameter, Side, TypeKind};
use crate::project;
use crate::value;

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        members(contract, &hook.parameters, findings);
        for example in &hook.examples {
            body(contract, hook, example, findings);
        }
    }
    for def in &contract.types {
        if let TypeKind::Record(parameters) = &def.kind {
            members(contract, parameters, findings);
        }
    }
    for (example, reason) in project::impossible_examples(contract) {
        let version = example.version.as_ref().map(ToString::to_string).unwrap_or_default();
        let message =
            format!("a sender of release {version} can't have sent the example `{}`: {reason}", example.title.value);
        findings.push_absent(
            Diagnostic::new(
                codes::EXAMPLE,
                example.version.as_ref().map_or(example.title.span, |version| version.span),
                message,
            )
            .help("correct the example's `version`, or the `since`, `until` and `by_release` of what it has"),
        );
    }
}

fn members(contract: &Contract, parameters: &[Parameter], findings: &mut Findings) {
    for parameter in parameters {
        for (what, value) in [("example", &parameter.example), ("default", &parameter.default)] {
            let Some(Json { value, node }) = value else { continue };
            let side = if parameter.is_received() { Side::Request } else { Side::Answer };
            let found = fit::mismatches(contract, &parameter.ty, parameter.constraints.as_ref(), node, value, side);
            report(found, &format!("the {what} of `{}`", parameter.name.value), findings);
        }
    }
}

fn body(contract: &Contract, hook: &Hook, example: &Example, findings: &mut Findings) {
    let what = format!("this example of `{}`", hook.name.value);
    members_of(contract, hook, &example.body, Side::Request, &what, findings);
    if let Some(answer) = &example.answer {
        members_of(contract, hook, answer, Side::Answer, &what, findings);
    }
    complete(hook, example, &what, findings);
}

fn members_of(contract: &Contract, hook: &Hook, body: &Json, side: Side, what: &str, findings: &mut Findings) {
    let entries = match &body.node.kind {
        NodeKind::Mapping(entries) => entries,
        NodeKind::Refused => return,
        _ => {
            let span = if body.node.is_null() { body.node.key.unwrap_or(body.node.span) } else { body.node.span };
            let found = Mismatch { span, message: "a body is an object".to_owned(), help: "write `{member: value}`" };
            return report(vec![found], what, findings);
        }
    };
    for (key, node) in entries {
        if hook.broken.contains(&key.value) {
            continue;
        }
        let Some(parameter) = value::member(&hook.parameters, &key.value) else {
            let is_free = |name: &&str| !entries.iter().any(|(key, _)| key.value == **name);
            let known = hook.parameters.iter().map(|parameter| parameter.name.value.as_str()).filter(is_free);
            let message = format!("{what} has a member `{}` that the hook doesn't declare", key.value);
            findings.push_absent(
                Diagnostic::new(codes::EXAMPLE, key.span, message)
                    .help("declare it under `parameters`, or correct the example")
                    .did_you_mean(&key.value, known),
            );
            continue;
        };
        if !side.has(parameter) {
            let message = format!("{what} has `{}` in the request, but it stands in the answer only", key.value);
            findings.push(
                Diagnostic::new(codes::EXAMPLE, key.span, message)
                    .label(parameter.name.span, "declared here")
                    .help("move it to `answer`, or say `in: both` where it is declared"),
            );
        }
        let member = body.value.get(&key.value).unwrap_or(&serde_json::Value::Null);
        let object = body.value.as_object();
        let is_said_later = |name| object.is_some_and(|object| value::is_said_later(parameter, object, name));
        let found = match member {
            serde_json::Value::Null if value::is_required(parameter) && !is_said_later(&key.value) => {
                vec![fit::null(&key.value, node)]
            }
            serde_json::Value::Null => continue,
            _ => fit::mismatches(contract, &parameter.ty, parameter.constraints.as_ref(), node, member, side),
        };
        report(found, &format!("`{}` in {what}", key.value), findings);
    }
}

/// A request that lacks what is always sent teaches the wrong thing.
fn complete(hook: &Hook, example: &Example, what: &str, findings: &mut Findings) {
    let NodeKind::Mapping(entries) = &example.body.node.kind else { return };
    for parameter in &hook.parameters {
        let has = |name: &str| entries.iter().any(|(key, _)| key.value == name);
        let present = has(&parameter.name.value) || parameter.aliases.iter().any(|(alias, _)| has(&alias.value));
        if value::is_required(parameter) && !present && !example.body.node.cut {
            let message = format!("{what} lacks `{}`, which is always sent", parameter.name.value);
            findings.push_absent(
                Diagnostic::new(codes::EXAMPLE, example.title.span, message)
                    .label(parameter.name.span, "declared here")
                    .help("add it to the example, or say `presence: usually`"),
            );
        }
    }
}

fn report(found: Vec<Mismatch>, what: &str, findings: &mut Findings) {
    for mismatch in found {
        let message = format!("{what} does not fit: {}", mismatch.message);
        findings.push(Diagnostic::new(codes::EXAMPLE, mismatch.span, message).help(mismatch.help));
    }
}
