"""The feedback meeting: its pack, the list for the wall, what is agreed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from branch_console.case_views.feedback import ActionLine, Block, PaperView
from branch_console.desk.cases import meeting
from branch_console.desk.cases.core import CaseCounter
from branch_console.locale import t
from branch_console.rules.errors import RuleError
from branch_console.rules.feedback.meetings import ActionState
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.pack_words import PackWords, did
from branch_console.services.cases.paper_files import save_paper
from branch_console.services.cases.segmenter import segmenter
from branch_console.services.exports.proving import proved, proved_words
from data import queries

_MOST_WEEKS: Final = 52


class MeetingDesk:
    """The part of the case desk that prepares a meeting and keeps what it agreed."""

    _office: CaseOffice

    def pack(self, weeks_back: int) -> PaperView:
        """The pack of the feedback meeting."""
        counter = self._office.counter()
        counter.require("case.read")
        lexicon = counter.reference.lexicon
        if lexicon is None:
            raise RuleError("case_tables_missing")
        looked = meeting.pack(counter, weeks_back, segmenter(lexicon))
        staff = {each.staff_id: each.name for each in queries.staff_list(counter.store)}
        words = PackWords(looked.pack, lexicon, staff)
        return PaperView(
            title=words.title(),
            blocks=tuple(words.blocks()),
            actions=tuple(_action(each.subject, each.state, staff, counter.today()) for each in looked.actions),
        )

    def save_pack(self, weeks_back: int) -> tuple[Path, Path]:
        """The pack as text and as PDF, from a journal that was verified before. Raises RuleError."""
        counter = self._office.counter()
        counter.require("case.read")
        journal = Block("quiet", proved_words(proved(self._office)))
        paper = self.pack(weeks_back)
        whole = replace(paper, blocks=(*paper.blocks, journal))
        return self._save(whole, f"feedback-{meeting.week(counter, weeks_back).last}")

    def we_did(self, weeks: int) -> PaperView:
        """“You said, we did” of the last weeks."""
        counter = self._office.counter()
        counter.require("case.read")
        since = counter.today() - timedelta(weeks=max(1, min(weeks, _MOST_WEEKS)))
        return PaperView(title=t("feedback.wall.title"), blocks=tuple(_wall(counter, since)))

    def save_we_did(self, weeks: int) -> tuple[Path, Path]:
        """The list as text and as PDF."""
        return self._save(self.we_did(weeks), f"you-said-{self._office.counter().today()}")

    def agree(self, what: str, owner: str, due: str) -> None:
        """The meeting agrees on an action."""
        meeting.agree(self._office.counter(), what, owner, due)

    def end_action(self, subject: str, outcome: str, note: str) -> None:
        """An action is done, or dropped."""
        meeting.end(self._office.counter(), subject, outcome, note)

    def _save(self, paper: PaperView, name: str) -> tuple[Path, Path]:
        try:
            return save_paper(paper, self._office.branch_name, self._office.slips, name)
        except OSError as error:
            raise RuleError("slip_not_saved") from error


def _wall(counter: CaseCounter, since: date) -> Iterator[Block]:
    """What was done, what is under way, what cannot be done and why; of the newest days."""
    ideas = meeting.adopted(counter)
    done = [each for each in ideas if each.done_on is not None and each.done_on >= since]
    under_way = [each for each in ideas if each.done_on is None]
    declined = [each for each in meeting.declined(counter) if each.on >= since]
    yield Block("quiet", t("feedback.wall.since", since=str(since)))
    yield Block("heading", t("feedback.wall.done"))
    for idea in sorted(done, key=lambda each: str(each.done_on), reverse=True):
        yield from did(idea)
    if not done:
        yield Block("quiet", t("feedback.wall.nothing"))
    if under_way:
        yield Block("heading", t("feedback.wall.under_way"))
        for idea in under_way:
            yield Block("text", t("feedback.you_said", said=idea.said))
    if declined:
        yield Block("heading", t("feedback.wall.declined"))
        for each in declined:
            yield Block("text", t("feedback.you_said", said=each.said))
            yield Block("quote", t("feedback.we_cannot", why=each.why))
    yield Block("quiet", t("feedback.wall.thanks"))


def _action(subject: str, state: ActionState, staff: dict[str, str], today: date) -> ActionLine:
    status = state.outcome or ("overdue" if state.due < today.isoformat() else "open")
    return ActionLine(
        subject=subject,
        what=state.what,
        owner=staff.get(state.owner, state.owner),
        due=state.due,
        status=status,
        status_words=t(f"feedback.action.{status}"),
    )
