// Leaves out `additionalProperties: true` beside `properties`, which says nothing that its absence does not say: the
// python-fastapi target makes classes of it that can't be imported. Usage: node loosen.mjs OPENAPI OUT
import { readFileSync, writeFileSync } from "node:fs";

const [openapi, out] = process.argv.slice(2);
const document = JSON.parse(readFileSync(openapi, "utf8"), (_, value) => {
  if (value?.properties && value.additionalProperties === true) delete value.additionalProperties;
  return value;
});
writeFileSync(out, JSON.stringify(document));
