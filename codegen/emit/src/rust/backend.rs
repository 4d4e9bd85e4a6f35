//! The trait of the hooks: a method for each.

use std::fmt::Write;

use super::{doc, hooks, ident};
use wcs_contract::model::Contract;
use wcs_contract::names::Role;

/// The table of methods. The runtime makes the trait of it, if it is built with its server.
pub(super) fn module(contract: &Contract) -> String {
    let mut text = String::from("hooks! {\n");
    let about = [
        format!("The hooks of the contract `{}`, for a backend that handles them by methods.", contract.name.value),
        "Write `#[wcs_hook]` above `impl Hooks for` your type, and the methods that you need as `async fn`. A hook whose \
         method is not written is not handled. Options of a method stand in `#[hook(…)]`."
            .to_owned(),
    ];
    doc::write(&mut text, 4, &about);
    text.push_str("    pub trait Hooks {\n");
    for hook in &contract.hooks {
        doc::write(&mut text, 8, &hooks::documentation(contract, hook));
        let (method, ty) = (ident(&hook.name.value, Role::Member), ident(&hook.name.value, Role::Hook));
        let _ = writeln!(text, "        {method}: {ty};");
    }
    text.push_str("    }\n}\n\n");
    text
}
