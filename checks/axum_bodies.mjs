// Writes a test into the generated rust-axum crate that reads every body with its models, there and back.
// Usage: node axum_bodies.mjs BODIES CRATE
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [bodiesFile, crate] = process.argv.slice(2);
const bodies = JSON.parse(readFileSync(bodiesFile, "utf8"));
const manifest = readFileSync(join(crate, "Cargo.toml"), "utf8");
if (!manifest.includes("[workspace]")) appendFileSync(join(crate, "Cargo.toml"), "\n[workspace]\n");
const raw = (text) => `r####"${text}"####`;
const lines = bodies.map(
  ({ file, model, body }) => `    read::<openapi::models::${model}>(${raw(file)}, ${raw(JSON.stringify(body))});`,
);
mkdirSync(join(crate, "tests"), { recursive: true });
writeFileSync(
  join(crate, "tests", "bodies.rs"),
  `use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Known members come back as they were; others may be lost.
fn read<T: Serialize + DeserializeOwned>(file: &str, text: &str) {
    let model: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let sent: Value = serde_json::from_str(text).unwrap();
    let back = serde_json::to_value(&model).unwrap();
    for (name, value) in back.as_object().unwrap() {
        assert_eq!(sent.get(name), Some(value), "{file}: {name}");
    }
    assert!(!back.as_object().unwrap().is_empty() || sent.as_object().unwrap().is_empty(), "{file}: nothing was read");
}

#[test]
fn every_body() {
${lines.join("\n")}
}
`,
);
console.log(`${bodies.length} bodies`);
