// A backend: who may connect and publish, whom a call goes to, and a policy that makes these answers count.
import express, { type Express } from "express";

import type { HookPolicy } from "./hooks.js";
import { type Handlers, type Options, receiver } from "./receiver.js";

// Without this the media server would ask and then do as it likes.
const policy: { [hook: string]: HookPolicy } = {
  publishStream: { restOnError: "FAIL" },
  call: { restOnError: "FAIL", restPolicy: "OVERWRITE", restOverwrite: "callee" },
};

/** The app. `tokens` are those that clients may connect with. */
export function backend(tokens: ReadonlySet<unknown>, options: Options = {}): Express {
  const handlers: Handlers = {
    connect: ({ custom }) => (tokens.has(custom?.["token"]) ? { accept: { restClientConfig: policy } } : { deny: "unknown token" }),
    publishStream: ({ name }) => (name?.startsWith("room-") ? { accept: "unchanged" } : { deny: "streams are called room-…" }),
    call: ({ callee }) => ({ accept: callee === "100" ? { callee: "10001" } : "unchanged" }),
    StreamStatusEvent: ({ name, sessionId, status }) => {
      options.log?.(`stream ${name} of session ${sessionId}: ${status}`);
      return { accept: "unchanged" };
    },
  };
  return express().disable("x-powered-by").use(["/apps/EchoApp", "/EchoApp"], receiver(handlers, options));
}
