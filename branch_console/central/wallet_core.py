"""What central needs of the core of the wallets to stop a loss. A bank writes the adapter; central calls it.

The adapter is named by the setting `wallet_core` as `package.module:function`; the function gets the settings and
returns a WalletCore.
"""

import importlib
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple, Protocol, TypeAlias, cast

from branch_console.central.settings import CentralSettings

SANDBOX = "branch_console.central.sandbox_core:make_core"
"""The adapter without a core behind it, for demos and tests."""

Why: TypeAlias = Literal["core_refused", "wallet_unknown", "wallet_closed", "wallet_ambiguous"]
"""Why a core does not stop it. The console has words for each (`containment.why.…`)."""


class Wanted(NamedTuple):
    """What is to be done. `id` names the request for good: asked twice with the same id, a core acts once.

    `keys`: the customer's keyed hashes by scope (docs/protocol.md); `wallet` is masked, for people. After
    `expires_at` the core must not begin any more.
    """

    id: str
    measure: Literal["freeze", "limit"]
    branch: str
    case: str
    keys: Mapping[str, str]
    wallet: str
    expires_at: datetime


class Done(NamedTuple):
    """The core has done it, at that time (aware)."""

    at: datetime
    reference: str = ""


class Refused(NamedTuple):
    """The core has not done it, and will not under this id."""

    why: Why


Answer: TypeAlias = Done | Refused


class UnreachableError(Exception):
    """The core gave no answer. It may have done what it was asked for."""


class WalletCore(Protocol):
    """The adapter. Both calls raise UnreachableError, and are given up after the setting `core_seconds`."""

    async def contain(self, wanted: Wanted) -> Answer:
        """Freeze or limit the wallet."""

    async def outcome(self, request: str) -> Answer | None:
        """What became of a request that was asked before, without doing anything; None: the core never heard of it.

        After None the core must refuse the request if it still arrives (it was on its way when nobody waited any more).
        """


def load_core(settings: CentralSettings) -> WalletCore | None:
    """The core of the settings; None when central has none. Raises ImportError, AttributeError, ValueError."""
    if not settings.wallet_core:
        return None
    name = SANDBOX if settings.wallet_core == "sandbox" else settings.wallet_core
    module, colon, function = name.partition(":")
    if not colon:
        raise ValueError("wallet_core must be package.module:function")
    return cast(WalletCore, getattr(importlib.import_module(module), function)(settings))
