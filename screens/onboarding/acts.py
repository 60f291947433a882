"""Everything that can be done with a journey: its name, its key if it has one, and the permission that it needs."""

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding

from branch_console.locale import t
from branch_console.views import JourneyView
from screens.commands import Command
from screens.onboarding.standing import STEPS, standing
from screens.widgets.choices import Option
from screens.widgets.key_bar import key_name


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `permission`: the action of `JourneyView.can` that says why it is impossible; empty: always possible."""

    name: str
    permission: str = ""
    key: str = ""
    pages: tuple[str, ...] = ()
    """Only on these pages; elsewhere its key stands in nobody's way. Empty: on all."""


ACTS: Final[tuple[Act, ...]] = (
    Act("back", "back", "ctrl+r", pages=STEPS),
    Act("skip", "skip", "ctrl+s", pages=STEPS),
    Act("fail", "fail", "ctrl+o", pages=STEPS),
    Act("pause", "pause", "ctrl+g", pages=STEPS),
    Act("withdraw_consent", "withdraw_consent", "ctrl+y"),
    Act("stories", "", "f12", pages=STEPS),
    Act("qr", "", "ctrl+e", pages=STEPS),
    Act("steps"),
    Act("review", "review"),
    Act("others"),
    Act("change_target", "change_target"),
    Act("offer", "offer"),
    Act("abandon", "abandon"),
    Act("conflicts"),
    Act("resume", "resume", pages=("paused",)),
    Act("accept", "accept", pages=("offered",)),
    Act("decline", "decline", pages=("offered",)),
    Act("accept_at_counter", "accept", pages=("offered",)),
    Act("withdraw_offer", "withdraw_offer", pages=("offered",)),
    Act("take_over", "take_over", pages=("elsewhere",)),
    Act("finish", "finish", pages=("complete",)),
    Act("new", pages=("ended",)),
    Act("gifts", key="f3", pages=("ended",)),
    Act("rate", key="f5", pages=("ended",)),
)
"""In the order of the menu that F10 opens, and of the command palette."""


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
    pages = next((each.pages for each in ACTS if each.name == act), ())
    if pages and standing(journey) not in pages:
        return False
    if act in ("gifts", "rate") and journey.status != "finished":
        return False
    offer = journey.offer
    to_counter = offer is not None and offer.to == "counter"
    if act in ("accept", "decline"):
        return offer is None or (offer.for_me and not to_counter)
    return {"accept_at_counter": to_counter, "withdraw_offer": offer is not None and offer.mine}.get(act, True)


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
        if belongs(act.name, journey) or act.pages == STEPS
    ]


def commands(journey: JourneyView) -> list[Command]:
    """The same acts for the command palette."""
    return [
        Command(f"onboarding.way.{act.name}", f"act('{act.name}')", act.key, not why_not(act.name, journey))
        for act in ACTS
        if belongs(act.name, journey)
    ]
