"""A backend: who may connect and publish, whom a call goes to, and a policy that makes these answers count.

    HOOK_TOKENS=abc,def uvicorn main:app --port 8081

HOOK_TOKENS       tokens that clients may connect with, with commas between them
HOOK_SECRET       the key with which the media server signs its requests, if it does
HOOK_SECRET_FILE  the path of a file with that key
"""

import logging
import os

from fastapi import FastAPI

from models import (
    CallAnswer,
    CallRequest,
    ConnectAnswer,
    ConnectRequest,
    HookPolicy,
    PublishStreamRequest,
    StreamStatusEventRequest,
)
from receiver import Accept, Answer, Deny, Receiver
from secret import from_environment

log = logging.getLogger("backend")
receiver = Receiver(from_environment())
tokens = {token.strip() for token in os.environ.get("HOOK_TOKENS", "").split(",") if token.strip()}

# Without this the media server would ask and then do as it likes.
POLICY = {
    "publishStream": HookPolicy(restOnError="FAIL"),
    "call": HookPolicy(restOnError="FAIL", restPolicy="OVERWRITE", restOverwrite="callee"),
}


@receiver.on(ConnectRequest)
async def connect(hook: ConnectRequest) -> Answer:
    if (hook.custom or {}).get("token") not in tokens:
        return Deny("unknown token")
    return Accept(ConnectAnswer(restClientConfig=POLICY))


@receiver.on(PublishStreamRequest)
async def publish_stream(hook: PublishStreamRequest) -> Answer:
    return Accept() if (hook.name or "").startswith("room-") else Deny("streams are called room-…")


@receiver.on(CallRequest)
async def call(hook: CallRequest) -> Answer:
    if hook.callee == "100":
        return Accept(CallAnswer(callee="10001"))
    return Accept()


@receiver.on(StreamStatusEventRequest)
async def stream_status(hook: StreamStatusEventRequest) -> Answer:
    log.info("stream %s of session %s: %s", hook.name, hook.sessionId, hook.status)
    return Accept()


logging.basicConfig(level=logging.INFO)
app = FastAPI(title="Media backend", openapi_url=None)
app.include_router(receiver.router, prefix="/apps/EchoApp")
app.include_router(receiver.router, prefix="/EchoApp")
