"""What these screens call of the case desk. Every call *blocks*; errors carry a code."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from branch_console.case_views.feedback import (
    IdeaLine,
    IdeaTab,
    IdeaView,
    PaperView,
    RatingView,
    RewardScene,
    SuggestScene,
)
from branch_console.rules.cases.form import Said
from branch_console.views import StaffChoice


class Port(Protocol):
    """Ratings and ideas (F5). `weeks_back`: 0 for the week that ends today."""

    def rating(self, about: str) -> RatingView:
        """Whether and how a journey or case may be rated."""

    def rate(self, about: str, score: int, reasons: tuple[str, ...], text: str, by: str) -> None:
        """Write the customer's word down; a second one stands beside the first. `by`: customer, staff_for_customer."""

    def ideas(self, tab: IdeaTab, offset: int, limit: int) -> list[IdeaLine]:
        """A page of the board."""

    def count_ideas(self, tab: IdeaTab) -> int:
        """How many ideas a tab has."""

    def idea(self, subject: str) -> IdeaView:
        """One idea."""

    def suggest_scene(self) -> SuggestScene:
        """What the form offers."""

    def idea_draft(self) -> tuple[str, str, str]:
        """Text, topic and who of a suggestion that was not sent; empty ones when there is none."""

    def keep_idea_draft(self, text: str, topic: str, who: str) -> None:
        """Keep what was typed."""

    def idea_form(self, form: str, subject: str) -> dict[str, str]:
        """What was left unsent in the form of an act on that idea; `subject` empty: of the meeting."""

    def keep_idea_form(self, form: str, subject: str, answers: Mapping[str, str]) -> None:
        """Keep what stands in it; nothing typed forgets it."""

    def similar_ideas(self, text: str) -> tuple[IdeaLine, ...]:
        """Ideas that say nearly the same, the likest first: they are supported instead of taken down again."""

    def suggest(self, said: Said, topic: str, who: str, contact: str) -> IdeaLine:
        """Take an idea down. `who`: customer, staff, anonymous; `contact` as the customer says it, or empty."""

    def support(self, subject: str, who: str, contact: str) -> IdeaLine:
        """Somebody else wants the same."""

    def evaluate(self, subject: str, note: str) -> IdeaLine:
        """Somebody looks into it."""

    def adopt(self, subject: str, reason: str, owner: str, due: str) -> IdeaLine:
        """It will be done. `due`: YYYY-MM-DD, MM-DD or empty."""

    def decline(self, subject: str, reason: str) -> IdeaLine:
        """It will not be done."""

    def idea_done(self, subject: str, what: str) -> IdeaLine:
        """What was changed."""

    def idea_told(self, subject: str, way: str, text: str) -> IdeaLine:
        """The submitter knows, or the board says it."""

    def reward_scene(self, subject: str) -> RewardScene:
        """What the idea may be rewarded with."""

    def reward(self, subject: str, goods: str, quantity: str, approver: str, password: str) -> IdeaLine:
        """A present from the stock."""

    def we_did(self, weeks: int) -> PaperView:
        """ "You said, we did" of the last weeks, for the wall."""

    def save_we_did(self, weeks: int) -> tuple[Path, Path]:
        """The same as text and as PDF."""

    def pack(self, weeks_back: int) -> PaperView:
        """The pack of the feedback meeting."""

    def save_pack(self, weeks_back: int) -> tuple[Path, Path]:
        """The same as text and as PDF."""

    def agree(self, what: str, owner: str, due: str) -> None:
        """The meeting agrees on an action."""

    def end_action(self, subject: str, outcome: str, note: str) -> None:
        """An action is done, or dropped."""

    def owners(self) -> tuple[StaffChoice, ...]:
        """Who may own an idea or an action: everybody who works in the branch, whoever is at this terminal first."""
