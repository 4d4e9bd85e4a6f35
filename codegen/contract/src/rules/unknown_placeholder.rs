use crate::diagnostic::{Diagnostic, Findings, nearest};
use crate::model::{Contract, Name, RunCommand};
use crate::text;

crate::rule! {
    /// A command or a setting has a placeholder that nothing is filled into, or lacks the one that it needs.
    ///
    /// ## Why
    ///
    /// The operator would type it as it stands.
    ///
    /// ## Example
    ///
    /// ```text
    /// sender:
    ///   commands:
    ///     add:
    ///       template: add hook {aplication} {hook}
    ///       doc: Switches a hook on.
    ///       run: each_hook
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// sender:
    ///   commands:
    ///     add:
    ///       template: add hook {app} {hook}
    ///       doc: Switches a hook on.
    ///       run: each_hook
    /// ```
    ///
    /// ## What to do
    ///
    /// Write `{app}`, `{key}`, `{url}` or, in a command that is run for each hook, `{hook}`.
    pub(super) RULE { code: "W0811", name: "unknown-placeholder", category: Semantics, level: Error, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    let Some(sender) = &contract.sender else { return };
    for (_, setting) in sender.settings.iter() {
        placeholders(&setting.value, &["app", "key", "url"], findings);
    }
    for (_, command) in sender.commands.iter() {
        placeholders(&command.template, &["app", "key", "url", "hook"], findings);
        if command.run.value == RunCommand::EachHook && !command.template.value.contains("{hook}") {
            findings.push(
                Diagnostic::new(RULE, command.template.span, "this command is run for each hook, but names none")
                    .label(command.run.span, "for each hook")
                    .help("put `{hook}` where the name of the hook belongs"),
            );
        }
    }
}

fn placeholders(template: &Name, known: &[&str], findings: &mut Findings) {
    let names = template.value.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    for name in names.filter(|name| !known.contains(name) && name.chars().all(|c| c.is_ascii_alphanumeric())) {
        let help = match nearest(name, known.iter().copied()) {
            Some(meant) => format!("did you mean `{{{meant}}}`?"),
            None => format!("these are filled in: {}", text::codes(known.iter().map(|name| format!("{{{name}}}")))),
        };
        let message = format!("nothing is filled in for `{{{name}}}`");
        findings.push(Diagnostic::new(RULE, template.span, message).help(help));
    }
}
