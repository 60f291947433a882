"""The code on a slip: its number and the beginning of the entry's hash. Nothing in it is about a person."""

import re

import segno

_PREFIX = 16
_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")
_DIGEST = re.compile(r"[0-9a-f]{16,64}")


def qr_text(number: str, digest: str) -> str:
    """`BC1|<number>|<first 16 hex digits of the hash>`.

    Raises ValueError for anything else than a number and a hash: so no name can ever slip into it.
    """
    if not _NUMBER.fullmatch(number) or not _DIGEST.fullmatch(digest):
        raise ValueError("a slip's code holds its number and a hash")
    return f"BC1|{number}|{digest[:_PREFIX]}"


def qr_modules(text: str) -> list[list[bool]]:
    """The modules of the code, dark ones true, without the light border (4 modules wide) that must stay around them."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return [[bool(module) for module in row] for row in code.matrix]
