//! One meaning of values: a table of odd ones against everything that judges values, and random ones against the compiler
//! and the runtime.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use std::fmt::Write;
use std::sync::LazyLock;

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use wcs_codegen::vectors;
use wcs_contract::model::Side;
use wcs_contract::model::{Contract, Hook, Openness};
use wcs_contract::rule::Level;
use wcs_contract::value::{self, Problem, Step};
use wcs_contract::{Compiled, Input};
use wcs_drift::traffic::{self, Observed};
use wcs_runtime::{Demand, MemberState, Violation};
use wcs_simulator::inspect::members::Kind;
use wcs_simulator::inspect::{Secrets, inspect};
use wcs_tests::{cases, expect, none, root};

#[allow(dead_code, missing_docs, unreachable_pub, reason = "only bodies are read here")]
mod hooks {
    include!(concat!(env!("OUT_DIR"), "/hooks.rs"));
}

/// A member and what is written for it; nothing if it is absent.
const ROWS: &[(&str, &[&str])] = &[
    ("small", &["1.0", "1e3", "-0", "-0.0", "1.5", "2147483648", "2147483648.0", "\"1\"", "true", "null", "[1]"]),
    (
        "large",
        &[
            "1.0",
            "1e3",
            "1e18",
            "-0",
            "1.5",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "1e400",
            "\"1\"",
        ],
    ),
    ("real", &["1", "-0", "1e308", "9223372036854775808", "18446744073709551616", "1e400", "\"1.5\"", "null"]),
    ("text", &["\"\"", "\"null\"", "\"\\u0000\"", "1", "null"]),
    ("flag", &["true", "\"true\"", "1", "null"]),
    ("port", &["5060", "\"5060\"", "-0", "1e400", "true", "null"]),
    ("free", &["{}", "{\"a\": null}", "{\"a\": 1e400}", "[]", "\"{}\""]),
    ("open", &["\"NEW\"", "\"FRESH\"", "\"LATER\"", "\"\"", "1", "null"]),
    ("closed", &["\"LEFT\"", "\"L\"", "\"LATER\"", "\"\"", "1", "null"]),
    (
        "size",
        &[
            "{\"width\": 1.0}",
            "{\"width\": 0}",
            "{\"width\": null}",
            "{\"height\": 1}",
            "{\"width\": 1, \"height\": null}",
            "{\"width\": 1, \"depth\": 1}",
            "[]",
        ],
    ),
    ("texts", &["[]", "[\"a\"]", "[null]", "[1]", "\"a\"", "null"]),
    ("numbers", &["[1.0, 1e3, -0]", "[1.5]", "[null]", "[\"1\"]", "null"]),
    ("rates", &["{}", "{\"a\": 1.0}", "{\"a\": null}", "{\"a\": \"1\"}", "[1]"]),
    ("words", &["\"\"", "\"NEW,OLD\"", "\" NEW ,, FRESH\"", "\"NEW,LATER\"", "[\"NEW\"]"]),
    ("sides", &["\"\"", "\"LEFT, L\"", "\"LEFT,LATER\""]),
    ("ports", &["\"1,2\"", "\"-1, +2\"", "\"1.0\"", "\"a\"", "\"2147483648\"", "5060"]),
    ("flags", &["\"true,false\"", "\"yes\""]),
    ("shares", &["\"0.5, 1\"", "\"half\"", "\"1e400\""]),
    ("atMost", &["9007199254740992", "9007199254740993", "9007199254740992.0"]),
    ("atLeast", &["9223372036854775807", "9223372036854775806", "9223372036854775808"]),
    ("below", &["9223372036854775807", "9223372036854775808", "1e300"]),
    ("share", &["0", "-0.0", "1.0", "1.01", "-1e-9"]),
    ("code", &["\"ab\"", "\"a\"", "\"abcd\"", "\"äöü\"", "\"A1\"", "\"\\ud83d\\ude00\""]),
    ("either", &["1.0", "0", "\"abc\"", "\"abcd\""]),
    ("few", &["[1]", "[]", "[1, 2, 3]"]),
    ("fewWords", &["\"NEW\"", "\"\"", "\"NEW,,OLD,\"", "\"NEW,OLD,NEW\""]),
    ("fewRates", &["{\"a\": 1}", "{}", "{\"a\": 1, \"b\": 2, \"c\": 3}"]),
    ("needed", &["1", "null", "", "1.0", "1.5"]),
    ("spelt", &["1", "null", ""]),
];

/// Bodies that have a member several times.
const TWICE: &[&str] = &[
    r#"{"needed": 1, "spelt": 1, "needed": 2}"#,
    r#"{"needed": 1, "spelt": 1, "needed": null}"#,
    r#"{"needed": 1, "spelt": null, "speltSo": 1}"#,
    r#"{"needed": 1, "speltSo": 1, "spelt": null}"#,
];

static SCHEMA: LazyLock<String> =
    LazyLock::new(|| std::fs::read_to_string(cases("tests", "values").join("schema.yaml")).unwrap());

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| compiled(&SCHEMA).contract.unwrap());

fn compiled(text: &str) -> Compiled {
    wcs_contract::compile(&Input::texts([("schema.yaml", text)])).unwrap()
}

fn hook(body: &str) -> &'static Hook {
    let name = if body.contains("\"needed\"") || body.contains("\"spelt") { "require" } else { "judge" };
    CONTRACT.find_hook(name).unwrap()
}

/// A body with one member; the hook that requires members gets the others too.
fn body(member: &str, written: &str) -> String {
    let mut members = Vec::new();
    if ["needed", "spelt"].contains(&member) {
        let other = if member == "needed" { "spelt" } else { "needed" };
        members.push(format!("\"{other}\": 1"));
    }
    if !written.is_empty() {
        members.push(format!("\"{member}\": {written}"));
    }
    format!("{{{}}}", members.join(", "))
}

/// What each judge says of a body. Words are those of violations, `unknown` for what the contract merely does not know.
#[derive(Debug, PartialEq, Eq)]
struct Verdicts {
    check: &'static str,
    inspect: &'static str,
    drift: &'static str,
    vectors: &'static str,
    schema: &'static str,
    decode: &'static str,
    enforce: &'static str,
}

fn verdicts(member: &str, body: &str) -> Verdicts {
    Verdicts {
        check: check(body),
        inspect: inspected(body),
        drift: drift(body),
        vectors: vector(member, body),
        schema: schema(body),
        decode: decode(member, body),
        enforce: enforce(body),
    }
}

const FITS: &str = "fits";

/// An example of the contract. YAML refuses equal keys, so that such a body can't be written.
fn check(body: &str) -> &'static str {
    let indented = format!("    examples:\n      - title: A body.\n        origin: derived\n        body: {body}\n");
    let name = &hook(body).name.value;
    let mut lines: Vec<&str> = SCHEMA.lines().collect();
    let start = lines.iter().position(|line| *line == format!("  {name}:")).unwrap();
    let at = lines[start..].iter().position(|line| *line == "    evidence: documents").unwrap();
    lines.insert(start + at, indented.trim_end());
    let compiled = compiled(&lines.join("\n"));
    let errors: Vec<&str> =
        compiled.findings.iter().filter(|found| found.level == Level::Error).map(|found| &*found.message).collect();
    match errors.first() {
        None => FITS,
        Some(first) if first.contains("always sent") => "presence",
        Some(first) if first.contains("is none of") => "words",
        Some(first) if first.contains("expected ") => "type",
        Some(first) if ["must be", "does not match"].iter().any(|words| first.contains(words)) => "limit",
        Some(first) if first.contains("has no member") => "unknown",
        Some(first) if first.contains("twice") => "refused",
        Some(first) => panic!("{body}: {first}"),
    }
}

fn inspected(body: &str) -> &'static str {
    let path = format!("/{}", hook(body).name.value);
    let inspection = inspect(&CONTRACT, body, Some(&path), Secrets::Shown).unwrap();
    let found = inspection.findings.iter().find(|found| found.kind != Kind::Duplicate);
    found.map_or(FITS, |found| match found.kind {
        Kind::Type => "type",
        Kind::Limit => "limit",
        Kind::Absent => "presence",
        Kind::Value if found.message.ends_with("there are") => "words",
        _ => "unknown",
    })
}

fn drift(body: &str) -> &'static str {
    let mut compiled = compiled(&SCHEMA);
    let mut observed = Observed::default();
    let line = format!("{{\"hook\": \"{}\", \"body\": {body}}}\n", hook(body).name.value);
    traffic::read(&CONTRACT, "traffic.jsonl", &mut line.as_bytes(), &mut observed).unwrap();
    let drifts = traffic::drifts(&CONTRACT, &mut compiled.sources, &observed);
    let about_body: Vec<&str> = drifts.iter().map(|drift| drift.finding.rule.name).collect();
    let openness = if body.contains("closed") || body.contains("sides") { "words" } else { "unknown" };
    match about_body.first() {
        None => FITS,
        Some(rule) if rule.contains("type") => "type",
        Some(rule) if rule.contains("presence") => "presence",
        Some(rule) if rule.contains("value") => openness,
        Some(rule) if rule.contains("member") => "unknown",
        Some(rule) => panic!("{body}: {rule}"),
    }
}

/// Whether a receiver in any language is to read something. What can't be read inside a record is left out.
fn vector(member: &str, body: &str) -> &'static str {
    let value = value::parse(body).unwrap();
    let parameter = value::member(&hook(body).parameters, member).unwrap();
    match value.as_object().unwrap().iter().rev().find(|(name, _)| value::is_called(parameter, name)) {
        None | Some((_, Value::Null)) => "nothing",
        Some((_, value)) if vectors::is_readable(&CONTRACT, &parameter.ty, value) => "value",
        Some(_) => "nothing",
    }
}

/// `-` where the validator can't read the body.
fn schema(body: &str) -> &'static str {
    static VALIDATORS: LazyLock<[Validator; 2]> = LazyLock::new(|| {
        let artifacts = wcs_targets::find("jsonschema").unwrap().emit(&CONTRACT);
        ["judge", "require"].map(|name| {
            let path = format!("{name}.request.json");
            let text = &artifacts.iter().find(|artifact| artifact.path == path).unwrap().text;
            jsonschema::draft202012::new(&serde_json::from_str(text).unwrap()).unwrap()
        })
    });
    let validator = &VALIDATORS[usize::from(hook(body).name.value == "require")];
    match serde_json::from_str(body) {
        Ok(value) if validator.is_valid(&value) => "valid",
        Ok(_) => "invalid",
        Err(_) => "-",
    }
}

fn decode(member: &str, body: &str) -> &'static str {
    let state = match hook(body).name.value.as_str() {
        "judge" => hooks::Judge::from_bytes(body.to_owned()).unwrap().member_state(member),
        _ => hooks::Require::from_bytes(body.to_owned()).unwrap().member_state(member),
    };
    match state {
        MemberState::Present => "value",
        MemberState::Absent | MemberState::Null | MemberState::WrongType => "nothing",
    }
}

fn violations(body: &str) -> Vec<Violation> {
    match hook(body).name.value.as_str() {
        "judge" => hooks::Judge::from_bytes(body.to_owned()).unwrap().violations(),
        _ => hooks::Require::from_bytes(body.to_owned()).unwrap().violations(),
    }
}

fn enforce(body: &str) -> &'static str {
    violations(body).first().map_or(FITS, |violation| kind_of(violation.demand))
}

fn kind_of(demand: Demand) -> &'static str {
    match demand {
        Demand::Type => "type",
        Demand::Presence => "presence",
        Demand::Words => "words",
        _ => "limit",
    }
}

#[test]
fn values_have_one_meaning() {
    let mut table = String::from(
        "| member | value | check | inspect | drift | vectors | JSON Schema | decode | enforce |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    let single = ROWS.iter().flat_map(|(member, values)| values.iter().map(|written| (*member, body(member, written))));
    let twice = TWICE.iter().map(|body| {
        let member = if body.contains("speltSo") { "spelt" } else { "needed" };
        (member, (*body).to_owned())
    });
    let mut complaints = Vec::new();
    for (member, body) in single.chain(twice) {
        let said = verdicts(member, &body);
        complaints.extend(contradiction(member, &body, &said).map(|why| format!("{body}: {why}: {said:?}")));
        let _ = writeln!(
            table,
            "| `{member}` | `{body}` | {} | {} | {} | {} | {} | {} | {} |",
            said.check, said.inspect, said.drift, said.vectors, said.schema, said.decode, said.enforce
        );
    }
    complaints.extend(expect(&cases("tests", "values").join("expected.md"), &table).err());
    none(&complaints);
}

/// Why two judges contradict each other. Each may say less than another one, but nothing else.
fn contradiction(member: &str, body: &str, said: &Verdicts) -> Option<&'static str> {
    let fits = |word: &str| [FITS, "unknown"].contains(&word);
    let is_list = ["words", "sides", "ports", "flags", "shares", "fewWords"].contains(&member);
    // Unknown members of records are mistakes in an example, which is written by hand.
    let is_written_wrong = said.inspect == "unknown" && said.check == "unknown";
    if said.check != "refused" && !is_written_wrong && fits(said.check) != fits(said.enforce) {
        return Some("check and runtime");
    }
    if fits(said.inspect) != fits(said.enforce) || !fits(said.enforce) && said.inspect != said.enforce {
        return Some("inspect and runtime");
    }
    // Traffic is not compared with limits.
    if said.enforce != "limit" && fits(said.drift) != fits(said.enforce) {
        return Some("drift and runtime");
    }
    // The accessor of an object is a map of `serde_json`, which holds no such number.
    if said.vectors != said.decode && !body.contains("{\"a\": 1e400}") {
        return Some("vectors and decoder");
    }
    // The validator rounds the integer just below 64 bits. JSON Schema sees one text where the contract has a list, can't require one of two names, and keeps one of two
    // equal keys.
    let is_expressed = !is_list && !body.contains("-9223372036854775809") && member != "spelt" && said.schema != "-";
    if is_expressed && (said.schema == "valid") != fits(said.enforce) {
        return Some("JSON Schema and runtime");
    }
    None
}

/// The page for people says where the table is.
#[test]
fn the_page_names_the_table() {
    let page = std::fs::read_to_string(root().join("docs/values.md")).unwrap();
    assert!(page.contains("tests/cases/values/expected.md"));
}

/// Numbers in several spellings, near the limits of types and constraints.
fn number() -> impl Strategy<Value = String> {
    let near = select(vec![0_i128, 1, 3, 1 << 31, 1 << 53, i128::from(i64::MAX), -(1 << 31), i128::from(i64::MIN)]);
    (near, -2_i128..=2, select(vec!["", ".0", ".5", "e0", "e1", "00e-2", ".00"]))
        .prop_map(|(near, off, tail)| format!("{}{tail}", near + off))
        .prop_filter("JSON has no leading zeros", |text| !text.starts_with("00"))
        // More digits than a float has are read from the text by one of the two alone.
        .prop_filter("as many digits as a float tells apart", |text| {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            digits <= 15 || text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        })
}

fn scalar() -> impl Strategy<Value = String> {
    let words =
        ["NEW", "FRESH", "LATER", "LEFT", "L", "", "a", "ab", "abcd", "A1", "1", "true", "1, 2", "NEW,, L", " ", "1.0"];
    prop_oneof![
        4 => number(),
        3 => select(words.to_vec()).prop_map(|word| format!("\"{word}\"")),
        1 => select(vec!["null", "true", "false", "-0", "-0.0"]).prop_map(str::to_owned),
    ]
}

fn json() -> impl Strategy<Value = String> {
    scalar().prop_recursive(2, 12, 3, |inner| {
        let keys = select(vec!["width", "height", "depth", "a"]);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            proptest::collection::btree_map(keys, inner, 0..4).prop_map(|members| {
                let members: Vec<String> = members.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
                format!("{{{}}}", members.join(", "))
            }),
        ]
    })
}

/// Pointers and kinds of what the compiler finds wrong.
fn judged(body: &str) -> Vec<(String, &'static str)> {
    let hook = hook(body);
    let parsed = value::parse(body).unwrap();
    let mut found = Vec::new();
    let members = &hook.parameters;
    value::judge_members(&CONTRACT, "", members, parsed.as_object().unwrap(), Side::Request, &mut |path, problem| {
        let kind = match problem {
            Problem::Type { .. } => "type",
            Problem::Unlisted { openness: Openness::Closed, .. } => "words",
            Problem::Limit { constraint, .. } => constraint.key,
            Problem::Null | Problem::Absent => "presence",
            Problem::Unlisted { .. } | Problem::Unknown { .. } | Problem::AnswerOnly => return,
        };
        found.push((path.iter().map(|step: &Step<'_>| format!("/{}", step.name())).collect(), kind));
    });
    found.sort();
    found.dedup();
    found
}

fn decoded(body: &str) -> Vec<(String, &'static str)> {
    let mut found: Vec<_> = violations(body).into_iter().map(|one| (one.pointer, one.demand.word())).collect();
    found.sort();
    found.dedup();
    found
}

proptest! {
    #![proptest_config(wcs_tests::arbitrary::config(256))]

    /// The compiler and the runtime, which share no code, find the same wrong.
    #[test]
    fn compiler_and_runtime_judge_alike(
        members in proptest::collection::btree_map(
            select(hook("{}").parameters.iter().map(|member| member.name.value.as_str()).collect::<Vec<_>>()),
            json(),
            1..6,
        ),
    ) {
        let members: Vec<String> = members.iter().map(|(name, json)| format!("\"{name}\": {json}")).collect();
        let body = format!("{{{}}}", members.join(", "));
        prop_assert_eq!(judged(&body), decoded(&body), "{}", body);
    }
}
