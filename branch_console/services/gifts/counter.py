"""What every call of the gift desk works with, and how its refusals are told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from branch_console.desk.desk import Desk
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.refusals import RefusedError
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.services.gifts.customers import Customers
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.offers import sentence
from branch_console.services.gifts.online import Central
from data import gift_queries as gifts
from data.gift_queries import ClaimedFilter


@dataclass(frozen=True, slots=True)
class GiftCounter:
    """One for each session. `desk` raises RuleError while the console is locked.

    `link` says whether central answers now, and when it last did. `slips`: the folder in which slips are saved.
    """

    desk: Callable[[], Desk]
    central: Central
    link: Callable[[], tuple[bool, datetime | None]]
    claimed: ClaimedFilter
    customers: Customers
    slips: Path
    branch_name: str

    def booth(self) -> Booth:
        """The gift desk as it stands."""
        online, contact = self.link()
        return Booth(self.desk(), online, contact, self.claimed)

    def names(self) -> Names:
        """What things are called now."""
        return Names(self.desk().store)

    def with_facts(self, booth: Booth, who: Person, *, refresh: bool = False) -> tuple[Booth, str]:
        """Have today's facts of a customer, from central if need be; what staff should know when it did not answer.

        Whoever is not answered now is offline for this check: a hold could not be had either.
        """
        if not who.newest_keys:
            return booth, t("gift.notice.nobody")
        kept = gifts.facts_of(booth.store, who.newest_keys, booth.today().isoformat())
        if not booth.online:
            return booth, t("gift.notice.offline") if kept is None else t("gift.notice.offline_kept")
        if (kept is not None and not refresh) or not self.central.fetch_facts(booth, who):
            return booth, ""
        return replace(booth, online=False), t("gift.notice.no_answer")

    @contextmanager
    def told(self) -> Iterator[None]:
        """Refusals of the verdict say why in the words of the session, and what changed since the promise."""
        try:
            yield
        except RefusedError as error:
            names = self.names()
            why = sentence(error.line, names)
            if error.before:
                raise RuleError("gift_changed", why=why) from error
            raise RuleError("gift_refused", why=why) from error
