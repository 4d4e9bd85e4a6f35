// Small backends in other languages, each held against the contract by `wcs conform`; scores and findings are pinned.
//
//   node conform.mjs WCS SCHEMA FASTAPI EXPRESS
//
// WCS is the program, SCHEMA the contract; FASTAPI and EXPRESS are folders in which those examples were installed.
// UPDATE=1 rewrites the expectations; read the difference before you commit it.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const here = fileURLToPath(new URL(".", import.meta.url));
const [wcs, schema, fastapi, express] = process.argv.slice(2);

// What the examples want: a token, and a key that requests are signed with.
const examples = { HOOK_TOKENS: "abc", HOOK_SECRET: "the key" };
const asked = ["--sign", "the key", "--set", 'custom={"token":"abc"}'];
const backends = [
  { name: "echo", run: (port) => ["node", "echo.mjs", port] },
  { name: "objects", run: (port) => ["node", "objects.mjs", port] },
  { name: "static", run: (port) => ["python3", "static.py", port] },
  { name: "arrays", run: (port) => ["php", "-S", `127.0.0.1:${port}`, "arrays.php"] },
  { name: "fastapi", run: (port) => [".venv/bin/uvicorn", "main:app", "--port", port], folder: fastapi, env: examples, asked },
  { name: "express", run: () => ["node", "dist/main.js"], folder: express, env: examples, asked },
];

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });

/** Runs `wcs conform` until the backend is there. */
async function conform(port, more) {
  for (let tries = 0; tries < 100; tries += 1) {
    const args = ["conform", `127.0.0.1:${port}`, "--schema", schema, "--format", "json", ...more];
    const { status, stdout, stderr } = spawnSync(wcs, args, { encoding: "utf8", maxBuffer: 1 << 26 });
    if (status !== 2) return { status, report: JSON.parse(stdout) };
    if (!stderr.includes("there is no backend")) throw new Error(stderr);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nobody listens on port ${port}`);
}

/** Scores by area, and what was found where. */
function summary({ status, report }) {
  const shown = ({ percent }) => (percent === null ? "-" : `${percent} %`);
  const row = (name, scores) => `${name.padEnd(12)}${shown(scores.required).padStart(8)}${shown(scores.advice).padStart(8)}`;
  const lines = [`exit code ${status}`, `${"".padEnd(12)}required  advice`];
  lines.push(...report.areas.map((area) => row(area.area, area)), row("all", report.score));
  for (const { demand, code, check, cases, message, hooks, help } of report.findings) {
    const where = hooks.length > 5 ? `${hooks.length} hooks` : hooks.join(" ");
    lines.push("", `${demand}[${code}] ${check}: ${message}`, `  met ${cases} times: ${where}`, `  help: ${help}`);
  }
  return `${lines.join("\n")}\n`;
}

let wrong = 0;
for (const { name, run, folder = here, env = {}, asked = [] } of backends) {
  const port = await freePort();
  const [program, ...args] = run(port);
  const backend = spawn(program, args, { cwd: folder, env: { ...process.env, PORT: port, ...env }, stdio: "ignore" });
  let found;
  try {
    found = summary(await conform(port, asked));
  } finally {
    backend.kill();
  }
  const file = join(here, "expected", `${name}.txt`);
  if (process.env.UPDATE === "1") {
    writeFileSync(file, found);
  } else if (found !== readFileSync(file, "utf8")) {
    wrong += 1;
    console.error(`${name}: expected\n${readFileSync(file, "utf8")}\nfound\n${found}`);
  }
}

// The examples start with a key that somebody means and with no other.
const keyFile = join(mkdtempSync(join(tmpdir(), "keys-")), "key");
const keys = [
  [{ HOOK_SECRET: "" }, "HOOK_SECRET is empty"],
  [{ HOOK_SECRET: " key" }, "the key in HOOK_SECRET has white space at an end"],
  [{ HOOK_SECRET: "one\ntwo" }, "HOOK_SECRET has several lines"],
  [{ HOOK_SECRET: "key", HOOK_SECRET_FILE: keyFile }, "HOOK_SECRET and HOOK_SECRET_FILE are both set"],
  [{ HOOK_SECRET_FILE: "" }, "HOOK_SECRET_FILE is set but empty"],
  [{ HOOK_SECRET_FILE: `${keyFile}.absent` }, `${keyFile}.absent`],
  [{ HOOK_SECRET_FILE: keyFile }, "of HOOK_SECRET_FILE is empty", "\n"],
  [{ HOOK_SECRET_FILE: keyFile }, "of HOOK_SECRET_FILE has white space at an end", "key \n"],
  [{ HOOK_SECRET_FILE: keyFile }, undefined, "key\r\n"],
  [{ HOOK_SECRET: "key\n" }, undefined],
  [{}, undefined],
];
const readers = [
  { program: [".venv/bin/python", "-c", "import main"], folder: fastapi },
  { program: ["node", "--input-type=module", "-e", 'import("./dist/secret.js").then((key) => key.fromEnvironment())'], folder: express },
];
for (const { program: [command, ...args], folder } of readers) {
  for (const [env, words, text = ""] of keys) {
    writeFileSync(keyFile, text);
    const { status, stderr } = spawnSync(command, args, { cwd: folder, env: { ...process.env, ...env }, encoding: "utf8" });
    if (words === undefined ? status === 0 : status !== 0 && stderr.includes(words)) continue;
    wrong += 1;
    console.error(`${command} with ${JSON.stringify(env)} and ${JSON.stringify(text)}: status ${status}\n${stderr}`);
  }
}
console.log(`${backends.length} backends, ${keys.length} settings of keys in ${readers.length} languages`);
process.exitCode = wrong > 0 ? 1 : 0;
