"""An idea in words: its line on the board, its facts, its course, and what can be done with it now."""

from typing import Final

from branch_console.case_views.feedback import IdeaLine, IdeaStep, IdeaView, Named
from branch_console.desk.cases.core import CaseCounter
from branch_console.locale import known, language, t
from branch_console.rules.cases import acts
from branch_console.rules.cases.record import Item
from branch_console.rules.cases.states import CaseState
from branch_console.services.gifts.words import moment, money
from data import queries

ACTS: Final = {
    "evaluate": "suggestion.evaluated",
    "adopt": "suggestion.adopted",
    "decline": "suggestion.declined",
    "done": "suggestion.done",
    "told": "suggestion.told",
    "support": "suggestion.supported",
    "reward": "suggestion.rewarded",
}
"""Acts on an idea, in the order of their menu, with the types of their entries."""
_SUPPORT: Final = "suggestion.supported"


class IdeaWords:
    """What things are called, for one call of a screen."""

    def __init__(self, counter: CaseCounter) -> None:
        self._counter = counter
        self._staff = {each.staff_id: each.name for each in queries.staff_list(counter.store)}

    def line(self, subject: str, state: CaseState, *, pending: bool = False) -> IdeaLine:
        """One idea as the board shows it."""
        today = self._counter.today().isoformat()
        return IdeaLine(
            subject=subject,
            number=state.number,
            text=state.narrative,
            topic=self._named("case_topics", state.topic or ""),
            who=t(f"feedback.who.{state.who}"),
            status=state.status,
            status_words=self._named("case_states", state.status),
            support=state.support,
            owner=self.person(state.idea_owner),
            due=state.idea_due or "",
            overdue=state.status == "adopted" and bool(state.idea_due) and (state.idea_due or "") < today,
            at=self._at(state.received_at),
            rewarded=bool(state.rewards),
            pending=pending,
        )

    def view(self, subject: str, state: CaseState) -> IdeaView:
        """One idea in full."""
        line = self.line(subject, state)
        marks: dict[str, list[str]] = {}
        for each in state.marks:
            if known(f"mark.{each.code}"):
                marks.setdefault(each.entry, []).append(t(f"mark.{each.code}"))
        return IdeaView(
            line=line,
            facts=self._facts(line, state),
            steps=tuple(self._step(each, tuple(marks.get(each.entry, ()))) for each in state.timeline),
            acts={name: self._why_not(state, name) for name in ACTS},
        )

    def person(self, staff: str | None) -> str:
        """A member of staff by name; empty for none."""
        return "" if staff is None else self._staff.get(staff, staff)

    def _facts(self, line: IdeaLine, state: CaseState) -> tuple[Named, ...]:
        unknown = sum(each.type == _SUPPORT and each.detail.get("who") == "anonymous" for each in state.timeline)
        support = t("feedback.support.of", n=state.support, unknown=unknown) if unknown else str(state.support)
        rewards = [
            t(
                "feedback.rewarded",
                amount=money(each.value_fen),
                at=self._at(each.at),
                approver=self.person(each.approver),
            )
            for each in state.rewards
        ]
        found = (
            ("number", line.number),
            ("status", line.status_words),
            ("topic", line.topic),
            ("from", " ".join(each for each in (line.who, self._customer(state)) if each)),
            ("support", support),
            ("answer", state.idea_answer or ""),
            ("owner", " ".join(each for each in (line.owner, line.due) if each)),
            ("done", state.idea_done or ""),
            ("reward", t("feedback.join").join(rewards)),
        )
        return tuple((t(f"feedback.fact.{name}"), value) for name, value in found if value)

    def _customer(self, state: CaseState) -> str:
        if state.customer is None or state.who != "customer":
            return ""
        return " ".join(each for each in (state.customer.name, state.customer.phone) if each)

    def _step(self, item: Item, marks: tuple[str, ...]) -> IdeaStep:
        msgid = f"entry.{item.type}"
        return IdeaStep(
            at=self._at(item.at),
            what=t(msgid) if known(msgid) else item.type,
            staff=self.person(item.staff),
            text=item.text or "",
            marks=marks,
        )

    def _why_not(self, state: CaseState, name: str) -> str:
        """Why an act cannot be begun; whether its data fits is asked when it is done."""
        error = acts.why_not(self._counter.judged(), state, ACTS[name])
        if error is not None:
            params = dict(error.params)
            if error.code == "case_status_not":
                params["status"] = self._named("case_states", state.status)
            return t(f"error.{error.code}", **params)
        if name == "reward" and state.rewards:
            return t("error.rewarded_already")
        own = state.who == "staff" and state.registered_by == self._counter.desk.staff
        return t("error.idea_own") if own and name in {"adopt", "decline", "reward", "support"} else ""

    def _named(self, table: str, code: str) -> str:
        words = self._counter.reference.label(table, code)
        return code if words is None else words.get(language())

    def _at(self, at: str) -> str:
        return moment(at, self._counter.store.identity.zone, self._counter.now())
