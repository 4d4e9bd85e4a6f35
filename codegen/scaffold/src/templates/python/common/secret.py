"""The key with which the sender signs: what it must be, and where the backend's operator puts it."""

import os
from pathlib import Path


def from_environment() -> str | None:
    """The key in `HOOK_SECRET`, or in the file that `HOOK_SECRET_FILE` names, without line ends; None without both."""
    secret, path = os.environ.get("HOOK_SECRET"), os.environ.get("HOOK_SECRET_FILE")
    if secret is not None and path is not None:
        raise ValueError("HOOK_SECRET and HOOK_SECRET_FILE are both set: unset one of them")
    if path is not None:
        if not path:
            raise ValueError("HOOK_SECRET_FILE is set but empty: write the path of a file with the key, or unset it")
        return checked(Path(path).read_text(encoding="utf-8").strip("\r\n"), f"the file {path} of HOOK_SECRET_FILE")
    return None if secret is None else checked(secret.strip("\r\n"), "HOOK_SECRET")


def checked(secret: str, place: str) -> str:
    """A key that somebody means. With an empty one, anybody could sign."""
    if not secret:
        raise ValueError(f"{place} is empty: write the key that the sender signs with, or leave it out")
    if secret != secret.strip().strip("\ufeff"):
        raise ValueError(f"the key in {place} has white space at an end: write it as the sender is configured with it")
    if len(secret.splitlines()) > 1:
        raise ValueError(f"{place} has several lines: write one key")
    return secret
