"""The code on a slip: its number and what proves it. Nothing in it is about a person."""

import re

import segno

from branch_console.services.slips.facts import SlipFacts

_PREFIX = 16
_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")
_DIGEST = re.compile(r"[0-9a-f]{16,64}")
_CASE = re.compile(r"TS-[A-Z0-9_-]{1,64}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,32}")


def qr_text(number: str, digest: str) -> str:
    """`BC1|<number>|<first 16 hex digits of the hash>`.

    Raises ValueError for anything else than a number and a hash: so no name can ever slip into it.
    """
    if not _NUMBER.fullmatch(number) or not _DIGEST.fullmatch(digest):
        raise ValueError("a slip's code holds its number and a hash")
    return f"BC1|{number}|{digest[:_PREFIX]}"


def case_qr_text(number: str, token: str | None) -> str:
    """`v1|<case number>|<random token>`; empty for a case whose token was erased.

    The token was made for this slip alone: it proves that somebody holds the slip and leads to nothing by itself.
    Raises ValueError for anything else than a case's number and a token.
    """
    if token is None:
        return ""
    if not _CASE.fullmatch(number) or not _TOKEN.fullmatch(token):
        raise ValueError("the code of a case's slip holds its number and a token")
    return f"v1|{number}|{token}"


def code_of(facts: SlipFacts) -> str:
    """What the code of a slip says; empty: it has none."""
    return qr_text(facts.number, facts.digest) if facts.code is None else facts.code


def qr_modules(text: str) -> list[list[bool]]:
    """The modules of the code, dark ones true, without the light border (4 modules wide) that must stay around them."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return [[bool(module) for module in row] for row in code.matrix]
