"""What an adopted idea may be rewarded with, and the reward itself."""

from branch_console.case_views.feedback import GoodsChoice, IdeaLine, RewardScene
from branch_console.desk.cases import idea_reward
from branch_console.locale import t
from branch_console.rules.cases.limits import limit
from branch_console.rules.roles import ALLOWED
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.cases.feedback_ideas import idea_in
from branch_console.services.cases.idea_lines import IdeaWords
from branch_console.services.colleagues import colleagues
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.words import money
from data import case_queries


class RewardDesk:
    """The part of the case desk that asks the gift desk for a present."""

    _office: CaseOffice

    def reward_scene(self, subject: str) -> RewardScene:
        """What the idea may be rewarded with."""
        counter = self._office.counter()
        counter.require("case.work")
        idea_in(counter, subject)
        names, month = Names(counter.store), idea_reward.month_of(counter)
        with counter.store.reading() as connection:
            spent = case_queries.rewarded_fen(connection, month)
        most, one = (limit(counter.reference, f"idea_reward_{each}") for each in ("month", "one"))
        return RewardScene(
            goods=tuple(
                GoodsChoice(
                    id=each.id,
                    label=names.item(each.slot.sku),
                    place=names.place(each.slot.location),
                    available=each.available,
                    value=money(each.value_fen),
                    expires_on=each.slot.expires_on or "",
                )
                for each in idea_reward.presents(self._office.gifts().booth())
            ),
            caps=t("feedback.reward.caps", one=money(one), month=money(most)),
            left=t("feedback.reward.left", spent=money(spent), left=money(max(most - spent, 0))),
            approvers=tuple(each for each in colleagues(counter.desk) if each.role in ALLOWED["case.approve"]),
        )

    def reward(self, subject: str, goods: str, quantity: str, approver: str, password: str) -> IdeaLine:
        """A present from the stock."""
        counter = self._office.counter()
        idea_reward.reward(counter, self._office.gifts().booth(), subject, goods, quantity, approver, password)
        return IdeaWords(counter).line(subject, idea_in(counter, subject), pending=True)
