// What a receiver does with hooks.ts. The compiler must accept all of it but the lines that are marked.

import type { Call, CallAnswer, Connect, ConnectAnswer, HookName, Hooks, StreamStatusEvent } from "./hooks.js";
import { ANSWERS, HOOK_NAMES, HOOK_SPELLINGS, HOOKS, StreamStatus } from "./hooks.js";

export function onCall(hook: Call): Hooks["call"]["reply"] {
  const later: unknown = hook["a member of a later release"];
  if (later === true) return {};
  // Changes alone, and the request with changes in it.
  return hook.callee === "1" ? { callee: "2" } : { ...hook, callee: "3" };
}

export function onConnect(hook: Connect): Hooks["connect"]["reply"] {
  // The client's own value may be null or absent.
  const login: string = hook.sipLogin ?? "nobody";
  return { ...hook, sipLogin: login, sipPort: 5060, restClientConfig: { call: { restOnError: "FAIL" } } };
}

/** New values of an open enum need a default. */
export function ends(hook: StreamStatusEvent): boolean {
  switch (hook.status) {
    case StreamStatus.STOPPED:
    case "FAILED":
      return true;
    case "A_VALUE_OF_A_LATER_RELEASE":
      return false;
    default:
      return false;
  }
}

type Handlers = { [N in HookName]?: (hook: Hooks[N]["request"]) => Hooks[N]["reply"] };
export const handlers: Handlers = { call: onCall, connect: onConnect, StreamStatusEvent: () => ({}) };

/** The questions among the hooks, by what they are. */
export type Question = { [N in HookName]: Hooks[N]["type"] extends "event" ? never : N }[HookName];
export const question: Question = "call";
export const overwritable: readonly ["callee", ...string[]] | readonly string[] = HOOKS.call.overwritable;
export const found: HookName | undefined = HOOK_SPELLINGS.get("sendDTMF");
export const first: HookName | undefined = HOOK_NAMES[0];
export const accepted: 200 = ANSWERS.accept;

// @ts-expect-error a member that is always sent is required
export const incomplete: Call = { appKey: "defaultApp", sessionId: "1" };
// @ts-expect-error only what an answer can change stands in it
export const misspelt: CallAnswer = { calee: "2" };
// @ts-expect-error an answer has no null
export const nothing: CallAnswer = { callee: null };
// @ts-expect-error the policy's members are known
export const policy: ConnectAnswer = { restClientConfig: { call: { restOnEror: "FAIL" } } };
// @ts-expect-error an event is no question
export const event: Question = "StreamStatusEvent";
// @ts-expect-error what the contract does not know must be looked at before it is used
export const length = (hook: Call): number => hook["later"].length;
// @ts-expect-error what may be absent must be looked at before it is used
export const upper = (hook: Call): string => hook.visibleName.toUpperCase();
