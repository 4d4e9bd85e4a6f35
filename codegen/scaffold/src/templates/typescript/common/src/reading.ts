// What a body says, whatever a sender of any release has written: nothing is refused.
//
// - A value of another type than the contract says reads as null.
// - Another spelling of a member or of a value reads as the proper one.
// - Members that the contract does not know are listed by name; they stay in the body, which the answer returns.
// - What is sensitive does not appear in logs: console.log and JSON.stringify show a reading with `***` for it.
import { inspect } from "node:util";

import { proper } from "./echo.js";
import { HOOKS, type HookName, type Hooks, TYPES } from "./hooks.js";

/** A body of which nothing is certain: even what every known release sends may be missing or of another type. */
export type Reading<T> = { readonly [Member in keyof T]?: T[Member] | null };

/** What is known of a hook's body or of a record in it. */
interface Facts {
  readonly members: { readonly [name: string]: string };
  readonly spellings: { readonly [other: string]: string };
  readonly sensitive: readonly string[];
}

type Named = { kind: "enum"; spellings: Facts["spellings"] } | ({ kind: "record" } & Facts);

const types: { readonly [name: string]: Named } = TYPES;

/** The known members of a body, and the names of the others. */
export function read<Name extends HookName>(
  name: Name,
  values: { readonly [member: string]: unknown },
): { hook: Reading<Hooks[Name]["request"]>; unknown: string[] } {
  const facts: Facts = HOOKS[name];
  const unknown = Object.keys(values).filter((member) => !Object.hasOwn(facts.members, proper(facts.spellings, member)));
  return { hook: record(facts, values) as Reading<Hooks[Name]["request"]>, unknown };
}

function record(facts: Facts, values: { readonly [member: string]: unknown }): object {
  const reading: { [member: string]: unknown } = {};
  for (const [spelling, value] of Object.entries(values)) {
    const name = proper(facts.spellings, spelling);
    if (Object.hasOwn(facts.members, name)) reading[name] = decode(facts.members[name] ?? "", value) ?? null;
  }
  const redacted = (): object => redact(facts, reading);
  return Object.defineProperties(reading, { toJSON: { value: redacted }, [inspect.custom]: { value: redacted } });
}

function redact(facts: Facts, reading: object): object {
  const sensitive = new Set(facts.sensitive);
  return Object.fromEntries(Object.entries(reading).map(([name, value]) => [name, sensitive.has(name) ? "***" : value]));
}

/** A value as its type says, or undefined if it is of another one. */
function decode(type: string, value: unknown): unknown {
  const inner = /^(\w+)<(.*)>$/.exec(type);
  switch (inner?.[1] ?? type) {
    case "string":
    case "list":
      return typeof value === "string" ? value : undefined;
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "int32":
      return whole(value, 2 ** 31);
    case "int64":
      return whole(value, 2 ** 63);
    case "float":
      return typeof value === "number" && Number.isFinite(value) ? value : undefined;
    case "string_or_number":
      return typeof value === "string" || (typeof value === "number" && Number.isFinite(value)) ? value : undefined;
    case "object":
      return isObject(value) ? value : undefined;
    case "array":
      return Array.isArray(value) ? all(value.map((item) => decode(inner?.[2] ?? "", item))) : undefined;
    case "map": {
      if (!isObject(value)) return undefined;
      const items = all(Object.values(value).map((item) => decode(inner?.[2] ?? "", item)));
      return items && Object.fromEntries(Object.keys(value).map((key, index) => [key, items[index]]));
    }
    default: {
      const named = types[type];
      if (named?.kind === "record") return isObject(value) ? record(named, value) : undefined;
      return named && typeof value === "string" ? proper(named.spellings, value) : undefined;
    }
  }
}

function whole(value: unknown, limit: number): number | undefined {
  return Number.isInteger(value) && Number(value) >= -limit && Number(value) < limit ? Number(value) : undefined;
}

function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function all(items: unknown[]): unknown[] | undefined {
  return items.includes(undefined) ? undefined : items;
}
