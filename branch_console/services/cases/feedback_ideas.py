"""The board of ideas: what was suggested, who wants it too, and what becomes of it."""

from collections.abc import Mapping
from typing import Final

from branch_console.case_views.feedback import IDEA_TABS, IdeaLine, IdeaTab, IdeaView, SuggestScene
from branch_console.desk.cases import ideas, suggesting
from branch_console.desk.cases.core import CaseCounter, masks
from branch_console.desk.cases.working import keep_form, kept_form
from branch_console.locale import language
from branch_console.rules.cases.form import Said
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.rules.narrative.similar import grams, share
from branch_console.rules.roles import ALLOWED
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.idea_lines import IdeaWords
from branch_console.services.colleagues import colleagues
from branch_console.views import StaffChoice
from data import case_queries, queries

_LIKE: Final = 0.2
"""From this share of common three-character pieces on, an idea is shown as perhaps the same. A hint, never a bar."""
_HINTS: Final = 3
_COMPARED: Final = 200
"""The newest ideas that a new one is compared with."""
_SHORTEST: Final = 4


class IdeaDesk:
    """The part of the case desk with the box of suggestions."""

    _office: CaseOffice

    def ideas(self, tab: IdeaTab, offset: int, limit: int) -> list[IdeaLine]:
        """A page of the board."""
        counter = self._reader()
        words = IdeaWords(counter)
        found = case_queries.ideas(counter.store, _tab(tab), offset, limit)
        return [words.line(each.subject, idea_in(counter, each.subject), pending=each.pending) for each in found]

    def count_ideas(self, tab: IdeaTab) -> int:
        """How many ideas a tab has."""
        return case_queries.count_ideas(self._reader().store, _tab(tab))

    def idea(self, subject: str) -> IdeaView:
        """One idea."""
        counter = self._reader()
        return IdeaWords(counter).view(subject, idea_in(counter, subject))

    def suggest_scene(self) -> SuggestScene:
        """What the form offers."""
        counter = self._office.counter()
        counter.require("case.register")
        rows = counter.reference.codes("case_topics", "suggestion")
        topics = tuple((row.code, row.label.get(language())) for row in rows)
        return SuggestScene(topics, masks(counter).patterns)

    def idea_draft(self) -> tuple[str, str, str]:
        """Text, topic and who of a suggestion that was not sent; empty ones when there is none."""
        return suggesting.draft(self._office.counter())

    def keep_idea_draft(self, text: str, topic: str, who: str) -> None:
        """Keep what was typed."""
        suggesting.save_draft(self._office.counter(), suggesting.IdeaDraft(text, topic, who))

    def idea_form(self, form: str, subject: str) -> dict[str, str]:
        """What was left unsent in the form of an act on that idea, or of the meeting."""
        counter = self._reader()
        found = kept_form(queries.drafts(counter.store, _form_of(counter, subject)), f"idea_{form}")
        return {name: next(iter(some), "") for name, some in found.items()}

    def keep_idea_form(self, form: str, subject: str, answers: Mapping[str, str]) -> None:
        """Keep what stands in it, masked."""
        counter = self._office.counter()
        said = {name: (each,) for name, each in answers.items() if each.strip()}
        keep_form(counter, _form_of(counter, subject), f"idea_{form}", said)

    def similar_ideas(self, text: str) -> tuple[IdeaLine, ...]:
        """Ideas that say nearly the same, the likest first."""
        counter = self._reader()
        typed = grams(text)
        if len(typed) < _SHORTEST:
            return ()
        words, found = IdeaWords(counter), list[tuple[float, str, CaseState]]()
        for each in case_queries.ideas(counter.store, "all", 0, _COMPARED):
            state = idea_in(counter, each.subject)
            if (alike := share(typed, grams(state.narrative))) >= _LIKE:
                found.append((alike, each.subject, state))
        found.sort(key=lambda each: (-each[0], each[1]))
        return tuple(words.line(subject, state) for _, subject, state in found[:_HINTS])

    def suggest(self, said: Said, topic: str, who: str, contact: str) -> IdeaLine:
        """Take an idea down."""
        return self._after(suggesting.suggest(self._office.counter(), said, topic, who, contact))

    def support(self, subject: str, who: str, contact: str) -> IdeaLine:
        """Somebody else wants the same."""
        ideas.support(self._office.counter(), subject, who, contact)
        return self._after(subject)

    def evaluate(self, subject: str, note: str) -> IdeaLine:
        """Somebody looks into it."""
        ideas.evaluate(self._office.counter(), subject, note)
        return self._after(subject)

    def adopt(self, subject: str, reason: str, owner: str, due: str) -> IdeaLine:
        """It will be done."""
        ideas.adopt(self._office.counter(), subject, reason, owner, due)
        return self._after(subject)

    def decline(self, subject: str, reason: str) -> IdeaLine:
        """It will not be done."""
        ideas.decline(self._office.counter(), subject, reason)
        return self._after(subject)

    def idea_done(self, subject: str, what: str) -> IdeaLine:
        """What was changed."""
        ideas.done(self._office.counter(), subject, what)
        return self._after(subject)

    def idea_told(self, subject: str, way: str, text: str) -> IdeaLine:
        """The submitter knows, or the board says it."""
        ideas.told(self._office.counter(), subject, way, text)
        return self._after(subject)

    def owners(self) -> tuple[StaffChoice, ...]:
        """Everybody who works with customers in the branch, whoever is at this terminal first."""
        desk = self._office.desk()
        own = [
            StaffChoice(each.staff_id, each.name, each.role)
            for each in queries.staff_list(desk.store)
            if each.active and each.staff_id == desk.staff
        ]
        return tuple(each for each in (*own, *colleagues(desk)) if each.role in ALLOWED["case.register"])

    def _reader(self) -> CaseCounter:
        counter = self._office.counter()
        counter.require("case.read")
        return counter

    def _after(self, subject: str) -> IdeaLine:
        counter = self._office.counter()
        return IdeaWords(counter).line(subject, idea_in(counter, subject), pending=True)


def idea_in(counter: CaseCounter, subject: str) -> CaseState:
    """A suggestion. Raises RuleError `case_unknown`."""
    state = counter.store.state(subject)
    if not isinstance(state, CaseState) or not state.number:
        raise RuleError("case_unknown")
    return state


def _form_of(counter: CaseCounter, subject: str) -> str:
    """Under whom the drafts of a form are kept."""
    return subject or f"meeting_form/{counter.desk.staff}"


def _tab(name: str) -> IdeaTab:
    return next((each for each in IDEA_TABS if each == name), "all")
