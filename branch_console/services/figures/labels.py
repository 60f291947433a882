"""What the members of a group are called: hours, classes, steps, reasons, people. One for each call of a screen."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from branch_console.desk.desk import FLOW
from branch_console.locale import known, language, t
from branch_console.rules.flow import Flow
from branch_console.rules.reference import Reference
from branch_console.services.cases.queue_time import POLICY
from branch_console.services.gifts.names import Names
from data import queries
from data.store import Store

_CASE_TABLES: Final = {"category": "case_categories", "reason": "case_reasons", "kind": "case_kinds"}
_REASONS: Final[Mapping[str, str]] = {
    "gifts.released": "gift_reasons",
    "cases": "case_reasons",
    "journeys": "reasons",
    "funnel": "reasons",
}


class Labels:
    """Names of everything that figures are taken apart by, as the store knows them now."""

    def __init__(self, store: Store, day: date) -> None:
        """`day`: whose flow and policy are meant."""
        self._reference: Reference = store.reference
        self._day = day
        self.names = Names(store)
        self.terminals = {each.terminal: each.name for each in queries.terminals(store)}
        self._of: Mapping[str, Callable[[str, str], str]] = {
            "hour": lambda _, code: f"{code}:00–{code}:59",
            "class": lambda _, code: _said(f"target.{code}", code),
            "segment": lambda _, code: self.coded("segments", code),
            "staff": lambda _, code: self.names.person(code),
            "terminal": lambda _, code: self.terminal(code),
            "campaign": lambda _, code: self.names.campaign(code),
            "item": lambda _, code: self.names.item(code),
            "verdict": lambda _, code: _said(f"gift.verdict.{code}", code),
            "reason": self._reason,
            "category": lambda _, code: self.coded(_CASE_TABLES["category"], code),
            "kind": self._kind,
            "clock": lambda _, code: self.clock(code),
            "step": lambda _, code: self.step(code),
            "topic": lambda _, code: self.coded("case_topics", code),
            "age": lambda _, code: t("figures.age", days=code.replace("-", "–")),
            "score": lambda _, code: t("figures.score", score=code),
            "about": lambda _, code: _said(f"figures.about.{code}", code),
            "by": lambda _, code: _said(f"figures.by.{code}", code),
        }

    def member(self, figure: str, group: str, member: str) -> str:
        """One member of a group of a figure."""
        if not member:
            return t("figures.member.none")
        of = self._of.get(group)
        return member if of is None else of(figure, member)

    def coded(self, table: str, code: str) -> str:
        """What a table calls a code; the code itself where it has no words."""
        words = self._reference.label(table, code)
        return code if words is None else words.get(language())

    def terminal(self, code: str) -> str:
        """A terminal by its name."""
        return self.terminals.get(code) or code[-4:]

    def steps(self) -> Sequence[str]:
        """The steps of the flow in their order."""
        flow = self._flow()
        return [] if flow is None else [each.id for each in flow.steps]

    def step(self, code: str) -> str:
        """A step by the newest flow that has it."""
        flow = self._flow()
        title = next((each.title for each in (flow.steps if flow else ()) if each.id == code), None)
        return code if title is None else title.get(language())

    def clock(self, code: str) -> str:
        """A time limit."""
        policy = self._reference.newest_sla(POLICY, self._day)
        label = next((each.label for each in (policy.clock if policy else ()) if each.id == code), None)
        return code if label is None else label.get(language())

    def _flow(self) -> Flow | None:
        return self._reference.newest_flow(FLOW, self._day)

    def _kind(self, figure: str, code: str) -> str:
        if figure.startswith("gifts."):
            return _said(f"figures.reward.{code}", code)
        return self.coded(_CASE_TABLES["kind"], code)

    def _reason(self, figure: str, code: str) -> str:
        if figure == "gifts.checks":
            return _said(f"gift.refused.{code}", code)
        if figure == "gifts.reversed":
            return _said(f"gift.ruling_why.{code}", code)
        table = _REASONS.get(figure) or _REASONS.get(figure.partition(".")[0], "")
        return self.coded(table, code)


def _said(msgid: str, otherwise: str) -> str:
    return t(msgid) if known(msgid) else otherwise
