//! JSON text to and from any format of serde, without a tree in between: numbers, order and repeated keys stay.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::json::{self, unescape_key, write_str};

/// Writes the members of a body as a map.
pub(crate) fn object<S: Serializer>(body: &str, format: S) -> Result<S::Ok, S::Error> {
    let entries = json::entries(body);
    let mut map = format.serialize_map(Some(entries.len()))?;
    for (key, value) in entries {
        map.serialize_entry(&*unescape_key(key), &Text(value))?;
    }
    map.end()
}

/// Valid JSON text, written as what it says.
struct Text<'a>(&'a str);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, format: S) -> Result<S::Ok, S::Error> {
        let text = self.0;
        match text.as_bytes().first() {
            Some(b'{') => object(text, format),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(S::Error::custom)?;
                format.collect_seq(items.into_iter().map(|item| Text(item.get())))
            }
            Some(b'"') => match serde_json::from_str::<String>(text) {
                Ok(string) => format.serialize_str(&string),
                Err(_) => Err(S::Error::custom("a string has half of a surrogate pair, so it is no text")),
            },
            Some(b't' | b'f') => format.serialize_bool(text == "true"),
            Some(b'n') | None => format.serialize_unit(),
            Some(_) => number(text, format),
        }
    }
}

fn number<S: Serializer>(text: &str, format: S) -> Result<S::Ok, S::Error> {
    if text == "-0" {
        return format.serialize_f64(-0.0);
    }
    if let Ok(number) = text.parse::<u64>() {
        return format.serialize_u64(number);
    }
    if let Ok(number) = text.parse::<i64>() {
        return format.serialize_i64(number);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => format.serialize_f64(number),
        _ => Err(S::Error::custom("a number is too large for a float")),
    }
}

/// Reads a self-describing format as JSON text.
pub(crate) fn to_json<'de, D: Deserializer<'de>>(format: D) -> Result<String, D::Error> {
    let mut json = String::new();
    ToText { json: &mut json, depth: json::DEPTH_LIMIT }.deserialize(format)?;
    Ok(json)
}

struct ToText<'t> {
    json: &'t mut String,
    depth: usize,
}

impl ToText<'_> {
    fn deeper<E: serde::de::Error>(&mut self) -> Result<ToText<'_>, E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom("nested too deep"))?;
        Ok(ToText { json: self.json, depth })
    }

    fn text<E>(self, text: &str) -> Result<(), E> {
        self.json.push_str(text);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for ToText<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, format: D) -> Result<(), D::Error> {
        format.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ToText<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can say")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.text(if value { "true" } else { "false" })
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.text(&value.to_string())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.text(&value.to_string())
    }

    fn visit_i128<E>(self, value: i128) -> Result<(), E> {
        self.text(&value.to_string())
    }

    fn visit_u128<E>(self, value: u128) -> Result<(), E> {
        self.text(&value.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<(), E> {
        if !value.is_finite() {
            return Err(E::custom("JSON has no infinity and no NaN"));
        }
        let text = serde_json::to_string(&value).map_err(E::custom)?;
        self.text(&text)
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        write_str(value, self.json);
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.text("null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.text("null")
    }

    fn visit_some<D: Deserializer<'de>>(self, format: D) -> Result<(), D::Error> {
        format.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, format: D) -> Result<(), D::Error> {
        format.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.json.push('[');
        let empty = self.json.len();
        loop {
            let before = self.json.len();
            if before > empty {
                self.json.push(',');
            }
            if items.next_element_seed(self.deeper()?)?.is_none() {
                self.json.truncate(before);
                break;
            }
        }
        self.json.push(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        self.json.push('{');
        let empty = self.json.len();
        while let Some(key) = entries.next_key::<KeyText>()? {
            if self.json.len() > empty {
                self.json.push(',');
            }
            write_str(&key.0, self.json);
            self.json.push(':');
            entries.next_value_seed(self.deeper()?)?;
        }
        self.json.push('}');
        Ok(())
    }
}

struct KeyText(String);

impl<'de> Deserialize<'de> for KeyText {
    fn deserialize<D: Deserializer<'de>>(format: D) -> Result<Self, D::Error> {
        String::deserialize(format).map(Self).map_err(|_| D::Error::custom("the names of members must be text"))
    }
}
