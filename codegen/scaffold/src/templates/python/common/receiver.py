"""A FastAPI router that takes every hook, and the two answers that there are.

    receiver = Receiver()

    @receiver.on(CallRequest)
    async def call(hook: CallRequest) -> Answer:
        return Deny("no calls today")

    app.include_router(receiver.router, prefix="/apps/EchoApp")
"""

import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response

import contract
import models
from echo import Malformed, overwritten, parse
from reading import Hook
from secret import checked

log = logging.getLogger("receiver")
MAX_BODY = 1024 * 1024
T = TypeVar("T", bound=Hook)


@dataclass(frozen=True)
class Accept:
    """Yes. Without changes the answer is the request, byte for byte."""

    changes: Hook | None = None


@dataclass(frozen=True)
class Deny:
    """No. The reason is for the log; the sender looks at the status only."""

    reason: str


Answer = Accept | Deny
Handler = Callable[[Any], Awaitable[Answer]]


class Receiver:
    """Takes hooks and asks the backend's functions about them. What has no function is accepted."""

    def __init__(self, secret: str | None = None) -> None:
        """`secret` is the key with which the sender signs, if it does. ValueError if it can't be one."""
        self._secret = None if secret is None else checked(secret, "`secret`")
        self._handlers: dict[type[Hook], Handler] = {}
        self.router = APIRouter()
        self.router.add_api_route("/{spelling}", self._receive, methods=["POST"])

    def on(self, model: type[T]) -> Callable[[Callable[[T], Awaitable[Answer]]], Handler]:
        """Registers the function that decides about a hook."""
        def register(handler: Callable[[T], Awaitable[Answer]]) -> Handler:
            if model in self._handlers:
                raise ValueError(f"{model.__name__} has a function already")
            self._handlers[model] = handler
            return handler

        return register

    def handles(self, model: type[Hook]) -> bool:
        """Whether a function decides about a hook."""
        return model in self._handlers

    async def _receive(self, spelling: str, request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return Response(status_code=413)
        if self._secret is not None and not _signed(request.headers.get("authorization", ""), body, self._secret):
            log.warning("a request with a wrong or missing signature was refused")
            return Response(status_code=403)
        try:
            text, values = parse(body)
        except Malformed as error:
            log.warning("%s: %s", spelling, error)
            return Response(status_code=400)
        info = contract.SPELLINGS.get(spelling)
        if info is None:
            log.warning("a hook that the contract does not know was accepted")
            return _yes(body)
        model: type[Hook] = getattr(models, info.request)
        hook = model.model_validate(values)
        if hook.model_extra:
            log.info("%s has members that the contract does not know: %s", info.name, sorted(hook.model_extra))
        handler = self._handlers.get(model)
        answer = await handler(hook) if handler else Accept()
        if isinstance(answer, Deny):
            log.info("%s denied, %s: %r", info.name, answer.reason, hook)
            return Response(status_code=403)
        if answer.changes is None:
            return _yes(body)
        return _yes(overwritten(text, _checked(info, answer.changes), contract.spellings(info.request)).encode())


def _yes(body: bytes) -> Response:
    return Response(body, media_type="application/json")


async def _read(request: Request) -> bytes | None:
    """The body, unless it is too long."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _signed(header: str, body: bytes, secret: str) -> bool:
    """Whether the header is the word `WCS` and the HMAC-MD5 of the body's bytes."""
    digest = hmac.new(secret.encode(), body, "md5").hexdigest()
    return hmac.compare_digest(header.encode(), f"WCS {digest}".encode())


def _checked(info: contract.HookInfo, changes: Hook) -> dict[str, Any]:
    """What an answer changes. Reading is lenient, answering is not: a mistake here is the backend's own."""
    if type(changes).__name__ != info.answer:
        raise TypeError(f"{info.name} is answered with {info.answer}, not with {type(changes).__name__}")
    written = changes.reading()
    wrong = [*(changes.model_extra or {}), *(name for name in written if name not in info.overwritable)]
    if wrong:
        raise TypeError(f"an answer to {info.name} can't change {wrong}")
    mistyped = [name for name, value in written.items() if value is None]
    if mistyped:
        raise TypeError(f"values of the wrong type in an answer to {info.name}: {mistyped}")
    return written
