//! A handler of one hook in several languages.

use serde::Serialize;
use serde_json::Value;

use crate::docs::sample;
use crate::docs::text::fenced;
use wcs_contract::model::{Contract, DenyEffect, Hook, Parameter};
use wcs_contract::names::{self, Role};

/// A program to copy.
#[derive(Serialize)]
pub(super) struct Sample {
    /// For the style sheet and the tabs.
    id: &'static str,
    language: &'static str,
    /// What one needs to know to use it.
    about: String,
    code: String,
}

/// The hook in every language that the site speaks.
pub(super) fn all(hook: &Hook, contract: &Contract) -> Vec<Sample> {
    let answer = Answer::of(hook, contract);
    vec![
        Sample {
            id: "rust",
            language: "Rust",
            about: format!("Register it with `handlers![{}]`.", sample::handler_name(hook)),
            code: sample::handler(hook, contract),
        },
        Sample {
            id: "typescript",
            language: "TypeScript",
            about: "With the generated module `hooks.ts`; any web framework can call it with the parsed body."
                .to_owned(),
            code: typescript(hook, &answer),
        },
        Sample {
            id: "python",
            language: "Python",
            about: "With FastAPI.".to_owned(),
            code: python(hook, contract, &answer),
        },
        Sample {
            id: "curl",
            language: "curl",
            about: "Plays the server: sends the hook to a backend on your own machine.".to_owned(),
            code: sample::curl(hook, contract),
        },
    ]
}

/// What is answered.
struct Answer {
    accept: u16,
    deny: u16,
    /// What an error is good for; empty if it is good for nothing.
    no: &'static str,
}

impl Answer {
    fn of(hook: &Hook, contract: &Contract) -> Self {
        let answers = contract.answers();
        Self {
            accept: answers.accept,
            deny: answers.deny,
            no: match hook.deny.effect.value {
                DenyEffect::EndsStream => "to end the stream",
                _ if hook.kind.is_notification() => "",
                _ => "to say no",
            },
        }
    }
}

fn typescript(hook: &Hook, answer: &Answer) -> String {
    let wire = Value::from(hook.name.value.as_str());
    let property = |member: &Parameter| match names::typescript(&member.name.value, Role::Member) {
        plain if !plain.starts_with(['"', '[']) => format!("hook.{plain}"),
        _ => format!("hook[{}]", Value::from(member.name.value.as_str())),
    };
    let reads: Vec<String> = sample::shown_members(hook).into_iter().map(property).collect();
    let mut code = format!(
        "import type {{ Hooks }} from \"./hooks\";\n\n\
         type Hook = Hooks[{wire}];\n\n\
         export function handle(hook: Hook[\"request\"]): [status: number, body: Hook[\"reply\"]] {{\n"
    );
    if !reads.is_empty() {
        code.push_str("  // Any member may be missing.\n");
        code.push_str(&format!("  console.log({});\n", reads.join(", ")));
    }
    code.push_str(&format!("  return [{}, hook];", answer.accept));
    if !answer.no.is_empty() {
        code.push_str(&format!(" // or, {}: [{}, {{}}]", answer.no, answer.deny));
    }
    code.push_str("\n}");
    fenced("ts", &code)
}

fn python(hook: &Hook, contract: &Contract, answer: &Answer) -> String {
    let base = contract.sender.as_ref().and_then(|sender| sender.base_paths.iter().next());
    let base = base.map_or("", |(path, _)| path.value.trim_end_matches('/'));
    let path = Value::from(format!("{base}/{}", hook.name.value));
    let reads = sample::shown_members(hook).into_iter();
    let reads: Vec<String> =
        reads.map(|member| format!("hook.get({})", Value::from(member.name.value.as_str()))).collect();
    let mut code = format!(
        "from fastapi import FastAPI, Request\nfrom fastapi.responses import JSONResponse\n\napp = FastAPI()\n\n\n\
         @app.post({path})\nasync def handle(request: Request) -> JSONResponse:\n    hook = await request.json()\n"
    );
    if !reads.is_empty() {
        code.push_str("    # Any member may be missing.\n");
        code.push_str(&format!("    print({})\n", reads.join(", ")));
    }
    let accept = if answer.accept == 200 { String::new() } else { format!(", status_code={}", answer.accept) };
    code.push_str(&format!("    return JSONResponse(hook{accept})"));
    if !answer.no.is_empty() {
        code.push_str(&format!("  # or, {}: JSONResponse({{}}, status_code={})", answer.no, answer.deny));
    }
    fenced("python", &code)
}
