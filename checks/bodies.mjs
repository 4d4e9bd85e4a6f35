// Writes .work/bodies.json: every body of tests/payloads with the schema that it belongs to, as it is and with values that
// no enum lists. Usage: node bodies.mjs OPENAPI PAYLOADS OUT
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [openapi, payloads, out] = process.argv.slice(2);
const document = JSON.parse(readFileSync(openapi, "utf8"));
const later = "A_VALUE_OF_A_LATER_RELEASE";

const component = (content) => Object.values(content)[0].schema.$ref.split("/").at(-1);

/** The two schemas of a hook, by the names that generators make models of. */
function models(hook) {
  const operation = document.paths[`/${hook}`]?.post;
  if (!operation) throw new Error(`the document has no operation for ${hook}`);
  const yes = Object.entries(operation.responses).find(([status]) => status.startsWith("2"))[1];
  return { request: component(operation.requestBody.content), answer: component(yes.content) };
}

/** The property of a schema, whatever it is wrapped in. */
function parts(schema) {
  return [schema, ...["allOf", "anyOf"].flatMap((key) => schema[key] ?? [])];
}

/** A body in which every member of an open enum has a value that is not listed. */
function withLaterValues(body, model) {
  const changed = { ...body };
  let count = 0;
  for (const [name, schema] of Object.entries(document.components.schemas[model].properties)) {
    if (parts(schema).some((part) => part["x-extensible-enum"])) {
      changed[name] = later;
      count += 1;
    } else if (parts(schema).some((part) => part.items?.["x-extensible-enum"])) {
      changed[name] = [...(body[name] ?? []), later];
      count += 1;
    }
  }
  return count > 0 ? changed : undefined;
}

const bodies = [];
for (const [folder, side] of [["captured", "request"], ["derived", "request"], ["answers", "answer"]]) {
  const files = readdirSync(join(payloads, folder)).filter((file) => file.endsWith(".json")).sort();
  if (files.length === 0) throw new Error(`${folder} holds no body`);
  for (const file of files) {
    const hook = file.split(".")[0];
    const model = models(hook)[side];
    const body = JSON.parse(readFileSync(join(payloads, folder, file), "utf8"));
    const known = Object.keys(document.components.schemas[model].properties);
    const entry = { file: `${folder}/${file}`, hook, side, model, known, path: `/${hook}` };
    bodies.push({ ...entry, body });
    const grown = withLaterValues(body, model);
    if (grown) bodies.push({ ...entry, file: `${entry.file}, later values`, body: grown });
  }
}
const grown = bodies.filter((entry) => entry.file.endsWith("later values")).length;
if (grown === 0) throw new Error("no schema has an open enum");
writeFileSync(out, JSON.stringify(bodies));
console.log(`${bodies.length} bodies, ${grown} of them with values that no enum lists`);
