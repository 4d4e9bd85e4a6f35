// Ajv over every JSON Schema and every body. Usage: node schemas.mjs SCHEMAS VECTORS BODIES
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";

const [schemas, vectors, bodiesFile] = process.argv.slice(2);
const read = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));
const failures = [];

const validator = (schema) => new Ajv2020({ strict: true, allErrors: true }).compile(schema);

const files = readdirSync(schemas).filter((file) => file.endsWith(".json")).sort();
const compiled = new Map(files.map((file) => [file, validator(read(schemas, file))]));
const bundle = read(schemas, "bundle.json");
const bundled = new Ajv2020({ strict: true }).addSchema(bundle);

const bodies = read(bodiesFile);
for (const { file, hook, side, body } of bodies) {
  for (const [name, validate] of [
    [`${hook}.${side}.json`, compiled.get(`${hook}.${side}.json`)],
    [`bundle.json#/$defs/${hook}.${side}`, bundled.getSchema(`${bundle.$id}#/$defs/${hook}.${side}`)],
  ]) {
    if (!validate) failures.push(`${name} does not exist`);
    else if (!validate(body)) failures.push(`${file} does not fit ${name}: ${bundled.errorsText(validate.errors)}`);
  }
}
// Strictness is checked too, or a schema that takes everything would pass.
for (const [file, validate] of compiled) {
  const answer = file.endsWith(".answer.json");
  if (file === "bundle.json") continue;
  if (validate([])) failures.push(`${file} takes an array`);
  if (answer && validate({ "a member of a later release": 1 })) failures.push(`${file} takes unknown members`);
}
if (!validator(read(vectors, "vectors.schema.json"))(read(vectors, "vectors.json"))) {
  failures.push("vectors.json does not fit vectors.schema.json");
}
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exit(1);
console.log(`${files.length} schemas, ${bodies.length} bodies, and the vectors`);
