//! A mix of bodies of all hooks, in an order and with an order of members that no branch predictor learns.

use serde_json::{Map, Value};

use crate::bodies::Body;
use crate::designs::keeps_to_the_contract;

const SIZE: usize = 600;
const VECTORS: &str = include_str!("../../../generated/vectors/vectors.json");

/// Six hundred bodies: the valid test vectors of all hooks, over and over, shuffled. The same ones each time.
pub fn six_hundred() -> Vec<Body> {
    let vectors: Value = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    let mut known = Vec::new();
    for hook in vectors["hooks"].as_array().into_iter().flatten() {
        let valid = hook["vectors"].as_array().into_iter().flatten().filter(|vector| vector["class"] == "valid");
        for vector in valid {
            let text = vector["body"].as_str().expect("a vector has a body");
            // Some are valid and yet lack what is always sent. To report that would be work that no other design does.
            if !keeps_to_the_contract(hook["name"].as_str().unwrap_or_default(), text) {
                continue;
            }
            let members: Map<String, Value> = serde_json::from_str(text).expect("a valid vector is an object");
            known.push((hook["name"].as_str().expect("a hook has a name").to_owned(), members));
        }
    }
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut mix: Vec<Body> =
        known.iter().cycle().take(SIZE).map(|(hook, members)| shuffled(hook, members, &mut dice)).collect();
    dice.shuffle(&mut mix);
    mix
}

fn shuffled(hook: &str, members: &Map<String, Value>, dice: &mut Dice) -> Body {
    let mut members: Vec<_> = members.clone().into_iter().collect();
    dice.shuffle(&mut members);
    let text = Value::Object(members.into_iter().collect()).to_string();
    Body { label: "mix", hook: hook.to_owned(), text }
}

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.roll(last + 1));
        }
    }
}
