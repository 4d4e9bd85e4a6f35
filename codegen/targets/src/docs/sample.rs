//! Things to copy: a request for curl and a handler in Rust.

use serde_json::{Map, Value};

use super::text::{fenced, shell_word};
use wcs_contract::model::{Belonging, Contract, DenyEffect, Hook, Parameter, Presence, Scalar, Sensitivity, Type};
use wcs_contract::names::{self, Role};

/// Where a backend under development is thought to listen.
pub(super) const BACKEND: &str = "http://localhost:8080";

/// A command that plays the server.
pub(super) fn curl(hook: &Hook, contract: &Contract) -> String {
    let base = contract.sender.as_ref().and_then(|sender| sender.base_paths.iter().next());
    let base = base.map_or(String::new(), |(path, _)| path.value.trim_end_matches('/').to_owned());
    let url = shell_word(&format!("{BACKEND}{base}/{}", hook.name.value));
    let body = shell_word(&body(hook).to_string());
    fenced("sh", &format!("curl -i {url} \\\n  -H 'Content-Type: application/json' \\\n  --data-binary {body}"))
}

/// A body: the first example, or the members that are always sent and have a value to show.
fn body(hook: &Hook) -> Value {
    hook.examples.first().map_or_else(
        || {
            let sent =
                hook.parameters.iter().filter(|member| member.is_received() && member.presence == Presence::Always);
            let value =
                |member: &Parameter| member.example.as_ref().or(member.default.as_ref()).map(|json| json.value.clone());
            let members = sent.filter_map(|member| Some((member.name.value.clone(), value(member)?)));
            Value::Object(members.collect::<Map<_, _>>())
        },
        |example| example.body.value.clone(),
    )
}

/// The name of the crate with the hooks' types.
pub(super) fn crate_name(contract: &Contract) -> String {
    format!("{}_hooks", ident(&contract.name.value, Role::Member))
}

/// The handler's name.
pub fn handler_name(hook: &Hook) -> String {
    ident(&hook.name.value, Role::Member)
}

/// A handler that reads two members and says yes.
pub(super) fn handler(hook: &Hook, contract: &Contract) -> String {
    let ty = ident(&hook.name.value, Role::Hook);
    let (imports, returns, answer) = match (hook.kind.is_notification(), hook.deny.effect.value) {
        (true, DenyEffect::EndsStream) => (
            "{Answer, wcs_hook}",
            format!(" -> Answer<{ty}>"),
            "    Answer::acknowledge() // or, to end the stream: Answer::end_stream(\"reason\")\n",
        ),
        (true, _) => ("wcs_hook", String::new(), ""),
        (false, _) => (
            "{Answer, wcs_hook}",
            format!(" -> Answer<{ty}>"),
            "    Answer::accept() // or, to say no: Answer::deny(\"reason\")\n",
        ),
    };
    let reads = shown_members(hook);
    let mut code = format!("use {}::{ty};\nuse wcs_runtime::{imports};\n\n", crate_name(contract));
    let argument = if reads.is_empty() { "_hook" } else { "hook" };
    code.push_str(&format!("#[wcs_hook({ty})]\nasync fn {}({argument}: {ty}){returns} {{\n", handler_name(hook)));
    if !reads.is_empty() {
        code.push_str("    // Options: any member may be missing.\n");
        for member in &reads {
            let name = ident(&member.name.value, Role::Member);
            code.push_str(&format!("    let {name} = hook.{name}();\n"));
        }
        let names: Vec<String> = reads.iter().map(|member| ident(&member.name.value, Role::Member)).collect();
        let holes: Vec<String> = names.iter().map(|name| format!("{{{name}:?}}")).collect();
        code.push_str(&format!("    println!(\"{}\");\n", holes.join(" ")));
    }
    code.push_str(answer);
    code.push('}');
    fenced("rust", &code)
}

/// Two members worth a look: the hook's own, sent most surely, and no secrets.
pub fn shown_members(hook: &Hook) -> Vec<&Parameter> {
    let printable = |member: &&Parameter| {
        member.belonging == Belonging::Own
            && member.is_received()
            && member.sensitive == Sensitivity::Plain
            && !matches!(member.ty, Type::Scalar(Scalar::Object))
    };
    let mut members: Vec<&Parameter> = hook.parameters.iter().filter(printable).collect();
    members.sort_by_key(|member| member.presence);
    members.truncate(2);
    members
}

/// An identifier. A lint has found every name of which none can be made.
pub(super) fn ident(name: &str, role: Role) -> String {
    names::rust(name, role).unwrap_or_default()
}
