// Reads every body with the models of the generated TypeScript client, there and back.
// Usage: node fetch_bodies.mjs BODIES COMPILED
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";

const [bodiesFile, compiled] = process.argv.slice(2);
const models = createRequire(import.meta.url)(resolve(compiled, "index.js"));
const bodies = JSON.parse(readFileSync(bodiesFile, "utf8"));
const plain = (value) => JSON.parse(JSON.stringify(value));
const failures = [];
for (const { file, model, body } of bodies) {
  const [fromJson, toJson] = [models[`${model}FromJSON`], models[`${model}ToJSON`]];
  if (!fromJson || !toJson) {
    failures.push(`${file}: there is no model ${model}`);
    continue;
  }
  const back = plain(toJson(fromJson(body)));
  if (!isDeepStrictEqual(back, body)) failures.push(`${file}: came back as ${JSON.stringify(back)}`);
}
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exit(1);
console.log(`${bodies.length} bodies read and written`);
