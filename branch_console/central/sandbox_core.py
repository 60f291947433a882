"""A core without wallets: it says what it was told to say. For the demo and for tests; it freezes nothing.

Its answers are set by `branch-console central core answer …`, at any time, also while central serves.
"""

import asyncio
import json
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from branch_console.central.clocks import now
from branch_console.central.settings import CentralSettings
from branch_console.central.wallet_core import Answer, Done, Refused, UnreachableError, Wanted, Why
from branch_console.rules.journal import format_at, parse_at
from branch_console.security.keys import write_private

Mood: TypeAlias = Literal["confirm", "silent", "core_refused", "wallet_unknown", "wallet_closed", "wallet_ambiguous"]
"""What it does when it is asked: confirm, give no answer, or refuse for that reason."""

_SAID, _KNOWN = "sandbox_core.json", "sandbox_core_known.json"


def make_core(settings: CentralSettings) -> "SandboxCore":
    """The sandbox of this home."""
    return SandboxCore(settings.central_dir)


def set_answer(folder: Path, mood: Mood, seconds: float) -> None:
    """From now on it answers so, after so many seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    write_private(folder / _SAID, json.dumps({"mood": mood, "seconds": seconds}).encode())


class SandboxCore:
    """Remembers in a file what it did, so that being asked again after a restart does nothing twice."""

    def __init__(self, folder: Path) -> None:
        """`folder` is central's own."""
        self._folder = folder

    async def contain(self, wanted: Wanted) -> Answer:
        """As it was told; confirmed when nobody told it anything."""
        said = await asyncio.to_thread(_read, self._folder / _SAID)
        await asyncio.sleep(float(said.get("seconds", 0)))
        return await asyncio.to_thread(self._decide, wanted, str(said.get("mood", "confirm")))

    async def outcome(self, request: str) -> Answer | None:
        """What it did."""
        if (await asyncio.to_thread(_read, self._folder / _SAID)).get("mood") == "silent":
            raise UnreachableError
        known = await asyncio.to_thread(_read, self._folder / _KNOWN)
        if request not in known:
            await asyncio.to_thread(self._keep, request, {"why": "core_refused"})
            return None
        return _answer(known[request])

    def _decide(self, wanted: Wanted, mood: str) -> Answer:
        if mood == "silent":
            raise UnreachableError
        known = _read(self._folder / _KNOWN)
        if wanted.id not in known:
            refused = mood in get_args(Why)
            late = now() > wanted.expires_at
            done = {"at": format_at(now()), "reference": f"SANDBOX-{wanted.id[-6:].upper()}"}
            known[wanted.id] = {"why": mood} if refused else {"why": "core_refused"} if late else done
            self._keep(wanted.id, known[wanted.id])
        return _answer(known[wanted.id])

    def _keep(self, request: str, answer: dict[str, str]) -> None:
        known = {**_read(self._folder / _KNOWN), request: answer}
        write_private(self._folder / _KNOWN, json.dumps(known).encode())


def _answer(kept: dict[str, str]) -> Answer:
    for why in get_args(Why):
        if kept.get("why") == why:
            return Refused(why)
    return Done(parse_at(kept["at"]), kept["reference"])


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return dict(found)
