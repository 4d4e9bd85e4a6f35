use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Example, Hook};

crate::rule! {
    /// Two examples of a hook have the same title or the same body.
    ///
    /// ## Why
    ///
    /// Tests and documents name an example by its title, and a second one with the same body shows nothing new.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {live: {type: bool, doc: Whether it is sent as it happens.}}
    ///     examples:
    ///       - {title: A live stream, origin: derived, body: {live: true}}
    ///       - {title: A live stream, origin: derived, body: {live: false}}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters: {live: {type: bool, doc: Whether it is sent as it happens.}}
    ///     examples:
    ///       - {title: A live stream, origin: derived, body: {live: true}}
    ///       - {title: A recorded stream, origin: derived, body: {live: false}}
    /// ```
    ///
    /// ## What to do
    ///
    /// Give it a title that says what is different, or remove it.
    pub(super) RULE { code: "W0521", name: "duplicate-example", category: Examples, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for hook in &contract.hooks {
        for (at, example) in hook.examples.iter().enumerate() {
            if let Some((first, what)) = hook.examples.iter().take(at).find_map(|first| same(first, example)) {
                told(hook, first, example, what, findings);
            }
        }
    }
}

/// What two examples share that they must not.
fn same<'a>(first: &'a Example, second: &Example) -> Option<(&'a Example, &'static str)> {
    if first.title.value == second.title.value {
        return Some((first, "title"));
    }
    // The same request with another answer shows something new; so does the same of another release.
    let answers = |example: &Example| example.answer.as_ref().map(|answer| answer.value.clone());
    let versions = |example: &Example| example.version.as_ref().map(ToString::to_string);
    let equal = first.body.value == second.body.value && answers(first) == answers(second);
    (equal && versions(first) == versions(second)).then_some((first, "body"))
}

fn told(hook: &Hook, first: &Example, example: &Example, what: &str, findings: &mut Findings) {
    let message = format!("two examples of `{}` have the same {what}", hook.name.value);
    findings.push(
        Diagnostic::new(RULE, example.title.span, message)
            .label(first.title.span, "the first one")
            .help("say in the title what is different, or remove one of them"),
    );
}
