// An Express router that takes every hook, and the two answers that there are.
import { createHmac, timingSafeEqual } from "node:crypto";

import express, { type Request, type Response, type Router } from "express";

import { Malformed, overwritten, parse } from "./echo.js";
import { ANSWERS, HOOKS, HOOK_SPELLINGS, type HookName, type Hooks } from "./hooks.js";
import { read, type Reading } from "./reading.js";
import { checked as checkedSecret } from "./secret.js";

/** Yes, with what it changes; or no, with a reason for the log. */
export type Decision<Name extends HookName> = { accept: Hooks[Name]["answer"] | "unchanged" } | { deny: string };

/** What decides about a hook. */
export type Handler<Name extends HookName> = (
  hook: Reading<Hooks[Name]["request"]>,
  unknown: readonly string[],
) => Decision<Name> | Promise<Decision<Name>>;

/** The functions of a backend. What has none is accepted. */
export type Handlers = { [Name in HookName]?: Handler<Name> };

export interface Options {
  /** The key with which the sender signs its requests, if it does. One that can't be meant, such as "", is refused. */
  secret?: string | undefined;
  log?: (line: string, ...details: unknown[]) => void;
}

/** A router for `app.use("/apps/EchoApp", …)`. */
export function receiver(handlers: Handlers, { secret, log = console.log }: Options = {}): Router {
  if (secret !== undefined) checkedSecret(secret, "`secret`");
  const router = express.Router({ caseSensitive: true });
  // Whatever the header says, the body is taken as the bytes that came.
  router.use(express.raw({ type: () => true, limit: "1mb" }));
  router.post("/:spelling", async (request: Request<{ spelling: string }>, response: Response) => {
    const bytes: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (secret !== undefined && !signed(request.get("authorization") ?? "", bytes, secret)) {
      log("a request with a wrong or missing signature was refused");
      return void response.sendStatus(403);
    }
    const yes = (body: Buffer): void => void response.type(ANSWERS.contentType).status(ANSWERS.accept).send(body);
    try {
      const { text, values } = parse(bytes);
      const name = HOOK_SPELLINGS.get(request.params.spelling);
      if (name === undefined) {
        log("a hook that the contract does not know was accepted");
        return yes(bytes);
      }
      const decision = await decide(name, handlers, values, log);
      if ("deny" in decision) return void response.sendStatus(ANSWERS.deny);
      if (decision.accept === "unchanged") return yes(bytes);
      const changes = checked(name, decision.accept);
      yes(Buffer.from(overwritten(text, changes, HOOKS[name].spellings)));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      log(`${request.params.spelling}: ${error.message}`);
      response.sendStatus(400);
    }
  });
  return router;
}

async function decide<Name extends HookName>(
  name: Name,
  handlers: Handlers,
  values: { [member: string]: unknown },
  log: NonNullable<Options["log"]>,
): Promise<Decision<Name>> {
  const { hook, unknown } = read(name, values);
  if (unknown.length > 0) log(`${name} has members that the contract does not know:`, unknown);
  const handler: Handler<Name> | undefined = handlers[name];
  const decision = handler ? await handler(hook, unknown) : { accept: "unchanged" as const };
  if ("deny" in decision) log(`${name} denied, ${decision.deny}:`, hook);
  return decision;
}

/** The compiler has checked what an answer changes; this finds what got past it. */
function checked(name: HookName, changes: object): { [member: string]: unknown } {
  const overwritable: readonly string[] = HOOKS[name].overwritable;
  const wrong = Object.keys(changes).filter((member) => !overwritable.includes(member));
  if (wrong.length > 0) throw new TypeError(`an answer to ${name} can't change ${wrong.join(", ")}`);
  return { ...changes };
}

/** Whether the header is the word `WCS` and the HMAC-MD5 of the body's bytes. */
function signed(header: string, body: Buffer, secret: string): boolean {
  const expected = Buffer.from(`WCS ${createHmac("md5", secret).update(body).digest("hex")}`);
  const got = Buffer.from(header);
  return got.length === expected.length && timingSafeEqual(got, expected);
}
