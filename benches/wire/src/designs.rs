//! Ways to read a body, check it and make the answer of it: ours, others', and floors that do less.

use std::hint::black_box;

use bytes::Bytes;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use wcs_hooks::*;
use wcs_runtime::hook::{Deniable, EventHook};
use wcs_runtime::splice::{Changes, splice};
use wcs_runtime::{Answer, Hook};

#[path = "../generated/derived/derived.rs"]
#[rustfmt::skip]
mod derived;

/// From a body to the body of its answer, with some members overwritten.
pub type Exchange = fn(&Bytes, &[Overwritten]) -> Bytes;

/// A member of the body and its new text.
#[derive(Debug, Clone)]
pub struct Overwritten {
    name: &'static str,
    text: String,
}

/// A design by its name in the tables.
pub struct Design {
    pub name: &'static str,
    /// Whether it does the whole work: floors do less.
    pub is_floor: bool,
    pub of: fn(&str) -> Option<Exchange>,
}

/// All of them.
pub const DESIGNS: &[Design] = &[
    Design { name: "copy", is_floor: true, of: |_| Some(|body, _| Bytes::copy_from_slice(body)) },
    Design { name: "ignored", is_floor: true, of: |_| Some(ignored) },
    Design { name: "wcs", is_floor: false, of: ours },
    Design { name: "derived", is_floor: false, of: derived::of },
    Design { name: "value", is_floor: false, of: |_| Some(value) },
];

/// Two texts of the body to be overwritten: the first two of the hook's table that it has.
pub fn two_overwritten(hook: &str, body: &str) -> Vec<Overwritten> {
    let members: serde_json::Map<String, Value> = serde_json::from_str(body).expect("a body is an object");
    let table = contract().hook(hook).map_or(&[][..], |hook| hook.members);
    let texts = table.iter().filter(|member| members.get(member.name).is_some_and(Value::is_string));
    texts.take(2).map(|member| Overwritten { name: member.name, text: "another".to_owned() }).collect()
}

/// serde_json checks that it is JSON, and keeps nothing.
fn ignored(body: &Bytes, _: &[Overwritten]) -> Bytes {
    serde_json::from_slice::<IgnoredAny>(body).expect("a body is JSON");
    body.clone()
}

fn value(body: &Bytes, overwritten: &[Overwritten]) -> Bytes {
    let mut members: Value = serde_json::from_slice(body).expect("a body is JSON");
    for member in overwritten {
        members[member.name] = Value::String(member.text.clone());
    }
    Bytes::from(serde_json::to_vec(&members).expect("values can be written"))
}

fn exchange<T: DeserializeOwned + Serialize>(body: &Bytes, overwritten: &[Overwritten]) -> Bytes {
    let hook: T = serde_json::from_slice(body).expect("a body has the members of its type");
    if overwritten.is_empty() {
        return Bytes::from(serde_json::to_vec(&hook).expect("a hook can be written"));
    }
    // Members have names of their own in each struct, so that writing them is what is the same for all.
    let mut members = serde_json::to_value(&hook).expect("a hook can be written");
    for member in overwritten {
        members[member.name] = Value::String(member.text.clone());
    }
    Bytes::from(serde_json::to_vec(&members).expect("values can be written"))
}

macro_rules! table {
    ($($name:ident: $Hook:ident, $kind:ident;)*) => {
        /// The whole of it with the generated types: what stands in a server's way, without the server.
        fn ours(hook: &str) -> Option<Exchange> {
            $(
                if hook == <$Hook as Hook>::DESCRIPTOR.name {
                    return Some(|body, overwritten| typed::<$Hook>(body, overwritten, yes::$kind));
                }
            )*
            None
        }

        /// Whether a body keeps to the contract in every place.
        pub fn keeps_to_the_contract(hook: &str, body: &str) -> bool {
            let body = Bytes::copy_from_slice(body.as_bytes());
            match hook {
                $(_ if hook == <$Hook as Hook>::DESCRIPTOR.name => $Hook::from_body(body).is_ok_and(|hook| hook.check() == 0),)*
                _ => false,
            }
        }
    };
}

for_each_hook!(table);

fn typed<H: Hook + Checked>(body: &Bytes, overwritten: &[Overwritten], yes: fn() -> Answer<H>) -> Bytes {
    let hook = H::from_body(body.clone()).expect("a body is JSON");
    black_box(hook.check());
    if overwritten.is_empty() {
        return yes().into_reply(&hook, &contract().sender).body;
    }
    let mut changes = Changes::new();
    for member in overwritten {
        changes.set(member.name, |json| {
            json.push('"');
            json.push_str(&member.text);
            json.push('"');
        });
    }
    splice(hook.body(), H::DESCRIPTOR.members, hook.member_spans(), &changes)
}

/// How many violations a hook has.
trait Checked {
    fn check(&self) -> usize;
}

macro_rules! checked {
    ($($name:ident: $Hook:ident, $kind:ident;)*) => {
        $(
            impl Checked for $Hook {
                fn check(&self) -> usize {
                    self.violations().len()
                }
            }
        )*
    };
}

for_each_hook!(checked);

/// A plain yes to each type of hook.
mod yes {
    use super::{Answer, Deniable, EventHook};

    pub fn connect<H: Deniable>() -> Answer<H> {
        Answer::accept()
    }

    pub fn direct<H: Deniable>() -> Answer<H> {
        Answer::accept()
    }

    pub fn incoming<H: Deniable>() -> Answer<H> {
        Answer::accept()
    }

    pub fn event<H: EventHook>() -> Answer<H> {
        Answer::acknowledge()
    }
}
