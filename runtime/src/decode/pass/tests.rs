//! Against those who look closer: what the pass calls sound, the walk finds nothing in; what it accepts, the JSON
//! library reads the same.

use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::decode::Arrived;
use crate::decode::exact::parse;
use crate::descriptor::{EnumDescriptor, Limits, RecordDescriptor, Value};
use crate::validate::{Finding, Path, Watcher, inspect};

const WORDS: &[Value] = &[
    Value { name: "LAND", aliases: &[] },
    Value { name: "CELL", aliases: &["mobile"] },
    Value { name: "", aliases: &[] },
];
static OPEN: EnumDescriptor = EnumDescriptor { name: "Open", openness: Openness::Open, values: WORDS.split_at(2).0 };
static CLOSED: EnumDescriptor = EnumDescriptor { name: "Closed", openness: Openness::Closed, values: WORDS };
static INNER: RecordDescriptor = RecordDescriptor::new(
    "Inner",
    &[
        Member::new("user", Kind::String).always(),
        Member::new("kind", Kind::Enum(&CLOSED)),
        Member::new("deeper", Kind::Record(&INNER)).used_if(&Rule { member: "kind", is: &["\"LAND\"", "1.0"] }),
    ],
);
static INNER_KIND: Kind = Kind::Record(&INNER);
static OPEN_KIND: Kind = Kind::Enum(&OPEN);
static MEMBERS: [Member; 18] = [
    Member::new("text", Kind::String).always().aliases(&["other"]),
    Member::new("flag", Kind::Bool),
    Member::new("small", Kind::Int32).limits(&Limits { minimum: Some(-3), ..Limits::NONE }),
    Member::new("large", Kind::Int64),
    Member::new("a_name_of_more_than_sixteen", Kind::Float),
    Member::new("free", Kind::Object),
    Member::new("port", Kind::StringOrNumber).limits(&Limits { pattern: Some("^[0-9]*$"), ..Limits::NONE }),
    Member::new("texts", Kind::Array(&Kind::String)).limits(&Limits { max_items: Some(2), ..Limits::NONE }),
    Member::new("map", Kind::Map(&INNER_KIND)),
    Member::new("list", Kind::List(&Kind::String)),
    Member::new("numbers", Kind::List(&Kind::Int32)),
    Member::new("words", Kind::List(&OPEN_KIND)),
    Member::new("inner", Kind::Record(&INNER)),
    Member::new("open", Kind::Enum(&OPEN)),
    Member::new("closed", Kind::Enum(&CLOSED)),
    Member::new("given", Kind::String).sent_if(&Rule { member: "flag", is: &["true"] }),
    Member::new("asked", Kind::Bool).both_ways().always(),
    Member::new("answer", Kind::Bool).answer_only().always(),
];

const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-4",
    "7",
    "1.0",
    "1e3",
    "1.5",
    "123456789",
    "2147483648",
    "9223372036854775808",
    "12345678901234567890123",
    "1e400",
    "\"\"",
    "\"LAND\"",
    "\"CELL, LAND\"",
    "\"mobile\"",
    "\"\\u004cAND\"",
    "\"12,13\"",
    "\"12,x\"",
    "\"a\\r\\nb of more than eight\"",
    "\"\\ud83c\\udfa5\"",
    "\"\\ud83c\"",
    "\"größe 日本\"",
    "{}",
    "[]",
    "[\"a\",\"b\"]",
    "[\"a\",1,null]",
    "[\"a\",\"b\",\"c\"]",
    "{\"x\":[{}]}",
    "{\"user\":\"u\"}",
    "{\"user\":null}",
    "{\"user\":\"u\",\"kind\":\"LAND\",\"deeper\":{\"user\":\"v\"}}",
    "{\"user\":\"u\",\"deeper\":{\"user\":\"v\"}}",
    "{\"deeper\":{ },\"user\":\"u\"}",
    "{\"a\":{\"user\":\"u\"},\"b\":{ \"user\" : \"\" , \"kind\":\"\"}}",
    "{\"user\":\"u\",\"more\":1}",
    "{\"user\":\"u\",\"us\\u0065r\":1}",
];

/// Counts what a walk finds.
struct Count(usize);

impl Watcher for Count {
    fn found(&mut self, _: &Path<'_>, _: &Finding<'_>) {
        self.0 += 1;
    }
}

fn findings(body: &[u8], spans: &[Span], decoded: Decoded) -> usize {
    let mut count = Count(0);
    let decoded = Decoded { is_sound: false, ..decoded };
    inspect(&MEMBERS, &Arrived { body: Bytes::copy_from_slice(body), spans, decoded }, &mut count);
    count.0
}

/// Whether the pass calls a body sound; `None` if it refuses it.
fn passed(body: &[u8], levels: usize) -> Option<bool> {
    let mut spans = [Span::ABSENT; MEMBERS.len()];
    let found = read(&MEMBERS, body, &mut spans, levels);
    if std::str::from_utf8(body).is_err() {
        return None;
    }
    let mut exact = [Span::ABSENT; MEMBERS.len()];
    let parsed = parse(&MEMBERS, body, &mut exact, levels);
    let decoded = found.ok()?;
    let parsed = parsed.unwrap();
    assert_eq!((decoded.unknown, decoded.duplicates, spans), (parsed.unknown, parsed.duplicates, exact));
    assert!(!decoded.is_sound || findings(body, &spans, decoded) == 0, "{:?}", String::from_utf8_lossy(body));
    Some(decoded.is_sound)
}

#[test]
fn what_keeps_to_the_contract_needs_no_walk() {
    for more in [
        r#""flag":false,"small":-3,"large":9007199254740993,"free":{"x":[1]},"texts":["a"],"list":"a,b","numbers":"1, 2""#,
        r#""a_name_of_more_than_sixteen":1.5,"closed":"","open":"CELL","words":"LAND,mobile","other":"again""#,
        r#" "inner" : { "kind":"LAND", "deeper":{"user":"\u00fc"}, "user":"u" } , "map":{"a":{"user":"\r\n"},"b":{"user":""}}"#,
        r#""given":null,"flag":false,"open":"","large":1e3"#,
    ] {
        for sound in [true, false] {
            // Null is no value, and this one is needed.
            let asked = if sound { "true" } else { "null" };
            // A member with `sent_if` that is null is left to the walk.
            let expected = sound && !more.contains(r#""given":null"#);
            let body = format!(r#"{{"text":"t\n","asked":{asked},{more}}}"#);
            assert_eq!(passed(body.as_bytes(), 8), Some(expected), "{body}");
        }
    }
}

fn body() -> impl Strategy<Value = String> {
    let name = prop::sample::select(&MEMBERS[..]).prop_map(|member| member.name);
    let key = prop_oneof![30 => name, 1 => Just("other"), 1 => Just("unknown"), 1 => Just("t\\u0065xt"), 1 => Just("")];
    let space = || prop_oneof![8 => Just(""), 1 => Just(" "), 1 => Just("\n\t\r")];
    let member = (key, prop::sample::select(VALUES), space(), space(), space())
        .prop_map(|(key, value, before, around, after)| format!("{before}\"{key}\"{around}:{around}{value}{after}"));
    let needed = prop_oneof![3 => Just(r#""text":"t","asked":true,"#), 1 => Just("")];
    (needed, prop::collection::vec(member, 1..7), prop_oneof![9 => Just(""), 1 => Just("\u{feff}")])
        .prop_map(|(needed, members, mark)| format!("{mark}{{{needed}{}}}", members.join(",")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_sound_body_has_no_finding(body in body(), levels in 0..6_usize) {
        passed(body.as_bytes(), levels);
        passed(body.as_bytes(), 128);
    }

    #[test]
    fn nor_has_one_with_some_bytes_changed(
        body in body(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(
            &b"{}[]:,\"\\ \n\x00\x1f\x7f\xc3\xff0123456789e+-.tfnrulabsx/"[..]), 0..3_u8), 0..4),
    ) {
        let mut bytes = body.into_bytes();
        for (place, byte, how) in changes {
            let at = place.index(bytes.len());
            match how {
                0 => bytes.insert(at, byte),
                1 => bytes[at] = byte,
                _ => { bytes.remove(at); }
            }
        }
        passed(&bytes, 128);
    }
}
