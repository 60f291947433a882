"""A present for an adopted idea: which goods, how many, and who approves it beside whoever works here."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from branch_console.case_views.feedback import GoodsChoice, IdeaLine, RewardScene
from branch_console.locale import t
from screens.cases.desk import cases_of
from screens.gifts.asked import Asked
from screens.gifts.gift_form import GiftForm
from screens.gifts.goods.second_person import SecondPerson
from screens.gifts.said import Said
from screens.onboarding.proceed import Proceed
from screens.text import one_line, plain
from screens.widgets import css_beside
from screens.widgets.choices import Choices, Option
from screens.widgets.text_field import TextField


class RewardScreen(GiftForm[IdeaLine]):
    """Answers with the idea as it is afterwards."""

    HELP = "feedback.help.reward"
    CSS = css_beside(str(Path(__file__).with_name("idea_form.py")))
    AUTO_FOCUS = ".editor"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "send", "feedback.key.send", id="feedback.send"),
        Binding("escape", "leave", "common.back"),
    ]

    def __init__(self, line: IdeaLine, scene: RewardScene) -> None:
        super().__init__()
        self._line = line
        self._scene = scene

    def read(self) -> RewardScene:
        """What may be given now."""
        return cases_of(self).reward_scene(self._line.subject)

    def take(self, said: RewardScene) -> None:
        """What may be given now."""
        self._scene = said

    def body(self) -> ComposeResult:
        """Which idea, the caps, the goods, how many, who approves."""
        scene = self._scene
        yield Static(plain(t("feedback.act.reward")), id="title")
        caps = t("feedback.join").join((one_line(scene.caps), one_line(scene.left)))
        yield Said(f"{one_line(self._line.text)}  {caps}", id="lead")
        with VerticalScroll(id="form", can_focus=False):
            if scene.goods:
                yield Asked("goods", t("feedback.ask.goods"), Choices(list(map(_option, scene.goods)), id="goods"))
            else:
                yield Said(t("feedback.reward.no_goods"))
            yield Asked("quantity", t("feedback.ask.quantity"), TextField("1", id="quantity", max_length=4))
            yield SecondPerson(scene.approvers, t("feedback.reward.second"))
            yield Proceed(t("feedback.act.reward"), id="do")

    def work(self) -> Callable[[], IdeaLine]:
        """Give it."""
        subject, second = self._line.subject, self.query_one(SecondPerson)
        picked = next((each.chosen for each in self.query("#goods").results(Choices)), ())
        goods, quantity = next(iter(picked), ""), self.query_one("#quantity", TextField).text
        staff, password = second.staff, second.password
        return lambda: cases_of(self).reward(subject, goods, quantity, staff, password)

    def action_leave(self) -> None:
        """Back without it."""
        self.dismiss(None)


def _option(goods: GoodsChoice) -> Option:
    until = t("feedback.reward.until", day=one_line(goods.expires_on)) if goods.expires_on else ""
    there = t("feedback.reward.there", place=one_line(goods.place), n=goods.available, value=one_line(goods.value))
    return Option(goods.id, one_line(goods.label), note=" ".join(each for each in (there, until) if each))
