"""FastAPI on uvicorn: the body is parsed and written again. `python fastapi_server.py PORT`"""

import sys

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.post("/apps/bench/{hook}")
async def answer(hook: str, body: dict) -> dict:
    return body


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
