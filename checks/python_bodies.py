"""Reads every body with the models of the generated Python client and by the generated FastAPI server.

Usage: python_bodies.py BODIES CLIENT SERVER
"""

import asyncio
import importlib
import inspect
import json
import pkgutil
import sys

import httpx


def without_nulls(body: dict) -> dict:
    """The models write null for members that were absent, which says the same."""
    return {name: value for name, value in body.items() if value is not None}


def client(bodies: list[dict], folder: str) -> list[str]:
    """What does not survive the client's models, there and back."""
    sys.path.insert(0, folder)
    models = importlib.import_module("openapi_client.models")
    failures = []
    for entry in bodies:
        body = entry["body"]
        try:
            back = getattr(models, entry["model"]).from_dict(body).to_dict()
        except Exception as error:  # Whatever it is, it is a body that could not be read.
            failures.append(f"client: {entry['file']}: {type(error).__name__}: {error}")
            continue
        if without_nulls(back) != without_nulls(body):
            failures.append(f"client: {entry['file']}: came back as {json.dumps(back)}")
    return failures


def implement(apis: str) -> None:
    """A server in which every hook is answered with what was received."""
    package = importlib.import_module(apis)
    for module in pkgutil.iter_modules(package.__path__, f"{apis}."):
        if not module.name.endswith("_base"):
            continue
        for name, base in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if not name.startswith("Base") or base.__module__ != module.name:
                continue

            def echo(method):
                async def answer(self, request):
                    return without_nulls(request.to_dict())

                answer.__name__ = method
                return answer

            methods = [method for method, _ in inspect.getmembers(base, inspect.iscoroutinefunction)]
            type(name.removeprefix("Base"), (base,), {method: echo(method) for method in methods})


async def server(bodies: list[dict], folder: str) -> list[str]:
    """What the generated server does not accept or does not return."""
    sys.path.insert(0, f"{folder}/src")
    implement("openapi_server.apis")
    app = importlib.import_module("openapi_server.main").app
    security = importlib.import_module("openapi_server.security_api")
    # The signature is optional in the document; the generated code asks for it all the same.
    for name, function in inspect.getmembers(security, inspect.isfunction):
        if name.startswith("get_token"):
            app.dependency_overrides[function] = lambda: None
    failures = []
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://backend") as http:
        for entry in bodies:
            if entry["side"] != "request":
                continue
            reply = await http.post(entry["path"], json=entry["body"])
            if reply.status_code != 200:
                failures.append(f"server: {entry['file']}: {reply.status_code} {reply.text}")
                continue
            if without_nulls(reply.json()) != without_nulls(entry["body"]):
                failures.append(f"server: {entry['file']}: came back as {reply.text}")
    return failures


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        bodies = json.load(file)
    failures = client(bodies, sys.argv[2]) + asyncio.run(server(bodies, sys.argv[3]))
    for failure in failures:
        print(failure, file=sys.stderr)
    if failures:
        sys.exit(1)
    print(f"{len(bodies)} bodies read by the client, the requests among them by the server")


main()
