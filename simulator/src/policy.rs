//! The session's policy: what the answer to the opening hook says about all others.

use std::collections::BTreeMap;

use serde_json::Value;
use wcs_contract::diagnostic::nearest;
use wcs_contract::model::{Contract, Hook, SessionPolicy, Type, TypeDef, TypeKind};
use wcs_contract::pointer;
use wcs_contract::text::codes;

use crate::Members;
use crate::level::Level;

/// What an error does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// It stops what was asked for.
    Fail,
    /// It is logged.
    Log,
}

/// What an answer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The hook is sent, its answer ignored.
    Notify,
    /// Members are taken from the answer.
    Overwrite,
    /// The hook is not sent.
    Disable,
}

/// How the server treats one hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookPolicy {
    /// What an error does.
    pub on_error: OnError,
    /// What an answer does.
    pub mode: Mode,
    /// Members that are taken from the answer.
    pub overwrite: Vec<String>,
    /// Members that the backend does not get.
    pub request_exclude: Vec<String>,
    /// Members that the client does not get.
    pub client_exclude: Vec<String>,
}

/// How the server treats the hooks of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    hooks: BTreeMap<String, HookPolicy>,
    standard: HookPolicy,
}

/// A part of a policy that says nothing the server could act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whether the server can't use it, or will, though to no avail.
    pub level: Level,
    /// Where it stands in the answer, as a JSON Pointer.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Policy {
    /// The policy of a session whose opening answer says nothing.
    #[must_use]
    pub fn standard(contract: &Contract) -> Self {
        let words = contract.session_policy();
        let on_error =
            words.map_or(OnError::Log, |rules| on_error(rules, &rules.on_error.default.value).unwrap_or(OnError::Log));
        let mode = words.map_or(Mode::Notify, |rules| match &rules.policy {
            words if words.default.value == words.overwrite.value => Mode::Overwrite,
            words if words.default.value == words.disable.value => Mode::Disable,
            _ => Mode::Notify,
        });
        let lists = || (Vec::new(), Vec::new(), Vec::new());
        let (overwrite, request_exclude, client_exclude) = lists();
        let standard = HookPolicy { on_error, mode, overwrite, request_exclude, client_exclude };
        Self { hooks: BTreeMap::new(), standard }
    }

    /// Reads the policy out of the answer to the opening hook. What can't be understood has its default, and is told.
    #[must_use]
    pub fn read(contract: &Contract, answer: &Members) -> (Self, Vec<Fault>) {
        let mut policy = Self::standard(contract);
        let mut faults = Vec::new();
        let Some(rules) = contract.session_policy() else { return (policy, faults) };
        let member = &rules.member.value;
        let mut reader = Reader { contract, rules, faults: &mut faults };
        match answer.get(member) {
            None | Some(Value::Null) => {}
            Some(Value::Object(entries)) => {
                for (name, entry) in entries {
                    let pointer = pointer::member(&pointer::member("", member), name);
                    let Some(hook) = contract.find_hook(name) else {
                        reader.unknown_hook(pointer, name);
                        continue;
                    };
                    let read = reader.entry(&pointer, hook, entry, &policy.standard);
                    policy.hooks.insert(hook.name.value.clone(), read);
                }
            }
            Some(other) => {
                let message = format!("`{member}` is {}, not an object", kind(other));
                reader.fault(pointer::member("", member), message, "write an object keyed by hook name".to_owned());
            }
        }
        (policy, faults)
    }

    /// How the server treats a hook.
    #[must_use]
    pub fn of(&self, hook: &Hook) -> &HookPolicy {
        self.hooks.get(&hook.name.value).unwrap_or(&self.standard)
    }

    /// Whether the answer said something about a hook.
    #[must_use]
    pub fn names(&self, hook: &Hook) -> bool {
        self.hooks.contains_key(&hook.name.value)
    }

    /// The policy in words, a line for each hook that the answer named.
    #[must_use]
    pub fn lines(&self, contract: &Contract) -> Vec<String> {
        let Some(rules) = contract.session_policy() else { return Vec::new() };
        let line = |(name, policy): (&str, &HookPolicy)| {
            let on_error = if policy.on_error == OnError::Fail { &rules.on_error.fail } else { &rules.on_error.log };
            let mode = match policy.mode {
                Mode::Notify => &rules.policy.notify,
                Mode::Overwrite => &rules.policy.overwrite,
                Mode::Disable => &rules.policy.disable,
            };
            let lists = [
                ("takes", &policy.overwrite),
                ("without", &policy.request_exclude),
                ("client without", &policy.client_exclude),
            ];
            let lists = lists.iter().filter(|(_, names)| !names.is_empty());
            let lists: String = lists.map(|(what, names)| format!(", {what} {}", names.join(" "))).collect();
            format!("{name}: {} {}{lists}", on_error.value, mode.value)
        };
        self.named().map(line).collect()
    }

    /// The hooks that the answer said something about.
    pub fn named(&self) -> impl Iterator<Item = (&str, &HookPolicy)> {
        self.hooks.iter().map(|(name, policy)| (name.as_str(), policy))
    }
}

struct Reader<'a> {
    contract: &'a Contract,
    rules: &'a SessionPolicy,
    faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    /// Something that the server can't use.
    fn fault(&mut self, pointer: String, message: String, help: String) {
        self.faults.push(Fault { level: Level::Error, pointer, message, help });
    }

    /// Something that is well written, and probably does nothing.
    fn doubt(&mut self, pointer: String, message: String, help: String) {
        self.faults.push(Fault { level: Level::Warning, pointer, message, help });
    }

    fn unknown_hook(&mut self, pointer: String, name: &str) {
        let known = self.contract.hooks.iter().map(|hook| hook.name.value.as_str());
        let message = format!("there is no hook `{name}`");
        match nearest(name, known) {
            Some(meant) => self.fault(pointer, message, format!("did you mean `{meant}`?")),
            None => self.doubt(pointer, message, "name a hook of the contract".to_owned()),
        }
    }

    fn entry(&mut self, pointer: &str, hook: &Hook, entry: &Value, standard: &HookPolicy) -> HookPolicy {
        let mut policy = standard.clone();
        let Value::Object(members) = entry else {
            self.fault(
                pointer.to_owned(),
                format!("the policy of a hook is an object, not {}", kind(entry)),
                "write an object".to_owned(),
            );
            return policy;
        };
        let rules = self.rules;
        for (name, value) in members {
            let pointer = pointer::member(pointer, name);
            let Value::String(text) = value else {
                self.fault(
                    pointer,
                    format!("`{name}` is {}, not a string", kind(value)),
                    "all members of a policy are strings".to_owned(),
                );
                continue;
            };
            if *name == rules.on_error.member.value {
                match on_error(rules, &self.canonical(name, text)) {
                    Some(read) => policy.on_error = read,
                    None => self.word(pointer, text, &[&rules.on_error.fail.value, &rules.on_error.log.value]),
                }
            } else if *name == rules.policy.member.value {
                let words = &rules.policy;
                let written = self.canonical(name, text);
                match written.as_str() {
                    word if word == words.notify.value => policy.mode = Mode::Notify,
                    word if word == words.overwrite.value => policy.mode = Mode::Overwrite,
                    word if word == words.disable.value => policy.mode = Mode::Disable,
                    _ => self.word(pointer, text, &[&words.notify.value, &words.overwrite.value, &words.disable.value]),
                }
            } else if *name == rules.overwrite.value {
                policy.overwrite = self.list(&pointer, hook, text);
            } else if *name == rules.request_exclude.value {
                policy.request_exclude = self.list(&pointer, hook, text);
            } else if *name == rules.client_exclude.value {
                policy.client_exclude = self.list(&pointer, hook, text);
            } else {
                self.unknown_member(pointer, name);
            }
        }
        if !policy.overwrite.is_empty() && policy.mode != Mode::Overwrite {
            let (list, member, word) =
                (&rules.overwrite.value, &rules.policy.member.value, &rules.policy.overwrite.value);
            self.doubt(
                pointer::member(pointer, list),
                format!(
                    "`{list}` says what to take from the answer to `{}`, but its `{member}` is not `{word}`",
                    hook.name.value
                ),
                format!("set `{member}` to `{word}`, or leave `{list}` empty"),
            );
        }
        if policy.mode == Mode::Overwrite && policy.overwrite.is_empty() {
            let (list, member, word) =
                (&rules.overwrite.value, &rules.policy.member.value, &rules.policy.overwrite.value);
            self.doubt(
                pointer::member(pointer, member),
                format!("`{member}` is `{word}`, but `{list}` names no member of `{}`", hook.name.value),
                format!("name the members to take in `{list}`, with commas between them"),
            );
        }
        policy
    }

    fn word(&mut self, pointer: String, text: &str, words: &[&String]) {
        let listed = codes(words);
        let help = nearest(text, words.iter().map(|word| word.as_str()))
            .map_or(format!("write one of {listed}"), |meant| format!("did you mean `{meant}`?"));
        self.fault(pointer, format!("`{text}` is none of {listed}"), help);
    }

    fn unknown_member(&mut self, pointer: String, name: &str) {
        let rules = self.rules;
        let known = [
            &rules.on_error.member,
            &rules.policy.member,
            &rules.overwrite,
            &rules.request_exclude,
            &rules.client_exclude,
        ];
        let help = nearest(name, known.iter().map(|name| name.value.as_str()))
            .map_or("remove it".to_owned(), |meant| format!("did you mean `{meant}`?"));
        self.fault(pointer, format!("a policy has no member `{name}`"), help);
    }

    /// The names in a list, of which the server can only use those of top-level members.
    fn list(&mut self, pointer: &str, hook: &Hook, text: &str) -> Vec<String> {
        let mut names = Vec::new();
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if hook.parameter(name).is_none() {
                let known = hook.parameters.iter().map(|parameter| parameter.name.value.as_str());
                let help = nearest(name, known).map_or_else(
                    || "name top-level members of the hook; a member inside another can't be named".to_owned(),
                    |meant| format!("did you mean `{meant}`?"),
                );
                self.doubt(
                    pointer.to_owned(),
                    format!("`{}` has no member `{name}` that is known", hook.name.value),
                    help,
                );
            }
            names.push(name.to_owned());
        }
        names
    }

    /// A word by its listed spelling.
    fn canonical(&self, member: &str, text: &str) -> String {
        let record = self.contract.types.iter().find(|def| def.name.value == self.rules.record.value);
        let values = record.and_then(|record| enum_of(self.contract, record, member));
        let listed = values.into_iter().flatten();
        listed
            .filter(|value| value.aliases.iter().any(|(alias, _)| alias.value == text))
            .map(|value| value.wire.value.clone())
            .next()
            .unwrap_or_else(|| text.to_owned())
    }
}

fn enum_of<'a>(
    contract: &'a Contract,
    record: &'a TypeDef,
    member: &str,
) -> Option<&'a [wcs_contract::model::EnumValue]> {
    let TypeKind::Record(members) = &record.kind else { return None };
    let Type::Named(id) = members.iter().find(|known| known.name.value == member)?.ty else { return None };
    match &contract.type_def(id).kind {
        TypeKind::Enum { values, .. } => Some(values),
        TypeKind::Record(_) => None,
    }
}

fn on_error(rules: &SessionPolicy, word: &str) -> Option<OnError> {
    match word {
        word if word == rules.on_error.fail.value => Some(OnError::Fail),
        word if word == rules.on_error.log.value => Some(OnError::Log),
        _ => None,
    }
}

/// What a value is, in words.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
