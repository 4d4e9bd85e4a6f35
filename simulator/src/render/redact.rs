//! Bodies for people's eyes.

use serde_json::Value;
use wcs_contract::model::{Contract, Sensitivity};

use crate::Members;

/// A body in which members that the contract calls sensitive are hidden, and very long texts are cut.
pub(crate) fn redacted(contract: &Contract, hook: &str, members: &Members) -> Value {
    const LONGEST: usize = 2000;
    let hook = contract.find_hook(hook);
    let hidden = |name: &str| {
        let parameter = hook.and_then(|hook| hook.parameter(name));
        parameter.is_some_and(|parameter| parameter.sensitive == Sensitivity::Sensitive)
    };
    let shown = members.iter().map(|(name, value)| {
        let value = match value {
            _ if hidden(name) => Value::from("***"),
            Value::String(text) if text.len() > LONGEST => Value::from(format!("({} bytes)", text.len())),
            other => other.clone(),
        };
        (name.clone(), value)
    });
    Value::Object(shown.collect())
}
