// Posts every test vector to the receiver over a loopback port and compares what it reads and answers.
// Usage: node dist/test.js [VECTORS]; the default is vectors.json in the working folder. Exits with 1 if anything differs.
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { inspect, isDeepStrictEqual } from "node:util";

import express, { type Express } from "express";

import { backend, BASES } from "./backend.js";
import { handlers } from "./handlers.js";
import { ANSWERS, HOOK_NAMES, type HookName } from "./hooks.js";
import { type Decision, type Handlers, receiver } from "./receiver.js";

interface Vector {
  id: string;
  path: string;
  body?: string;
  body_hex?: string;
  deny?: string;
  overwrite?: { [member: string]: unknown };
  reading?: { [member: string]: unknown };
  unknown?: string[];
  answer: { status: number; echo?: true; body?: { [member: string]: unknown } };
}

const base = BASES[0];
const quiet = { log: () => {} };
let vector: Vector;
let seen: { hook: object; unknown: readonly string[] } | undefined;

/** Decides as the vector at hand says, and keeps what was read. */
function judge(hook: object, unknown: readonly string[]): Decision<HookName> {
  seen = { hook: { ...hook }, unknown };
  if (vector.deny !== undefined) return { deny: vector.deny };
  return { accept: (vector.overwrite as never) ?? "unchanged" };
}

async function served<T>(app: Express, use: (post: Post) => Promise<T>): Promise<T> {
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(async (path, body) => {
      const headers = { "content-type": "application/json" };
      const response = await fetch(`http://127.0.0.1:${port}${base}/${path}`, { method: "POST", headers, body });
      return { status: response.status, answer: Buffer.from(await response.arrayBuffer()) };
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

type Post = (path: string, body: Buffer) => Promise<{ status: number; answer: Buffer }>;

/** What is not as the vector says. */
function differences(sent: Buffer, status: number, answer: Buffer): string[] {
  const expected = vector.answer;
  if (status !== expected.status) return [`status ${status} instead of ${expected.status}`];
  const found: string[] = [];
  if (vector.reading) {
    if (!isDeepStrictEqual(plain(seen?.hook), vector.reading)) {
      found.push(`read as ${inspect(plain(seen?.hook))} instead of ${inspect(vector.reading)}`);
    }
    if (!isDeepStrictEqual([...(seen?.unknown ?? [])].sort(), [...(vector.unknown ?? [])].sort())) {
      found.push(`unknown are ${inspect(seen?.unknown)} instead of ${inspect(vector.unknown)}`);
    }
  }
  if (expected.echo && !answer.equals(sent)) found.push(`answered ${answer} instead of what was sent`);
  if (expected.body && !isDeepStrictEqual(json(answer), expected.body)) {
    found.push(`answered ${answer} instead of ${JSON.stringify(expected.body)}`);
  }
  return found;
}

/** Without what hides the sensitive members. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function json(answer: Buffer): { [member: string]: unknown } | undefined {
  try {
    return JSON.parse(answer.toString("utf8")) as { [member: string]: unknown };
  } catch {
    return undefined;
  }
}

async function runVectors(file: string): Promise<{ count: number; failures: string[] }> {
  const handlers: Handlers = Object.fromEntries(HOOK_NAMES.map((name) => [name, judge]));
  const hooks = (JSON.parse(readFileSync(file, "utf8")) as { hooks: { vectors: Vector[] }[] }).hooks;
  const failures: string[] = [];
  let count = 0;
  await served(express().use(base, receiver(handlers, quiet)), async (post) => {
    for (vector of hooks.flatMap((hook) => hook.vectors)) {
      seen = undefined;
      const sent = Buffer.from(vector.body_hex ?? vector.body ?? "", vector.body_hex === undefined ? "utf8" : "hex");
      const { status, answer } = await post(vector.path, sent);
      failures.push(...differences(sent, status, answer).map((difference) => `${vector.id}: ${difference}`));
      count += 1;
    }
  });
  return { count, failures };
}

/** What the backend itself does not accept as it is: a body of each hook, and one that nobody knows yet. */
async function runBackend(file: string): Promise<string[]> {
  const hooks = (JSON.parse(readFileSync(file, "utf8")) as { hooks: { vectors: Vector[] }[] }).hooks;
  const failures = Object.keys(handlers).length > 0 ? [] : ["no handler is assigned"];
  await served(backend(quiet), async (post) => {
    for (const { path, body } of hooks.flatMap((hook) => hook.vectors.slice(0, 1))) {
      // True of the stubs. Once a handler says no to its body, say so here.
      const { status, answer } = await post(path, Buffer.from(body ?? "{}"));
      const [sent, got] = [json(Buffer.from(body ?? "{}")), json(answer)];
      const kept = Object.entries(sent ?? {}).every(([member, value]) => isDeepStrictEqual(got?.[member], value));
      if (status !== ANSWERS.accept || !kept) failures.push(`${path}: answered ${status} ${answer}`);
    }
    const later = '{"later":12345678901234567890.10}';
    const { status, answer } = await post("aHookOfALaterRelease", Buffer.from(later));
    if (status !== ANSWERS.accept || answer.toString() !== later) failures.push(`a later hook: ${status} ${answer}`);
  });
  return failures;
}

const file = process.argv[2] ?? "vectors.json";
const { count, failures } = await runVectors(file);
failures.push(...(await runBackend(file)));
for (const failure of failures) console.error(failure);
if (failures.length > 0 || count === 0) {
  console.error(`${failures.length} differences in ${count} vectors`);
  process.exitCode = 1;
} else {
  console.log(`${count} vectors and a body of each hook answered right`);
}
