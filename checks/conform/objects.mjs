// An echo by way of objects, and a decision that has no effect because no policy says that it has.
import { createServer } from "node:http";

const server = createServer((request, response) => {
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (chunk) => (text += chunk));
  request.on("end", () => {
    const send = (status, body) => {
      response.writeHead(status, { "Content-Type": "application/json" });
      response.end(JSON.stringify(body));
    };
    let hook;
    try {
      hook = JSON.parse(text);
    } catch {
      return send(400, {});
    }
    if (request.url.endsWith("/publishStream")) return send(403, {});
    if (request.url.endsWith("/call")) return send(200, { ...hook, callee: "100" });
    send(200, hook);
  });
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
