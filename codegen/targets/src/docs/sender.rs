//! The pages of the sender and of the start.

use serde::Serialize;

use super::common::{ConflictView, NoteView, anchor_id, conflicts, notes, or_dash};
use super::hook::deny_in_short;
use super::link::{Links, Page, Target, lenient_policy};
use super::policy::{ErrorView, ending_streams, errors};
use super::sample::{BACKEND, handler_name};
use super::text::{cell, code, fenced, hanging, shell_word};
use super::words;
use wcs_codegen::prose;
use wcs_contract::model::{Command, Hook, HookType, Name, RunCommand, Sender, Signature};

#[derive(Serialize)]
pub(super) struct SenderPage {
    header: String,
    name: String,
    doc: String,
    base_paths: Vec<BaseRow>,
    timeout: u32,
    timeout_setting: String,
    timeout_doc: String,
    accept_status: u16,
    deny_status: u16,
    content_type: String,
    answer_doc: String,
    signature: Option<SignatureView>,
    basic: Option<String>,
    policy_page: Option<String>,
    settings: Vec<SettingRow>,
    commands: Vec<CommandRow>,
    setup: Option<String>,
}

#[derive(Serialize)]
struct BaseRow {
    path: String,
    since: String,
    doc: String,
}

#[derive(Serialize)]
struct SignatureView {
    header: String,
    shape: String,
    digest: &'static str,
    reject_status: u16,
    doc: String,
    settings: String,
    lines: String,
    command: String,
}

#[derive(Serialize)]
struct SettingRow {
    id: String,
    name: String,
    line: String,
    doc: String,
    hooks: String,
}

#[derive(Serialize)]
struct CommandRow {
    name: String,
    template: String,
    run: &'static str,
    doc: String,
}

/// The page; `None` if the contract has no sender.
pub(super) fn sender_page(header: &str, links: Links<'_>) -> Option<SenderPage> {
    let contract = links.contract();
    let sender = contract.sender.as_ref()?;
    Some(SenderPage {
        header: header.to_owned(),
        name: sender.name.value.clone(),
        doc: links.prose(&sender.doc.value),
        base_paths: sender
            .base_paths
            .iter()
            .map(|(path, base)| BaseRow {
                path: cell(&code(&path.value)),
                since: base.since.as_ref().map_or_else(|| or_dash(String::new()), ToString::to_string),
                doc: links.prose_cell(&base.doc.value),
            })
            .collect(),
        timeout: sender.timeout.seconds.value,
        timeout_setting: links.to(Target::Setting, &sender.timeout.setting.value, &code(&sender.timeout.setting.value)),
        timeout_doc: links.prose(&sender.timeout.doc.value),
        accept_status: sender.answer.accept_status.value,
        deny_status: sender.answer.deny_status.value,
        content_type: code(&sender.answer.content_type.value),
        answer_doc: links.prose(&sender.answer.doc.value),
        signature: sender.signature.as_ref().map(|signature| signature_view(signature, sender, links)),
        basic: sender.basic.as_ref().map(|text| links.prose(&text.value)),
        policy_page: sender.session_policy.as_ref().map(|_| links.page(Page::Policy)),
        settings: settings(sender, links),
        commands: sender.commands.iter().map(|(name, command)| command_row(name, command, links)).collect(),
        setup: setup(sender, &contract.hooks),
    })
}

fn signature_view<'a>(signature: &'a Signature, sender: &Sender, links: Links<'a>) -> SignatureView {
    let digest = signature.digest.value;
    let option = digest.openssl();
    let prefix = &signature.prefix.value;
    let lines = signature.requires.iter().filter_map(|name| {
        let (_, setting) = sender.settings.iter().find(|(known, _)| known.value == name.value)?;
        Some(format!("{}={}", name.value, setting.value.value))
    });
    let base = sender.base_paths.iter().next().map_or("", |(path, _)| path.value.trim_end_matches('/'));
    let header = &signature.header.value;
    let command = format!(
        "BODY='{{}}'\nDIGEST=$(printf '%s' \"$BODY\" | openssl dgst -{option} -hmac \"$KEY\" -r | cut -d ' ' -f 1)\n\
         curl -i {} \\\n  -H \"{header}: {prefix}$DIGEST\" \\\n  -H {} \\\n  --data-binary \"$BODY\"",
        shell_word(&format!("{BACKEND}{base}/{{hook}}")),
        shell_word(&format!("Content-Type: {}", sender.answer.content_type.value)),
    );
    SignatureView {
        header: code(header),
        shape: code(&format!("{header}: {prefix}<hex digits>")),
        digest: digest.title(),
        reject_status: signature.reject_status.value,
        doc: links.prose(&signature.doc.value),
        settings: signature
            .requires
            .iter()
            .map(|name| links.to(Target::Setting, &name.value, &code(&name.value)))
            .collect::<Vec<_>>()
            .join(", "),
        lines: fenced("properties", &lines.collect::<Vec<_>>().join("\n")),
        command: fenced("sh", &command),
    }
}

fn settings<'a>(sender: &'a Sender, links: Links<'a>) -> Vec<SettingRow> {
    let needing = |setting: &str| {
        let hooks = links.contract().hooks.iter();
        links.hooks(hooks.filter(|hook| hook.requires.iter().any(|name| name.value == setting)))
    };
    let row = |(name, setting): (&'a Name, &'a wcs_contract::model::Setting)| SettingRow {
        id: anchor_id(Target::Setting, &name.value, links),
        name: cell(&code(&name.value)),
        line: cell(&code(&setting.value.value)),
        doc: links.prose_cell(&setting.doc.value),
        hooks: or_dash(needing(&name.value)),
    };
    sender.settings.iter().map(row).collect()
}

fn command_row(name: &Name, command: &Command, links: Links<'_>) -> CommandRow {
    CommandRow {
        name: cell(&code(&name.value)),
        template: cell(&code(&command.template.value)),
        run: words::run(command.run.value),
        doc: links.prose_cell(&command.doc.value),
    }
}

/// The commands that are run for each hook, filled in for all of them.
fn setup(sender: &Sender, hooks: &[Hook]) -> Option<String> {
    let each = sender.commands.iter().filter(|(_, command)| command.run.value == RunCommand::EachHook);
    let lines: Vec<String> = each
        .flat_map(|(_, command)| hooks.iter().map(|hook| command.template.value.replace("{hook}", hook.console_name())))
        .collect();
    (!lines.is_empty()).then(|| fenced("text", &lines.join("\n")))
}

#[derive(Serialize)]
pub(super) struct StartPage {
    header: String,
    title: String,
    version: String,
    doc: String,
    sender: Option<String>,
    accept_status: Option<u16>,
    content_type: Option<String>,
    base_path: Option<String>,
    hook_count: usize,
    opening: Option<String>,
    handler: Option<String>,
    policy_member: Option<String>,
    policy_fail: Option<String>,
    commands: Vec<StartCommand>,
    kinds: Vec<KindRow>,
    on_error_member: Option<String>,
    errors: Vec<ErrorView>,
    ends_stream: String,
    fail: Option<String>,
    groups: Vec<GroupView>,
    pages: Vec<PageRow>,
    releases: Vec<ReleaseRow>,
    notes: Vec<NoteView>,
    conflicts: Vec<ConflictView>,
}

#[derive(Serialize)]
struct StartCommand {
    template: String,
    doc: String,
}

#[derive(Serialize)]
struct KindRow {
    kind: &'static str,
    title: String,
    doc: String,
    answer: String,
    deny: String,
    /// Whether the contract says what to answer.
    described: bool,
    count: usize,
}

#[derive(Serialize)]
struct GroupView {
    id: String,
    title: String,
    doc: String,
    hooks: Vec<IndexRow>,
}

#[derive(Serialize)]
struct IndexRow {
    hook: String,
    kind: &'static str,
    summary: String,
    deny: String,
    deny_short: &'static str,
    evidence: &'static str,
    confidence: &'static str,
}

#[derive(Serialize)]
struct PageRow {
    path: &'static str,
    title: &'static str,
    about: &'static str,
}

#[derive(Serialize)]
struct ReleaseRow {
    name: String,
    doc: String,
}

pub(super) fn start_page(header: &str, written: &[Page], links: Links<'_>) -> StartPage {
    let contract = links.contract();
    let sender = contract.sender.as_ref();
    let policy = lenient_policy(contract);
    let opening = contract.opening();
    let setup =
        |command: &Command| matches!(command.run.value, RunCommand::Once | RunCommand::Existing | RunCommand::EachHook);
    StartPage {
        header: header.to_owned(),
        title: contract.title.value.clone(),
        version: contract.version.value.clone(),
        doc: links.prose(&contract.doc.value),
        sender: sender.map(|sender| sender.name.value.clone()),
        accept_status: sender.map(|sender| sender.answer.accept_status.value),
        content_type: sender.map(|sender| code(&sender.answer.content_type.value)),
        base_path: sender.and_then(|sender| Some(code(&sender.base_paths.iter().next()?.0.value))),
        hook_count: contract.hooks.len(),
        opening: opening.map(|hook| links.hook(hook)),
        handler: opening.or(contract.hooks.first()).map(handler_name),
        policy_member: policy.map(|policy| code(&policy.member.value)),
        policy_fail: policy
            .map(|policy| code(&format!("{}: {}", policy.on_error.member.value, policy.on_error.fail.value))),
        commands: sender
            .into_iter()
            .flat_map(|sender| sender.commands.iter())
            .filter(|(_, command)| setup(command))
            .map(|(_, command)| StartCommand {
                template: code(&command.template.value),
                doc: hanging(&links.prose(&command.doc.value)),
            })
            .collect(),
        kinds: HookType::ALL.iter().map(|kind| kind_row(*kind, links)).filter(|row| row.count > 0).collect(),
        on_error_member: contract.session_policy().map(|policy| cell(&code(&policy.on_error.member.value))),
        errors: errors(links),
        ends_stream: ending_streams(links),
        fail: contract.session_policy().map(|policy| code(&policy.on_error.fail.value)),
        groups: groups(links),
        pages: written
            .iter()
            .map(|page| PageRow { path: page.path(links.form), title: page.title(), about: page.about() })
            .collect(),
        releases: contract
            .releases
            .iter()
            .map(|(name, release)| ReleaseRow { name: cell(&name.value), doc: links.prose_cell(&release.doc.value) })
            .collect(),
        notes: notes(&contract.notes, links),
        conflicts: conflicts(&contract.conflicts, links),
    }
}

fn kind_row(kind: HookType, links: Links<'_>) -> KindRow {
    let contract = links.contract();
    let about = contract.type_doc(kind);
    KindRow {
        kind: kind.word(),
        title: about.map_or_else(|| prose::of_type(kind).title.to_owned(), |about| cell(&about.title.value)),
        doc: about.map_or_else(|| prose::of_type(kind).about.to_owned(), |about| links.prose_cell(&about.doc.value)),
        answer: about.map_or_else(|| or_dash(String::new()), |about| links.prose_cell(&about.answer.value)),
        deny: about.map_or_else(|| or_dash(String::new()), |about| links.prose_cell(&about.deny.value)),
        described: about.is_some(),
        count: contract.hooks.iter().filter(|hook| hook.kind == kind).count(),
    }
}

fn groups(links: Links<'_>) -> Vec<GroupView> {
    let contract = links.contract();
    let view = |(name, group): &(Name, wcs_contract::model::Group)| {
        let hooks: Vec<IndexRow> = contract.hooks_of(&name.value).map(|hook| index_row(hook, links)).collect();
        let anchor = contract
            .groups
            .iter()
            .find(|(known, _)| known.value == name.value)
            .and_then(|(known, _)| links.anchors.get(Target::Group, &known.value));
        (!hooks.is_empty()).then(|| GroupView {
            id: anchor.unwrap_or_default().to_owned(),
            title: group.title.value.clone(),
            doc: links.prose(&group.doc.value),
            hooks,
        })
    };
    contract.groups.iter().filter_map(view).collect()
}

fn index_row(hook: &Hook, links: Links<'_>) -> IndexRow {
    let contract = links.contract();
    let hook = contract.find_hook(&hook.name.value).unwrap_or(hook);
    IndexRow {
        hook: links.hook(hook),
        kind: hook.kind.word(),
        summary: links.prose_cell(&hook.summary.value),
        deny: cell(&deny_in_short(hook, links)),
        deny_short: words::deny_effect(hook.deny.effect.value),
        evidence: words::evidence(hook.evidence),
        confidence: words::confidence(hook.confidence),
    }
}
