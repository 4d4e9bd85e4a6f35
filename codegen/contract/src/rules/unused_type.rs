use std::collections::HashSet;

use super::walk;
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Contract, Type, TypeId};

crate::rule! {
    /// A type is used by no parameter.
    ///
    /// ## Why
    ///
    /// What is generated of it helps nobody, and it grows old unnoticed.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       NEW: {doc: It has been made.}
    /// hooks:
    ///   start:
    ///     type: direct
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// types:
    ///   State:
    ///     doc: What a stream does.
    ///     enum: open
    ///     values:
    ///       NEW: {doc: It has been made.}
    /// hooks:
    ///   start:
    ///     type: direct
    ///     parameters:
    ///       state: {type: State, doc: What the stream does now.}
    /// ```
    ///
    /// ## What to do
    ///
    /// Give a parameter this type, or remove it.
    pub(super) RULE { code: "W0302", name: "unused-type", category: Names, level: Warning, fixes: Never }
}

pub(super) fn check(contract: &Contract, findings: &mut Findings) {
    if !walk::is_whole(contract) {
        return;
    }
    let mut used = HashSet::new();
    let members = walk::scopes(contract).flatten();
    for member in members {
        named(&member.ty, &mut used);
    }
    for ty in contract.shared.iter().filter_map(|(_, ty)| ty.as_ref()) {
        named(ty, &mut used);
    }
    let policy = contract.session_policy().map(|policy| policy.record.value.as_str());
    for (at, def) in contract.types.iter().enumerate() {
        if !used.contains(&TypeId(at)) && policy != Some(def.name.value.as_str()) {
            let message = format!("the type `{}` is used nowhere", def.name.value);
            findings.push_absent(
                Diagnostic::new(RULE, def.name.span, message).help("give it to a parameter, or remove it"),
            );
        }
    }
}

fn named(ty: &Type, used: &mut HashSet<TypeId>) {
    match ty {
        Type::Scalar(_) => {}
        Type::Array(item) | Type::Map(item) | Type::List(item) => named(item, used),
        Type::Named(id) => {
            used.insert(*id);
        }
    }
}
