// An answer that leaves every byte alone that it does not change. JSON.parse and JSON.stringify can't give that: they
// round numbers, merge members of the same name and move members whose names are digits.

/** The body is no JSON object in UTF-8. */
export class Malformed extends Error {}

export interface Body {
  text: string;
  values: { [member: string]: unknown };
}

/** The body as text and as values. */
export function parse(bytes: Uint8Array): Body {
  let text: string;
  let values: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    values = JSON.parse(text);
  } catch {
    throw new Malformed("the body is no JSON in UTF-8");
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new Malformed("the body is no JSON object");
  }
  return { text, values: values as Body["values"] };
}

/** The text of an object with some members replaced, or added at its end. */
export function overwritten(
  text: string,
  changes: { [member: string]: unknown },
  spellings: { readonly [other: string]: string },
): string {
  // The last one counts, whatever its spelling.
  const last = new Map(members(text).map(({ name, ...place }) => [proper(spellings, name), place]));
  const written = Object.entries(changes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, json: JSON.stringify(value), place: last.get(name) }));
  const replaced = written.flatMap(({ json, place }) => (place ? [{ json, ...place }] : []));
  let result = "";
  let position = 0;
  for (const { start, end, json } of replaced.sort((one, other) => one.start - other.start)) {
    result += text.slice(position, start) + json;
    position = end;
  }
  const brace = text.lastIndexOf("}");
  const added = written.filter(({ place }) => !place).map(({ name, json }) => `${JSON.stringify(name)}:${json}`);
  const comma = added.length > 0 && last.size > 0 ? "," : "";
  return result + text.slice(position, brace) + comma + added.join(",") + text.slice(brace);
}

/** The name for which a spelling stands. */
export function proper(spellings: { readonly [other: string]: string }, name: string): string {
  return Object.hasOwn(spellings, name) ? (spellings[name] ?? name) : name;
}

/** Every member of an object with the place of its value. `text` has been parsed before, so nothing is checked again. */
function members(text: string): { name: string; start: number; end: number }[] {
  const found: { name: string; start: number; end: number }[] = [];
  let index = afterSpace(text, text.indexOf("{") + 1);
  while (text[index] === '"') {
    const key = afterValue(text, index);
    const start = afterSpace(text, afterSpace(text, key) + 1);
    const end = afterValue(text, start);
    found.push({ name: JSON.parse(text.slice(index, key)) as string, start, end });
    index = afterSpace(text, end);
    if (text[index] === ",") index = afterSpace(text, index + 1);
  }
  return found;
}

function afterSpace(text: string, index: number): number {
  while (" \t\n\r".includes(text.charAt(index)) && index < text.length) index += 1;
  return index;
}

function afterValue(text: string, start: number): number {
  let depth = 0;
  let index = start;
  do {
    const char = text.charAt(index);
    if (char === '"') {
      index += 1;
      while (text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
      index += 1;
    } else if (char === "{" || char === "[") {
      depth += 1;
      index += 1;
    } else if (char === "}" || char === "]") {
      depth -= 1;
      index += 1;
    } else if (depth > 0) {
      index += 1;
    } else {
      while (index < text.length && !", \t\n\r}]".includes(text.charAt(index))) index += 1;
    }
  } while (depth > 0);
  return index;
}
