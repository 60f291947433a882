"""Everything that can be done with a journey: its name, its key if it has one, and the permission that it needs."""

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding

from branch_console.locale import t
from branch_console.views import JourneyView
from screens.onboarding.standing import STEPS, standing
from screens.widgets.choices import Option
from screens.widgets.key_bar import key_name


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `permission`: the action of `JourneyView.can` that says why it is impossible; empty: always possible."""

    name: str
    permission: str = ""
    key: str = ""
    of_step: bool = False
    """Only while a step is being worked on; elsewhere its key stands in nobody's way."""


ACTS: Final[tuple[Act, ...]] = (
    Act("back", "back", "ctrl+r", of_step=True),
    Act("skip", "skip", "ctrl+s", of_step=True),
    Act("fail", "fail", "ctrl+o", of_step=True),
    Act("pause", "pause", "ctrl+g", of_step=True),
    Act("withdraw_consent", "withdraw_consent", "ctrl+y"),
    Act("stories", "", "f12", of_step=True),
    Act("qr", "", "ctrl+e", of_step=True),
    Act("steps"),
    Act("review", "review"),
    Act("others"),
    Act("change_target", "change_target"),
    Act("offer", "offer"),
    Act("abandon", "abandon"),
    Act("conflicts"),
)
"""In the order of the menu that F10 opens."""


def bindings() -> list[Binding]:
    """The keys of a journey; descriptions are msgids."""
    menu_key = Binding("f10", "menu", "onboarding.key.menu", id="journey.menu")
    keys = [
        Binding(act.key, f"act('{act.name}')", f"onboarding.key.{act.name}", id=f"journey.{act.name}")
        for act in ACTS
        if act.key
    ]
    return [menu_key, *keys, Binding("escape", "leave", show=False)]


def belongs(act: str, journey: JourneyView) -> bool:
    """Whether an act has any meaning on the page of the moment."""
    if act == "qr" and (journey.step is None or not journey.step.qr):
        return False
    of_step = any(each.name == act and each.of_step for each in ACTS)
    return not of_step or standing(journey) in STEPS


def why_not(act: str, journey: JourneyView) -> str:
    """In words, why an act is impossible now; empty when it is possible."""
    step = journey.step
    if act == "stories" and (step is None or not step.stories):
        return t("onboarding.no_stories")
    if act == "qr" and (step is None or not step.qr):
        return t("onboarding.no_qr")
    if act == "conflicts" and not journey.conflict_notes:
        return t("onboarding.no_conflicts")
    if act == "others" and not journey.others:
        return t("onboarding.no_others")
    permission = next((each.permission for each in ACTS if each.name == act), act)
    return journey.can.get(permission, "") if permission else ""


def menu(journey: JourneyView) -> list[Option]:
    """All acts for the menu, each with its key, or why it is impossible."""
    return [
        Option(
            act.name,
            t(f"onboarding.way.{act.name}"),
            note=key_name(act.key) if act.key else "",
            why_not=why_not(act.name, journey),
        )
        for act in ACTS
    ]
