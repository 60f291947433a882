"""Somebody who fills in the form of F4, and a console that shows it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from textual.pilot import Pilot

from branch_console.case_views.register import DraftView
from branch_console.locale import set_language
from branch_console.rules.cases.form import CaseForm, Said
from screens.cases.register.register_screen import RegisterScreen
from tests.screens.cases.register_desk import ZHANG, RegisterFake, RegisterHost
from tests.screens.driving import SIZE, until

TOLD = "同一笔早餐被扣了两次"
PHONE = "13912345678"
DRAFT = DraftView(
    CaseForm(
        kind="dispute",
        category="double_charge",
        narrative=Said("早餐扣了两次 ****5678", (), {"mobile": 1}),
        want="refund",
        contact="sms",
        promise="11-24 10:00",
        amount="12.5",
        group_size="3",
        opened_at="2026-11-23T09:12:00.000+08:00",
    ),
    ZHANG,
    "09:12",
)


class Typist:
    """Counts the keys, but those of the narrative and of the customer's digits."""

    def __init__(self, pilot: Pilot[Any], desk: RegisterFake) -> None:
        self.pilot, self.desk, self.keys = pilot, desk, 0

    @property
    def form(self) -> RegisterScreen:
        screen = self.pilot.app.screen
        assert isinstance(screen, RegisterScreen)
        return screen

    async def ready(self) -> None:
        await until(self.pilot, lambda: self.focus == "kind")

    @property
    def focus(self) -> str:
        return str(self.pilot.app.focused.id) if self.pilot.app.focused is not None else ""

    async def press(self, *keys: str, to: str = "") -> None:
        """Press, then wait for the focus to be there."""
        self.keys += len(keys)
        await self.pilot.press(*keys)
        if to:
            await until(self.pilot, lambda: self.focus == to)

    async def customer(self, digits: str = "8000") -> None:
        await self.pilot.press(*digits)
        chooser = self.form.questions.customer
        await until(self.pilot, lambda: chooser._found == digits and chooser.has_class("-open"))  # not for fewer digits
        assert chooser.offers.row is not None
        await self.press("enter", to="category-field")

    async def tell(self, told: str = TOLD) -> None:
        await self.pilot.press(*told)
        await until(self.pilot, lambda: told[-1] in self.form.questions.told("narrative").value)


def host(desk: RegisterFake, language: Any = "zh") -> RegisterHost:
    set_language(language)
    return RegisterHost(desk, RegisterScreen(), language=language)


class Opened(NamedTuple):
    """The form on the screen, ready to be filled in."""

    app: RegisterHost
    pilot: Pilot[Any]
    typist: Typist


@asynccontextmanager
async def form_open(desk: RegisterFake) -> AsyncIterator[Opened]:
    """The console with the empty form, when its first question waits for an answer."""
    app = host(desk)
    async with app.run_test(size=SIZE) as pilot:
        typist = Typist(pilot, desk)
        await typist.ready()
        yield Opened(app, pilot, typist)
