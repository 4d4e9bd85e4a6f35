// The key with which the sender signs: what it must be, and where the backend's operator puts it.
import { readFileSync } from "node:fs";

/** The key in `HOOK_SECRET`, or in the file that `HOOK_SECRET_FILE` names, without line ends; undefined without both. */
export function fromEnvironment(): string | undefined {
  const { HOOK_SECRET: secret, HOOK_SECRET_FILE: path } = process.env;
  if (secret !== undefined && path !== undefined) {
    throw new Error("HOOK_SECRET and HOOK_SECRET_FILE are both set: unset one of them");
  }
  if (path !== undefined) {
    if (path === "") throw new Error("HOOK_SECRET_FILE is set but empty: write the path of a file with the key, or unset it");
    return checked(withoutLineEnds(readFileSync(path, "utf8")), `the file ${path} of HOOK_SECRET_FILE`);
  }
  return secret === undefined ? undefined : checked(withoutLineEnds(secret), "HOOK_SECRET");
}

/** A key that somebody means. With an empty one, anybody could sign. */
export function checked(secret: string, place: string): string {
  if (secret === "") throw new Error(`${place} is empty: write the key that the sender signs with, or leave it out`);
  if (secret !== secret.trim()) {
    throw new Error(`the key in ${place} has white space at an end: write it as the sender is configured with it`);
  }
  if (/[\r\n]/.test(secret)) throw new Error(`${place} has several lines: write one key`);
  return secret;
}

function withoutLineEnds(text: string): string {
  return text.replace(/^[\r\n]+|[\r\n]+$/g, "");
}
