"""Reference data as values: what the desk and the screens look up (flows, wallet classes, policies, codes).

Documents are kept by name; a document of a kind that this version does not know is left alone, so that central can
publish for newer terminals too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from branch_console.rules.codes import CodeRow, CodeTable, DocumentTable, OfficialApp
from branch_console.rules.consent import Policy, newest
from branch_console.rules.documents import Document, ReferenceFormatError, Words, read_document
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.items import ItemTable
from branch_console.rules.feedback.lexicon import Lexicon
from branch_console.rules.flow import Flow
from branch_console.rules.gifts.desk_rules import DeskRules
from branch_console.rules.narrative.patterns import MaskTable
from branch_console.rules.reference_models import model_of
from branch_console.rules.statistics.board_rules import BoardRules
from branch_console.rules.statistics.targets import Targets
from branch_console.rules.tiers import TierRow, TierTable
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.policy import Sla

_NAME = re.compile(r"([a-z_]+)/([a-z0-9_]+)\.v([1-9][0-9]{0,5})\.toml")


@dataclass(frozen=True)
class Reference:
    """All reference data in force or once in force, by id and version. Documents are never taken out."""

    flows: Mapping[tuple[str, int], Flow] = field(default_factory=dict)
    policies: Mapping[tuple[str, int], Policy] = field(default_factory=dict)
    tiers: tuple[TierRow, ...] = ()
    tables: Mapping[str, CodeTable] = field(default_factory=dict)
    app: OfficialApp | None = None
    items: ItemTable | None = None
    desk_rules: DeskRules | None = None
    campaigns: Mapping[tuple[str, int], Campaign] = field(default_factory=dict)
    drafts: Mapping[tuple[str, int], Campaign] = field(default_factory=dict)
    calendars: Mapping[tuple[str, int], Calendar] = field(default_factory=dict)
    sla: Mapping[tuple[str, int], Sla] = field(default_factory=dict)
    masks: MaskTable | None = None
    lexicon: Lexicon | None = None
    targets: Mapping[tuple[str, int], Targets] = field(default_factory=dict)
    board: tuple[BoardRules, ...] = ()

    @classmethod
    def parse(cls, documents: Mapping[str, str], *, problems: list[ReferenceFormatError] | None = None) -> "Reference":
        """Read documents, given as path under data/reference → TOML text.

        Raises ReferenceFormatError at the first wrong one; with `problems` given, wrong ones are left out and listed.
        Of tables of codes, wallets and gifts, desk rules, masks, lexicon and app the newest counts; all else is kept.
        """
        read: list[tuple[str, Document]] = []
        for name in sorted(documents):
            try:
                document = _read(name, documents[name])
            except ReferenceFormatError as error:
                if problems is None:
                    raise
                problems.append(error)
                continue
            if document is not None:
                read.append((name, document))
        read.sort(key=lambda each: each[1].version)
        tiers = {each.id: each for _, each in read if isinstance(each, TierTable)}
        apps = [each for _, each in read if isinstance(each, OfficialApp)]
        items = [each for _, each in read if isinstance(each, ItemTable)]
        rules = [each for _, each in read if isinstance(each, DeskRules)]
        return cls(
            flows={(each.id, each.version): each for _, each in read if isinstance(each, Flow)},
            policies={(each.id, each.version): each for _, each in read if isinstance(each, Policy)},
            tiers=tuple(row for table in tiers.values() for row in table.rows),
            tables={each.id: each for _, each in read if isinstance(each, CodeTable)},
            app=apps[-1] if apps else None,
            items=items[-1] if items else None,
            desk_rules=rules[-1] if rules else None,
            campaigns=_campaigns(read, "campaigns/"),
            drafts=_campaigns(read, "drafts/"),
            calendars={(each.id, each.version): each for _, each in read if isinstance(each, Calendar)},
            sla={(each.id, each.version): each for _, each in read if isinstance(each, Sla)},
            masks=next((each for _, each in reversed(read) if isinstance(each, MaskTable)), None),
            lexicon=next((each for _, each in reversed(read) if isinstance(each, Lexicon)), None),
            targets={(each.id, each.version): each for _, each in read if isinstance(each, Targets)},
            board=tuple(each for _, each in read if isinstance(each, BoardRules)),
        )

    def flow(self, name: str, version: int) -> Flow | None:
        """Exactly this version, e.g. of a running journey."""
        return self.flows.get((name, version))

    def newest_flow(self, name: str, on: date) -> Flow | None:
        """The version with which a journey starts on a business date."""
        return _in_force(self.flows.values(), name, on)

    def policy(self, name: str, on: date) -> Policy | None:
        """The notice in force on a business date."""
        return newest([each for each in self.policies.values() if each.id == name], on)

    def campaign(self, name: str, version: int) -> Campaign | None:
        """Exactly this published version, e.g. of a claim."""
        return self.campaigns.get((name, version))

    def newest_campaigns(self, on: date) -> list[Campaign]:
        """Of each published campaign the version in force on a business date, by id. Whether one runs, the version's
        own dates and central's word (its status) decide."""
        newest_of: dict[str, Campaign] = {}
        for each in self.campaigns.values():
            before = newest_of.get(each.id)
            if each.effective_from <= on and (before is None or before.version < each.version):
                newest_of[each.id] = each
        return [newest_of[name] for name in sorted(newest_of)]

    def newest_sla(self, name: str, on: date) -> Sla | None:
        """The policy of time limits with which a case is registered on a business date; it keeps that version."""
        return _in_force(self.sla.values(), name, on)

    def newest_calendar(self, name: str, on: date) -> Calendar | None:
        """The calendar with which a case is registered on a business date; it keeps that version."""
        return _in_force(self.calendars.values(), name, on)

    def row(self, table: str, code: str) -> CodeRow | None:
        """A row of a code table."""
        found = self.tables.get(table)
        return None if found is None else found.row(code)

    def label(self, table: str, code: str) -> Words | None:
        """The words for a code."""
        row = self.row(table, code)
        return None if row is None else row.label

    def codes(self, table: str, use: str | None = None) -> list[CodeRow]:
        """The rows that may be chosen, in the order of the table; `use` narrows them (rows without uses fit all)."""
        found = self.tables.get(table)
        rows = [] if found is None else found.codes
        return [row for row in rows if use is None or not row.uses or use in row.uses]

    @property
    def board_rules(self) -> BoardRules | None:
        """The newest rules of the Day board; all versions, in `board`, say how past days were reckoned."""
        return self.board[-1] if self.board else None

    @property
    def documents(self) -> DocumentTable | None:
        """The kinds of identity documents."""
        found = self.tables.get("documents")
        return found if isinstance(found, DocumentTable) else None


V = TypeVar("V", bound=Document)


def _in_force(documents: Iterable[V], name: str, on: date) -> V | None:
    """The newest version of a document that is in force on a business date."""
    valid = [each for each in documents if each.id == name and each.effective_from <= on]
    return max(valid, key=lambda each: each.version, default=None)


def _campaigns(read: list[tuple[str, Document]], folder: str) -> dict[tuple[str, int], Campaign]:
    """The campaigns of one folder. A draft and what was published of it have the same id and version."""
    return {
        (each.id, each.version): each for name, each in read if isinstance(each, Campaign) and name.startswith(folder)
    }


@lru_cache(maxsize=1024)
def _read(name: str, text: str) -> Document | None:
    """One document; None of a kind that this version does not know. Documents never change, so each is read once."""
    parts = _NAME.fullmatch(name)
    model = model_of(parts[1], parts[2]) if parts else None
    if parts is None or model is None:
        return None
    read: Callable[[Any, str, str], Document] = read_document
    document = read(model, name, text)
    if (document.id, str(document.version)) != (parts[2], parts[3]):
        raise ReferenceFormatError(name, 1, "id", "id and version are not those of the file's name")
    return document
