"""Posts every test vector to the receiver over a loopback port and compares what it reads and answers.

Usage: python vectors.py [VECTORS]; the default is vectors.json beside this file. Exits with 1 if anything differs.
"""

import http.client
import json
import logging
import math
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

import contract
import models
from backend import BASES
from reading import Hook
from receiver import Accept, Answer, Deny, Receiver

BASE = BASES[0]


class Judge:
    """Decides as the vector at hand says, and keeps what was read."""

    def __init__(self) -> None:
        self.vector: dict[str, Any] = {}
        self.hook: Hook | None = None

    def app(self) -> FastAPI:
        receiver = Receiver()
        for info in contract.HOOKS:
            answer: type[Hook] = getattr(models, info.answer)

            async def decide(hook: Hook, answer: type[Hook] = answer) -> Answer:
                self.hook = hook
                if reason := self.vector.get("deny"):
                    return Deny(reason)
                changes = self.vector.get("overwrite")
                return Accept(answer.model_validate(changes) if changes else None)

            receiver.on(getattr(models, info.request))(decide)
        app = FastAPI(openapi_url=None)
        app.include_router(receiver.router, prefix=BASE)
        return app


@contextmanager
def served(app: FastAPI) -> Iterator[http.client.HTTPConnection]:
    """The app on a free port of the loopback interface."""
    # Without the protocol's number asyncio would not switch off Nagle's delay.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        connection = http.client.HTTPConnection(*listener.getsockname(), timeout=10)
        try:
            yield connection
        finally:
            connection.close()
            server.should_exit = True
            thread.join()


def post(connection: http.client.HTTPConnection, path: str, body: bytes) -> tuple[int, bytes]:
    connection.request("POST", f"{BASE}/{path}", body, {"content-type": "application/json"})
    response = connection.getresponse()
    return response.status, response.read()


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; to Python true is 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or (isinstance(one, float) and isinstance(other, float) and math.isnan(one) and math.isnan(other))


def differences(judge: Judge, vector: dict[str, Any], status: int, answer: bytes) -> Iterator[str]:
    """What is not as the vector says."""
    expected, sent = vector["answer"], body_of(vector)
    if status != expected["status"]:
        yield f"status {status} instead of {expected['status']}"
        return
    if "reading" in vector:
        if judge.hook is None:
            yield "nothing was read"
            return
        if not same(judge.hook.reading(), vector["reading"]):
            yield f"read as {judge.hook.reading()} instead of {vector['reading']}"
        if sorted(judge.hook.model_extra or {}) != sorted(vector["unknown"]):
            yield f"unknown are {sorted(judge.hook.model_extra or {})} instead of {vector['unknown']}"
    if expected.get("echo") and answer != sent:
        yield f"answered {answer!r} instead of what was sent"
    if "body" in expected and not same(parsed(answer), expected["body"]):
        yield f"answered {answer!r} instead of {expected['body']}"


def parsed(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except ValueError:
        return None


def body_of(vector: dict[str, Any]) -> bytes:
    return bytes.fromhex(vector["body_hex"]) if "body_hex" in vector else vector["body"].encode()


def run_vectors(file: Path) -> tuple[int, list[str]]:
    """The number of vectors and all differences."""
    judge, count, failures = Judge(), 0, []
    with served(judge.app()) as connection:
        for hook in json.loads(file.read_text(encoding="utf-8"))["hooks"]:
            for judge.vector in hook["vectors"]:
                judge.hook = None
                status, answer = post(connection, judge.vector["path"], body_of(judge.vector))
                found = differences(judge, judge.vector, status, answer)
                failures += [f"{judge.vector['id']}: {difference}" for difference in found]
                count += 1
    return count, failures


def run_backend(file: Path) -> list[str]:
    """What the backend itself does not accept as it is: a body of each hook, and one that nobody knows yet."""
    from main import app, receiver

    failures = []
    if not any(receiver.handles(getattr(models, info.request)) for info in contract.HOOKS):
        failures.append("no handler is registered")
    with served(app) as connection:
        for hook in json.loads(file.read_text(encoding="utf-8"))["hooks"]:
            # True of the stubs. Once a handler says no to its body, say so here.
            vector = hook["vectors"][0]
            status, answer = post(connection, vector["path"], body_of(vector))
            sent, got = parsed(body_of(vector)), parsed(answer)
            kept = isinstance(got, dict) and all(name in got and same(got[name], value) for name, value in sent.items())
            if status != 200 or not kept:
                failures.append(f"{vector['path']}: answered {status} {answer!r}")
        later = b'{"later":12345678901234567890.10}'
        if post(connection, "aHookOfALaterRelease", later) != (200, later):
            failures.append("a hook of a later release is not accepted as it is")
    return failures


def main() -> None:
    logging.getLogger("receiver").setLevel(logging.CRITICAL)
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("vectors.json")
    count, failures = run_vectors(file)
    failures += run_backend(file)
    for failure in failures:
        print(failure, file=sys.stderr)
    if failures or count == 0:
        sys.exit(f"{len(failures)} differences in {count} vectors")
    print(f"{count} vectors and a body of each hook answered right")


main()
