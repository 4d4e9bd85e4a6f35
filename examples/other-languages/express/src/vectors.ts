// Posts every test vector to the receiver over a loopback port and compares what it reads and answers.
// Usage: node dist/vectors.js [VECTORS]; the default is vectors.json in the working folder. Exits with 1 if anything differs.
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { inspect, isDeepStrictEqual } from "node:util";

import express, { type Express } from "express";

import { backend } from "./backend.js";
import { HOOK_NAMES, type HookName, HOOKS } from "./hooks.js";
import { type Decision, type Handlers, receiver } from "./receiver.js";
import { read } from "./reading.js";

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

const base = "/apps/EchoApp";
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

function json(answer: Buffer): unknown {
  try {
    return JSON.parse(answer.toString("utf8"));
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

/** What the backend of backend.ts decides wrongly. */
async function runBackend(): Promise<string[]> {
  const head = '{"nodeId":"n","appKey":"defaultApp","sessionId":"s"';
  const later = '"later":12345678901234567890.10';
  const cases: [path: string, body: string, status: number, answer?: string][] = [
    ["connect", `${head},"custom":{"token":"other"}}`, 403],
    ["connect", `${head},"custom":"abc"}`, 403],
    ["publishStream", `${head},"name":"room-1",${later}}`, 200, `${head},"name":"room-1",${later}}`],
    ["publishStream", `${head},"name":"1"}`, 403],
    ["call", `${head},"callee":"100",${later}}`, 200, `${head},"callee":"10001",${later}}`],
    ["aHookOfALaterRelease", `{${later}}`, 200, `{${later}}`],
  ];
  const failures: string[] = [];
  await served(backend(new Set(["abc"]), quiet), async (post) => {
    for (const [path, body, status, expected] of cases) {
      const got = await post(path, Buffer.from(body));
      if (got.status !== status) failures.push(`${path}: ${body}: status ${got.status} instead of ${status}`);
      if (expected !== undefined && got.answer.toString() !== expected) failures.push(`${path}: answered ${got.answer}`);
    }
    const opened = await post("connect", Buffer.from(`${head},"custom":{"token":"abc"}}`));
    const policy = (json(opened.answer) as { restClientConfig?: { call?: unknown } } | undefined)?.restClientConfig;
    if (opened.status !== 200 || !policy?.call) failures.push(`connect: the answer has no policy: ${opened.answer}`);
  });
  const { hook } = read(HOOKS.connect.name, { custom: { token: "abc" } });
  if ((inspect({ hook }) + JSON.stringify({ hook })).includes("abc")) failures.push("a log would show what is sensitive");
  return failures;
}

const { count, failures } = await runVectors(process.argv[2] ?? "vectors.json");
failures.push(...(await runBackend()));
for (const failure of failures) console.error(failure);
if (failures.length > 0 || count === 0) {
  console.error(`${failures.length} differences in ${count} vectors`);
  process.exitCode = 1;
} else {
  console.log(`${count} vectors and the backend's own decisions answered right`);
}
