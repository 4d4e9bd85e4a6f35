"""What the published document says of each hook besides the shape of its bodies."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENT: dict[str, Any] = json.loads(Path(__file__).with_name("openapi-3.0.json").read_text(encoding="utf-8"))
# Keys of the document's own are called x-NAME-…, after the contract.
_OWN = next(key for item in DOCUMENT["paths"].values() for key in item["post"] if re.fullmatch("x-.+-dispatch", key))
OWN = _OWN.removesuffix("dispatch")
SCHEMAS: dict[str, dict[str, Any]] = DOCUMENT["components"]["schemas"]


@dataclass(frozen=True)
class HookInfo:
    """A hook."""

    name: str
    aliases: tuple[str, ...]
    """Other spellings of the path."""
    request: str
    """The model of what arrives."""
    answer: str
    """The model of what can be answered."""
    overwritable: frozenset[str]
    """Members that an answer may replace or bring."""


def _hook(path: str, operation: dict[str, Any]) -> HookInfo:
    def model(body: dict[str, Any]) -> str:
        return body["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]

    return HookInfo(
        name=path.removeprefix("/"),
        aliases=tuple(operation[OWN + "dispatch"]["aliases"]),
        request=model(operation["requestBody"]),
        answer=model(operation["responses"]["200"]),
        overwritable=frozenset(operation[OWN + "overwritable"]),
    )


HOOKS = tuple(_hook(path, item["post"]) for path, item in DOCUMENT["paths"].items())
SPELLINGS = {spelling: hook for hook in HOOKS for spelling in (hook.name, *hook.aliases)}


def member(model: str, name: str) -> dict[str, Any]:
    """The schema of a member, empty if the contract does not know it."""
    return SCHEMAS.get(model, {}).get("properties", {}).get(name, {})


def spellings(model: str) -> dict[str, str]:
    """Other spellings of a model's members, each with the member that it stands for."""
    properties = SCHEMAS.get(model, {}).get("properties", {})
    return {alias: name for name, schema in properties.items() for alias in schema.get(OWN + "aliases", {})}
