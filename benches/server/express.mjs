// Express: the body is parsed and written again. `node express.mjs PORT`
import express from "express";
const app = express();
app.use(express.json({ limit: "1mb" }));
app.post("/apps/bench/:hook", (request, response) => response.json(request.body));
app.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("listening"));
