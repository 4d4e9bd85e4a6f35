use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Lifetime, Version};
use crate::source::Span;

crate::rule! {
    /// A version stands without quotes, so that other readers of YAML take it for a number.
    ///
    /// ## Why
    ///
    /// `5.10` is then the number 5.1, which is another release. Editors, formatters and scripts that write the file back lose the
    /// zero.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     since: 5.10
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// hooks:
    ///   start:
    ///     type: direct
    ///     since: "5.10"
    /// ```
    ///
    /// ## What to do
    ///
    /// Put it into quotes.
    pub(super) RULE { code: "W0704", name: "unquoted-version", category: Versions, level: Warning, fixes: Always }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    for (name, _) in &contract.releases {
        quoted(&name.value, name.span, findings);
    }
    for hook in &contract.hooks {
        lifetime(&hook.lifetime, findings);
        hook.examples.iter().filter_map(|example| example.version.as_ref()).for_each(|known| version(known, findings));
    }
    for member in walk::scopes(contract).flatten() {
        lifetime(&member.lifetime, findings);
    }
    for value in contract.types.iter().flat_map(walk::values) {
        lifetime(&value.lifetime, findings);
    }
}

fn lifetime(lifetime: &Lifetime, findings: &mut Findings) {
    lifetime.since.iter().chain(&lifetime.until).for_each(|known| version(known, findings));
}

fn version(version: &Version, findings: &mut Findings) {
    let length = (version.span.end - version.span.start) as usize;
    // With quotes it is longer than its digits; a zero that was written before them is found where it is read.
    if length <= version.to_string().len() {
        quoted(&version.to_string(), version.span, findings);
    }
}

fn quoted(text: &str, span: Span, findings: &mut Findings) {
    let is_plain = (span.end - span.start) as usize == text.len();
    if is_plain && text.matches('.').count() == 1 {
        let message = format!("other readers of YAML take {text} for a number");
        let found = Diagnostic::new(RULE, span, message).help("put the version into quotes");
        findings.push(found.fix("put it into quotes", span, format!("\"{text}\"")));
    }
}
