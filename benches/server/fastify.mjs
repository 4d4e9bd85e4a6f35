// Fastify: the body is parsed and written again. `node fastify.mjs PORT`
import fastify from "fastify";
const app = fastify({ bodyLimit: 1 << 20 });
app.post("/apps/bench/:hook", async (request) => request.body);
await app.listen({ port: Number(process.argv[2]), host: "127.0.0.1" });
console.log("listening");
