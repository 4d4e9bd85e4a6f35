//! The contract and the sender as tables.

use std::fmt::Write;

use super::{doc, ident, literal, literals};
use wcs_contract::model::{Contract, ErrorCell, HookType, RunCommand, Sender, SessionPolicy, Signature};
use wcs_contract::names::Role;

/// The tables, and the function that gives them.
pub(super) fn module(contract: &Contract) -> String {
    let mut text = String::new();
    doc::write(&mut text, 0, &documentation(contract));
    text.push_str("#[must_use]\npub fn contract() -> &'static ContractDescriptor {\n    &CONTRACT\n}\n\n");
    let hooks: Vec<String> =
        contract.hooks.iter().map(|hook| format!("{}::DESCRIPTOR", ident(&hook.name.value, Role::Hook))).collect();
    let _ = writeln!(text, "static CONTRACT: ContractDescriptor = ContractDescriptor {{");
    let _ = writeln!(text, "    name: {},", literal(&contract.name.value));
    let _ = writeln!(text, "    title: {},", literal(&contract.title.value));
    let _ = writeln!(text, "    version: {},", literal(&contract.version.value));
    let _ = writeln!(text, "    hash: {},", literal(&contract.hash));
    text.push_str("    hooks: &[\n");
    hooks.iter().for_each(|hook| text.push_str(&format!("        {hook},\n")));
    text.push_str("    ],\n");
    sender(&mut text, contract);
    text.push_str("};\n\n");
    if let Some(policy) = contract.session_policy() {
        session_policy(&mut text, contract, policy);
    }
    text
}

fn documentation(contract: &Contract) -> Vec<String> {
    let name = &contract.name.value;
    let mut paragraphs =
        vec![format!("The contract `{name}`: its identity, its hooks and the program that sends them.")];
    if !contract.on_error.is_empty() {
        paragraphs
            .push("What the sender does when a hook fails, by what the session's policy says of errors:".to_owned());
    }
    for (word, row) in &contract.on_error {
        let cell = |(kind, cell): (HookType, &ErrorCell)| {
            let caller = cell.caller_status.as_ref().map(|status| format!(", the caller gets {}", status.value));
            let execution = cell.execution.value.word();
            format!("`{}`, {kind}: {execution}{}. {}", word.value, caller.unwrap_or_default(), cell.doc.value)
        };
        paragraphs.extend(row.cells.iter().map(cell));
    }
    paragraphs
}

fn sender(text: &mut String, contract: &Contract) {
    let Some(sender) = &contract.sender else {
        text.push_str("    sender: SenderDescriptor::NEUTRAL,\n");
        return;
    };
    let paths = literals(sender.base_paths.iter().map(|(path, _)| path.value.as_str()));
    text.push_str("    sender: SenderDescriptor {\n");
    let _ = writeln!(text, "        name: {},", literal(&sender.name.value));
    let _ = writeln!(text, "        base_paths: {paths},");
    let _ = writeln!(text, "        timeout_seconds: {},", sender.timeout.seconds.value);
    let _ = writeln!(text, "        accept_status: {},", sender.answer.accept_status.value);
    let _ = writeln!(text, "        deny_status: {},", sender.answer.deny_status.value);
    let _ = writeln!(text, "        content_type: {},", literal(&sender.answer.content_type.value));
    let signed = sender.signature.as_ref().map_or_else(|| "None".to_owned(), signature);
    let _ = writeln!(text, "        signature: {signed},");
    let policy = if sender.session_policy.is_some() { "Some(&POLICY)" } else { "None" };
    let _ = writeln!(text, "        policy: {policy},");
    settings(text, sender);
    text.push_str("    },\n");
}

fn settings(text: &mut String, sender: &Sender) {
    text.push_str("        settings: &[\n");
    for (name, setting) in sender.settings.iter() {
        let (name, value, doc) = (literal(&name.value), literal(&setting.value.value), literal(&setting.doc.value));
        let _ = writeln!(text, "            SettingDescriptor {{ name: {name}, value: {value}, doc: {doc} }},");
    }
    text.push_str("        ],\n        commands: &[\n");
    for (name, command) in sender.commands.iter() {
        let run = match command.run.value {
            RunCommand::Once => "Once",
            RunCommand::Existing => "Existing",
            RunCommand::EachHook => "EachHook",
            RunCommand::Inspect => "Inspect",
            RunCommand::Undo => "Undo",
        };
        let (name, template) = (literal(&name.value), literal(&command.template.value));
        let _ = writeln!(
            text,
            "            CommandDescriptor {{ name: {name}, template: {template}, run: CommandRun::{run} }},"
        );
    }
    text.push_str("        ],\n");
}

fn signature(signature: &Signature) -> String {
    // The digests of the runtime have the names of the model's.
    format!(
        "Some(SignatureDescriptor {{ header: {}, prefix: {}, digest: Digest::{:?}, reject_status: {}, requires: {} }})",
        literal(&signature.header.value),
        literal(&signature.prefix.value),
        signature.digest.value,
        signature.reject_status.value,
        literals(signature.requires.iter().map(|setting| setting.value.as_str())),
    )
}

fn session_policy(text: &mut String, contract: &Contract, policy: &SessionPolicy) {
    let (errors, answers) = (&policy.on_error, &policy.policy);
    let word = |name: &wcs_contract::model::Name| literal(&name.value);
    let _ = writeln!(
        text,
        "static POLICY: PolicyDescriptor = PolicyDescriptor {{\n    member: {},\n    on_error: ErrorWords {{ member: {}, fail: \
         {}, log: {}, default: {} }},\n    policy: AnswerWords {{ member: {}, notify: {}, overwrite: {}, disable: {}, \
         default: {} }},\n    overwrite: {},\n    request_exclude: {},\n    client_exclude: {},\n}};\n",
        word(&policy.member),
        word(&errors.member),
        word(&errors.fail),
        word(&errors.log),
        word(&errors.default),
        word(&answers.member),
        word(&answers.notify),
        word(&answers.overwrite),
        word(&answers.disable),
        word(&answers.default),
        word(&policy.overwrite),
        word(&policy.request_exclude),
        word(&policy.client_exclude),
    );
    for hook in contract.openings() {
        let name = ident(&hook.name.value, Role::Hook);
        let _ = writeln!(
            text,
            "impl CarriesPolicy for {name} {{\n    const POLICY: &'static PolicyDescriptor = &POLICY;\n}}\n"
        );
    }
}
