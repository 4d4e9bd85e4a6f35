//! Types, limits and values of random contracts.

use serde_json::{Map, Value, json};

use super::{Choices, NAMES, PRESENCES, member};

/// A type of a member.
#[derive(Clone)]
pub(super) enum Type {
    Scalar(&'static str),
    Array(Box<Type>),
    Map(Box<Type>),
    List(Box<Type>),
    /// A declared type by its place.
    Named(usize),
}

/// The scalar types.
pub(super) const SCALARS: [&str; 7] = ["string", "bool", "int32", "int64", "float", "string_or_number", "object"];

/// How many of them can be items of a list: all but the last one.
const LISTABLE: usize = 6;

/// Collections around a type, at most.
const NESTING: usize = 3;

/// Levels of a value, at most.
const DEPTH: usize = 12;

/// The innermost levels, which have only what must be there.
const REQUIRED: usize = 9;

/// The records and enums of a contract.
pub(super) struct Declared {
    types: Vec<Kind>,
}

/// What a declared type is.
enum Kind {
    Enum { openness: &'static str, values: usize },
    Record(Vec<Member>),
}

/// A member of a record.
struct Member {
    name: &'static str,
    ty: Type,
    limits: Map<String, Value>,
    presence: &'static str,
}

impl Declared {
    /// Up to six types, each of which may use every other one as far as the language allows.
    pub(super) fn new(choices: &mut Choices<'_>) -> Self {
        let count = choices.below(7);
        let kinds: Vec<bool> = (0..count).map(|_| choices.maybe()).collect();
        let types = kinds.iter().map(|is_enum| match is_enum {
            true => {
                let openness = choices.one(&["closed", "open"]);
                let least = usize::from(openness == "closed");
                Kind::Enum { openness, values: least + choices.below(3) }
            }
            false => Kind::Record(Vec::new()),
        });
        let mut declared = Self { types: types.collect() };
        for (at, _) in kinds.iter().enumerate().filter(|(_, is_enum)| !**is_enum) {
            let names = NAMES.into_iter().take(1 + choices.below(3));
            let members = names.map(|name| {
                let ty = declared.any_type(choices, Some(at));
                let limits = limits(&ty, choices);
                Member { name, ty, limits, presence: choices.one(&PRESENCES) }
            });
            let members = members.collect();
            declared.types[at] = Kind::Record(members);
        }
        declared
    }

    /// Any type of a member: of a hook, or of a record by its place. A record may contain itself in a collection.
    pub(super) fn any_type(&self, choices: &mut Choices<'_>, within: Option<usize>) -> Type {
        self.nested(choices, within, NESTING)
    }

    fn nested(&self, choices: &mut Choices<'_>, within: Option<usize>, deeper: usize) -> Type {
        let inside = |choices: &mut Choices<'_>| Box::new(self.nested(choices, None, deeper.saturating_sub(1)));
        match choices.below(if deeper == 0 { 3 } else { 6 }) {
            0 => Type::Scalar(choices.one(&SCALARS)),
            1 | 2 => self.named(choices, within),
            3 => Type::Array(inside(choices)),
            4 => Type::Map(inside(choices)),
            _ => {
                let enums: Vec<usize> = (0..self.types.len()).filter(|at| self.is_enum(*at)).collect();
                let item = match enums.is_empty() || choices.maybe() {
                    true => Type::Scalar(choices.one(&SCALARS[..LISTABLE])),
                    false => Type::Named(choices.one(&enums)),
                };
                Type::List(Box::new(item))
            }
        }
    }

    /// A declared type; an earlier one or an enum if it is the type of a record's member itself.
    fn named(&self, choices: &mut Choices<'_>, within: Option<usize>) -> Type {
        let suits = |at: &usize| within.is_none_or(|owner| *at < owner || self.is_enum(*at));
        let suitable: Vec<usize> = (0..self.types.len()).filter(suits).collect();
        if suitable.is_empty() { Type::Scalar("string") } else { Type::Named(choices.one(&suitable)) }
    }

    fn is_enum(&self, at: usize) -> bool {
        matches!(self.types[at], Kind::Enum { .. })
    }

    /// A type as the language writes it.
    pub(super) fn written(&self, ty: &Type) -> String {
        match ty {
            Type::Scalar(word) => (*word).to_owned(),
            Type::Array(item) => format!("array<{}>", self.written(item)),
            Type::Map(item) => format!("map<{}>", self.written(item)),
            Type::List(item) => format!("list<{}>", self.written(item)),
            Type::Named(at) => name(*at),
        }
    }

    /// The section `types`.
    pub(super) fn definitions(&self, choices: &mut Choices<'_>) -> Map<String, Value> {
        let definition = |(at, kind): (usize, &Kind)| {
            let definition = match kind {
                Kind::Enum { openness, values } => {
                    let values: Map<String, Value> =
                        (0..*values).map(|at| (word(at), value(at, *values, choices))).collect();
                    json!({ "doc": "Any word.", "enum": openness, "values": values })
                }
                Kind::Record(members) => {
                    let members = members.iter().map(|Member { name, ty, limits, presence }| {
                        ((*name).to_owned(), json!(member(name, ty, limits, presence, self, choices)))
                    });
                    json!({ "doc": "Anything.", "record": members.collect::<Map<_, _>>() })
                }
            };
            (name(at), definition)
        };
        self.types.iter().enumerate().map(definition).collect()
    }

    /// A value that fits a type and its limits. `None` if it would be too large.
    pub(super) fn value(&self, ty: &Type, limits: &Map<String, Value>, choices: &mut Choices<'_>) -> Option<Value> {
        self.fitting(ty, limits, choices, DEPTH)
    }

    fn fitting(
        &self,
        ty: &Type,
        limits: &Map<String, Value>,
        choices: &mut Choices<'_>,
        deeper: usize,
    ) -> Option<Value> {
        let deeper = deeper.checked_sub(1)?;
        let items = |item: &Type, choices: &mut Choices<'_>| -> Option<Vec<Value>> {
            let (least, most) = range(limits, "items");
            let count = (least..=most.min(least + 2)).nth(choices.below(3)).unwrap_or(most);
            let count = if deeper < REQUIRED { least } else { count };
            if count > 8 {
                return None;
            }
            (0..count).map(|_| self.fitting(item, &Map::new(), choices, deeper)).collect()
        };
        Some(match ty {
            Type::Scalar(word) => scalar(word, limits, choices)?,
            Type::Array(item) => json!(items(item, choices)?),
            Type::Map(item) => {
                let keys = ["key", "another", "a key"].map(str::to_owned).into_iter();
                let keys = keys.chain((0..).map(|at| format!("key{at}")));
                Value::Object(keys.zip(items(item, choices)?).collect())
            }
            Type::List(item) => {
                let items = items(item, choices)?.into_iter().map(|item| match item {
                    Value::String(text) if text.is_empty() => "x".to_owned(),
                    Value::String(text) => text.replace(',', ";"),
                    other => other.to_string(),
                });
                json!(items.collect::<Vec<_>>().join(choices.one(&[",", ", "])))
            }
            Type::Named(at) => match &self.types[*at] {
                Kind::Enum { openness: "open", values } if *values == 0 || choices.below(4) == 3 => json!("UNLISTED"),
                Kind::Enum { values, .. } => json!(word(choices.below(*values))),
                Kind::Record(members) => {
                    let mut record = Map::new();
                    for Member { name, ty, limits, presence } in members {
                        let is_required = *presence == "always";
                        if is_required || (deeper >= REQUIRED && choices.maybe()) {
                            match self.fitting(ty, limits, choices, deeper) {
                                Some(value) => drop(record.insert((*name).to_owned(), value)),
                                None if is_required => return None,
                                None => {}
                            }
                        }
                    }
                    Value::Object(record)
                }
            },
        })
    }
}

fn name(at: usize) -> String {
    format!("Type{at}")
}

fn word(at: usize) -> String {
    format!("VALUE_{at}")
}

/// A value of an enum that has this many.
fn value(at: usize, of: usize, choices: &mut Choices<'_>) -> Value {
    let mut value = json!({ "doc": "Any word." });
    if choices.maybe() {
        value["aliases"] = json!({ format!("old {at}"): "Old firmware." });
    }
    if choices.maybe() {
        value["next"] = json!([word(choices.below(of))]);
    }
    value
}

/// Limits that suit a type: none, loose ones, such as leave one value, and such as no body can hold.
pub(super) fn limits(ty: &Type, choices: &mut Choices<'_>) -> Map<String, Value> {
    const SIZES: [(u64, u64); 6] = [(0, 0), (1, 1), (0, 3), (2, 5), (3, 3), (4_000_000_000, 4_000_000_000)];
    const NUMBERS: [(i64, i64); 6] =
        [(0, 10), (7, 7), (-5, -4), (8, 1_000), (i64::MIN, i64::MAX), (3_000_000_000, 3_000_000_001)];
    let texts = matches!(ty, Type::Scalar("string" | "string_or_number"));
    let numbers = matches!(ty, Type::Scalar("int32" | "int64" | "float" | "string_or_number"));
    let items = matches!(ty, Type::Array(_) | Type::Map(_) | Type::List(_));
    let mut limits = Map::new();
    let mut set = |least: &str, most: &str, range: (Value, Value), choices: &mut Choices<'_>| {
        match choices.below(4) {
            0 => {}
            1 => drop(limits.insert(least.to_owned(), range.0)),
            2 => drop(limits.insert(most.to_owned(), range.1)),
            _ => limits.extend([(least.to_owned(), range.0), (most.to_owned(), range.1)]),
        };
    };
    let json = |(least, most): (u64, u64)| (json!(least), json!(most));
    if texts {
        let range = choices.one(&SIZES);
        set("min_length", "max_length", json(range), choices);
    }
    if numbers {
        let (least, most) = choices.one(&NUMBERS);
        set("minimum", "maximum", (json!(least), json!(most)), choices);
    }
    if items {
        let range = choices.one(&SIZES);
        set("min_items", "max_items", json(range), choices);
    }
    limits
}

/// The least and the most of something that limits allow.
fn range(limits: &Map<String, Value>, of: &str) -> (u64, u64) {
    let limit = |end: &str| limits.get(&format!("{end}_{of}")).and_then(Value::as_u64);
    (limit("min").unwrap_or(0), limit("max").unwrap_or(u64::MAX))
}

fn scalar(word: &str, limits: &Map<String, Value>, choices: &mut Choices<'_>) -> Option<Value> {
    let text = |choices: &mut Choices<'_>| {
        let (least, most) = range(limits, "length");
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let short = choices.one(&["1234", "7", "", "a, b", "1234-2", "true", "é\"\\"]);
        let text = short.chars().chain(std::iter::repeat_n('x', usize::try_from(least).ok()?));
        (least <= 8).then(|| json!(text.take(short.chars().count().max(least as usize).min(most)).collect::<String>()))
    };
    let number = |ends: (i64, i64), choices: &mut Choices<'_>| {
        let limit = |key: &str| limits.get(key).and_then(Value::as_i64);
        let least = limit("minimum").unwrap_or(i64::MIN).max(ends.0);
        let most = limit("maximum").unwrap_or(i64::MAX).min(ends.1);
        let number = choices.one(&[7, 6, 0, 1, i64::MIN, i64::MAX]);
        (least <= most).then(|| json!(number.clamp(least, most)))
    };
    let whole = (i64::MIN, i64::MAX);
    Some(match word {
        "string" => text(choices)?,
        "bool" => json!(choices.maybe()),
        "int32" => number((i32::MIN.into(), i32::MAX.into()), choices)?,
        "float" if limits.is_empty() => choices.one(&[1.5, 2.5, -0.0, 1e300]).into(),
        "int64" | "float" => number(whole, choices)?,
        "string_or_number" if choices.maybe() => number(whole, choices)?,
        "string_or_number" => text(choices)?,
        _ => choices.one(&["{}", r#"{"key":"value"}"#, r#"{"another":[1,"two",null]}"#]).parse().ok()?,
    })
}
