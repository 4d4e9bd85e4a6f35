"""An answer that leaves every byte alone that it does not change.

A JSON library can't give that: it rounds numbers, merges members of the same name and orders escapes anew.
"""

import json
import re
from collections.abc import Iterator, Mapping
from json.decoder import scanstring
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")


class Malformed(ValueError):
    """The body is no JSON object in UTF-8."""


def _integer(digits: str) -> int | float:
    # Python refuses to make an int of more than 4300 digits; nobody needs one.
    return int(digits) if len(digits) < 400 else float(digits)


def _refuse(word: str) -> Any:
    raise Malformed(f"{word} is no JSON")


_DECODER = json.JSONDecoder(parse_int=_integer, parse_constant=_refuse)


def parse(body: bytes) -> tuple[str, dict[str, Any]]:
    """The body as text and as values."""
    try:
        text = body.decode("utf-8-sig")
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the body can't be read: {type(error).__name__}") from None
    if not isinstance(value, dict):
        raise Malformed("the body is no JSON object")
    return text, value


def overwritten(text: str, changes: Mapping[str, Any], spellings: Mapping[str, str]) -> str:
    """The text of an object with some members replaced, or added at its end. `text` has been parsed before."""
    last = {spellings.get(name, name): span for name, span in _members(text)}
    written = {name: json.dumps(value, ensure_ascii=False, separators=(",", ":")) for name, value in changes.items()}
    parts, position = [], 0
    for (start, end), new in sorted((last[name], new) for name, new in written.items() if name in last):
        parts += [text[position:start], new]
        position = end
    brace = text.rindex("}")
    added = ",".join(f"{json.dumps(name)}:{new}" for name, new in written.items() if name not in last)
    comma = "," if added and last else ""
    return "".join([*parts, text[position:brace], comma, added, text[brace:]])


def _members(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every member of the object with the place of its value."""
    def after_space(index: int) -> int:
        return _SPACE.match(text, index).end()  # type: ignore[union-attr]

    index = after_space(text.index("{") + 1)
    while text[index] != "}":
        name, index = scanstring(text, index + 1)
        start = after_space(after_space(index) + 1)
        _, end = _DECODER.raw_decode(text, start)
        yield name, (start, end)
        index = after_space(end)
        if text[index] == ",":
            index = after_space(index + 1)
