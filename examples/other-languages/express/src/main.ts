// HOOK_TOKENS=abc,def PORT=8081 npm start
//
// HOOK_TOKENS       tokens that clients may connect with, with commas between them
// HOOK_SECRET       the key with which the media server signs its requests, if it does
// HOOK_SECRET_FILE  the path of a file with that key
import { backend } from "./backend.js";
import { fromEnvironment } from "./secret.js";

const tokens = new Set((process.env["HOOK_TOKENS"] ?? "").split(",").map((token) => token.trim()).filter((token) => token !== ""));
const port = Number(process.env["PORT"] || 8081);
backend(tokens, { secret: fromEnvironment(), log: console.log }).listen(port, "127.0.0.1", (error) => {
  if (error) throw error;
  console.log(`listening on http://127.0.0.1:${port}/apps/EchoApp`);
});
