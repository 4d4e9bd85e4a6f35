//! The vectors of a hook.

use serde_json::{Map, Value, json};

use super::{LATER_WORD, MALFORMED, bodies, reading};
use wcs_contract::model::{Answers, Contract, EnumValue, Hook, Parameter, Type, TypeKind};
use wcs_contract::sample;
use wcs_contract::value;

/// All of them, from plain to odd.
pub(super) fn of(contract: &Contract, hook: &Hook, statuses: Answers) -> Vec<Value> {
    let mut cases = Cases { contract, hook, statuses, vectors: Vec::new() };
    valid(&mut cases);
    later(&mut cases);
    spellings(&mut cases);
    wrong(&mut cases);
    malformed(&mut cases);
    decisions(&mut cases);
    cases.vectors
}

struct Cases<'c> {
    contract: &'c Contract,
    hook: &'c Hook,
    statuses: Answers,
    vectors: Vec<Value>,
}

impl Cases<'_> {
    /// A body that is accepted and comes back as it is.
    fn echo(&mut self, class: &str, what: &str, body: &Map<String, Value>) {
        let path = self.hook.name.value.clone();
        self.echo_text(class, what, &path, &Value::Object(body.clone()).to_string(), body);
    }

    /// The same for a text that says what the object says.
    fn echo_text(&mut self, class: &str, what: &str, path: &str, text: &str, body: &Map<String, Value>) {
        let mut vector = self.start(class, what, path, text);
        self.read(&mut vector, body);
        let mut answer =
            Map::from_iter([("status".to_owned(), json!(self.statuses.accept)), ("echo".to_owned(), json!(true))]);
        self.may_add(&mut answer, body);
        vector.insert("answer".to_owned(), Value::Object(answer));
        self.vectors.push(Value::Object(vector));
    }

    /// Members that only an answer has may stand in every answer.
    fn may_add(&self, answer: &mut Map<String, Value>, body: &Map<String, Value>) {
        let brought = self.hook.parameters.iter().filter(|member| !member.is_received());
        let brought: Vec<&String> =
            brought.map(|member| &member.name.value).filter(|name| !body.contains_key(*name)).collect();
        if !brought.is_empty() {
            answer.insert("may_add".to_owned(), json!(brought));
        }
    }

    fn start(&self, class: &str, what: &str, path: &str, text: &str) -> Map<String, Value> {
        let mut vector = self.name(class, what, path);
        vector.insert("body".to_owned(), json!(text));
        vector
    }

    fn name(&self, class: &str, what: &str, path: &str) -> Map<String, Value> {
        Map::from_iter([
            ("id".to_owned(), json!(format!("{}: {class}: {what}", self.hook.name.value))),
            ("class".to_owned(), json!(class)),
            ("path".to_owned(), json!(path)),
        ])
    }

    fn read(&self, vector: &mut Map<String, Value>, body: &Map<String, Value>) {
        let known = &self.hook.parameters;
        let unknown: Vec<&String> = body.keys().filter(|name| value::member(known, name).is_none()).collect();
        vector.insert("reading".to_owned(), Value::Object(reading::members(self.contract, known, body)));
        vector.insert("unknown".to_owned(), json!(unknown));
    }

    /// A name that the hook does not know.
    fn unknown_name(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        while value::member(&self.hook.parameters, &name).is_some() {
            name.push('_');
        }
        name
    }

    fn received(&self) -> Vec<&Parameter> {
        self.hook.parameters.iter().filter(|member| member.is_received()).collect()
    }

    fn least(&self) -> Map<String, Value> {
        bodies::least(self.contract, self.hook)
    }

    fn least_with(&self, member: &str, value: Value) -> Map<String, Value> {
        let mut body = self.least();
        body.insert(member.to_owned(), value);
        body
    }
}

fn valid(cases: &mut Cases<'_>) {
    for (at, example) in cases.hook.examples.iter().enumerate() {
        if let Value::Object(body) = &example.body.value {
            cases.echo("valid", &format!("example {}: {}", at + 1, example.title.value), body);
        }
    }
    let least = cases.least();
    cases.echo("valid", "the members that every known release sends", &least);
    let most = bodies::most(cases.contract, cases.hook);
    cases.echo("valid", "every member", &most);
    cases.echo("valid", "no member", &Map::new());
    let nulls: Map<String, Value> =
        cases.received().iter().map(|member| (member.name.value.clone(), Value::Null)).collect();
    cases.echo("valid", "every member null", &nulls);
}

/// What a later release may send.
fn later(cases: &mut Cases<'_>) {
    let mut body = cases.least();
    for (name, value) in [
        ("laterText", json!("text")),
        ("laterNumber", json!(9_007_199_254_740_993_i64)),
        ("laterFlag", json!(true)),
        ("laterNull", Value::Null),
        ("laterArray", json!([1, "two", null, [3.5]])),
        ("laterObject", json!({ "inner": { "deeper": [] } })),
    ] {
        let name = cases.unknown_name(name);
        cases.echo("later", &format!("an unknown member, {}", kind(&value)), &cases.least_with(&name, value.clone()));
        body.insert(name, value);
    }
    cases.echo("later", "unknown members of every JSON type", &body);
    let words: Vec<(String, Value)> = cases
        .received()
        .iter()
        .filter_map(|member| {
            let (values, wrap) = words_in(cases.contract, &member.ty)?;
            // A closed enum has no later value; that vector stands under the wrong types.
            reading::of(cases.contract, &member.ty, &wrap(LATER_WORD, values.first()))?;
            Some((member.name.value.clone(), wrap(LATER_WORD, values.first())))
        })
        .collect();
    for (name, value) in words {
        cases.echo("later", &format!("an unknown value of `{name}`"), &cases.least_with(&name, value));
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a whole number beyond 2^53",
        Value::String(_) => "text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// How a word is put into a value of a type; a second word shows that the first does not spoil it.
type Wrap = fn(&str, Option<&EnumValue>) -> Value;

/// The words of a type that is made of words.
fn words_in<'c>(contract: &'c Contract, ty: &Type) -> Option<(&'c [EnumValue], Wrap)> {
    let (id, wrap): (_, Wrap) = match ty {
        Type::Named(id) => (id, |word, _| json!(word)),
        Type::Array(item) => match &**item {
            Type::Named(id) => (id, |word, known| json!([known.map(|known| &known.wire.value), word])),
            _ => return None,
        },
        Type::List(item) => match &**item {
            Type::Named(id) => {
                (id, |word, known| json!(format!("{},{word}", known.map_or("", |known| known.wire.value.as_str()))))
            }
            _ => return None,
        },
        Type::Map(_) | Type::Scalar(_) => return None,
    };
    match &contract.type_def(*id).kind {
        TypeKind::Enum { values, .. } => Some((values, wrap)),
        TypeKind::Record(_) => None,
    }
}

/// Other spellings of the path, of members and of values, and of JSON itself.
fn spellings(cases: &mut Cases<'_>) {
    let least = cases.least();
    let text = Value::Object(least.clone()).to_string();
    for (alias, _) in &cases.hook.aliases {
        cases.echo_text("spelling", &format!("the path `{}`", alias.value), &alias.value, &text, &least);
    }
    let mut bodies = Vec::new();
    for member in cases.received() {
        let sample = sample::value(cases.contract, member);
        for ((alias, _), value) in member.aliases.iter().zip(sample.iter().cycle()) {
            let mut body = cases.least();
            body.shift_remove(&member.name.value);
            body.insert(alias.value.clone(), value.clone());
            bodies.push((format!("`{}` for `{}`", alias.value, member.name.value), body));
        }
        let Some((values, wrap)) = words_in(cases.contract, &member.ty) else { continue };
        for (alias, value) in values.iter().flat_map(|value| value.aliases.iter().map(move |(alias, _)| (alias, value)))
        {
            let what = format!("the value `{}` of `{}`", alias.value, member.name.value);
            bodies.push((what, cases.least_with(&member.name.value, wrap(&alias.value, Some(value)))));
        }
    }
    for (what, body) in bodies {
        cases.echo("spelling", &what, &body);
    }
    let path = cases.hook.name.value.clone();
    let backwards: Map<String, Value> = bodies::most(cases.contract, cases.hook).into_iter().rev().collect();
    cases.echo("spelling", "members in another order", &backwards);
    cases.echo_text("spelling", "white space and escapes", &path, &escaped(&least), &least);
    if let Some((name, value)) = least.iter().next() {
        let twice = format!("{{{}:{},{}", json!(name), json!("an earlier one"), text.trim_start_matches('{'));
        let what = format!("`{name}` twice, the last of which ({value}) counts");
        cases.echo_text("spelling", &what, &path, &twice, &least);
    }
}

/// The object with white space wherever JSON has it, and the first character of every name escaped.
fn escaped(body: &Map<String, Value>) -> String {
    let members: Vec<String> = body
        .iter()
        .map(|(name, value)| {
            let mut characters = name.chars();
            let first = characters.next().map_or(String::new(), |first| {
                first.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
            });
            let rest = json!(characters.as_str()).to_string();
            format!("\r\n\t\"{first}{} : {value} ", rest.strip_prefix('"').unwrap_or(&rest))
        })
        .collect();
    format!(" {{{}}}\n", members.join(","))
}

/// Members of another type than the contract says.
fn wrong(cases: &mut Cases<'_>) {
    let mut bodies = Vec::new();
    let mut all = Map::new();
    for member in cases.received() {
        let name = &member.name.value;
        for value in bodies::wrong(cases.contract, &member.ty) {
            all.entry(name.clone()).or_insert_with(|| value.clone());
            bodies.push((format!("`{name}` is {value}"), cases.least_with(name, value)));
        }
    }
    bodies.push(("every member".to_owned(), all));
    for (what, body) in bodies {
        cases.echo("wrong_type", &what, &body);
    }
}

/// What is no JSON object in UTF-8.
fn malformed(cases: &mut Cases<'_>) {
    let object = Value::Object(cases.least()).to_string();
    let texts = [
        ("nothing", String::new()),
        ("white space", " \r\n\t".to_owned()),
        ("no JSON", "key=value".to_owned()),
        ("cut off", object.trim_end_matches('}').to_owned()),
        ("single quotes", "{'key':'value'}".to_owned()),
        ("a comma too much", "{\"key\":\"value\",}".to_owned()),
        ("a line break in a text", "{\"key\":\"a\nb\"}".to_owned()),
        ("two objects", format!("{object}{object}")),
        ("an array", format!("[{object}]")),
        ("a text", "\"text\"".to_owned()),
        ("a number", "7".to_owned()),
        ("a boolean", "true".to_owned()),
        ("null", "null".to_owned()),
    ];
    let answer = || ("answer".to_owned(), json!({ "status": MALFORMED }));
    let path = cases.hook.name.value.clone();
    for (what, text) in texts {
        let mut vector = cases.start("malformed", what, &path, &text);
        vector.extend([answer()]);
        cases.vectors.push(Value::Object(vector));
    }
    let mut vector = cases.name("malformed", "not UTF-8", &path);
    let bytes: String = b"{\"key\":\"\xff\"}".iter().map(|byte| format!("{byte:02x}")).collect();
    vector.extend([("body_hex".to_owned(), json!(bytes)), answer()]);
    cases.vectors.push(Value::Object(vector));
}

/// Denials and changes, where the hook allows them.
fn decisions(cases: &mut Cases<'_>) {
    let least = cases.least();
    if cases.hook.is_deniable() {
        let path = cases.hook.name.value.clone();
        let mut vector = cases.start("deny", "a denial", &path, &Value::Object(least.clone()).to_string());
        cases.read(&mut vector, &least);
        vector.insert("deny".to_owned(), json!("not today"));
        vector.insert("answer".to_owned(), json!({ "status": cases.statuses.deny }));
        cases.vectors.push(Value::Object(vector));
    }
    let most = bodies::most(cases.contract, cases.hook);
    let mut all = Map::new();
    for member in cases.hook.answer_members() {
        let Some(before) = sample::value(cases.contract, member) else { continue };
        let another = sample::another(cases.contract, &member.ty, member.constraints.as_ref(), &before);
        // A type with a single value has no other one to change to.
        let value = another.unwrap_or(before);
        all.insert(member.name.value.clone(), value.clone());
        let one = Map::from_iter([(member.name.value.clone(), value)]);
        overwrite(cases, &format!("`{}`", member.name.value), &least, &one);
    }
    if !all.is_empty() {
        overwrite(cases, "everything, where every member came", &most, &all);
        overwrite(cases, "everything, where no member came", &Map::new(), &all);
    }
}

fn overwrite(cases: &mut Cases<'_>, what: &str, body: &Map<String, Value>, changes: &Map<String, Value>) {
    let path = cases.hook.name.value.clone();
    let mut vector = cases.start("overwrite", what, &path, &Value::Object(body.clone()).to_string());
    cases.read(&mut vector, body);
    vector.insert("overwrite".to_owned(), Value::Object(changes.clone()));
    let mut after = body.clone();
    after.extend(changes.clone());
    let changed: Vec<&String> =
        changes.iter().filter(|(name, value)| body.get(*name) != Some(value)).map(|(name, _)| name).collect();
    let mut answer = Map::from_iter([
        ("status".to_owned(), json!(cases.statuses.accept)),
        ("body".to_owned(), json!(after)),
        ("changed".to_owned(), json!(changed)),
    ]);
    cases.may_add(&mut answer, &after);
    vector.insert("answer".to_owned(), Value::Object(answer));
    cases.vectors.push(Value::Object(vector));
}
