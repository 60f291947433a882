"""Texts from people and from other machines pass through the screens of goods and of supervisors as text."""

import dataclasses
import functools
from collections.abc import Callable
from typing import Any

import pytest
from textual.screen import Screen

from screens.gifts.goods.closing_screen import ClosingScreen
from screens.gifts.goods.count_screen import CountScreen
from screens.gifts.goods.counts_screen import CountsScreen
from screens.gifts.goods.documents_screen import DocumentsScreen
from screens.gifts.goods.receive_screen import ReceiveScreen
from screens.gifts.goods.stock_screen import StockScreen
from screens.gifts.goods.take_back_screen import TakeBackScreen
from screens.gifts.goods.transfer_screen import TransferScreen
from screens.gifts.watch.backtest_screen import BacktestScreen
from screens.gifts.watch.campaign_screen import CampaignScreen
from screens.gifts.watch.campaigns_screen import CampaignsScreen
from screens.gifts.watch.dry_run_screen import DryRunScreen
from screens.gifts.watch.exceptions_screen import ExceptionsScreen
from screens.gifts.watch.trial_person import TrialPerson
from tests.hostile import FORBIDDEN, TOGETHER
from tests.screens.driving import SIZE, on_screen, text, until
from tests.screens.gifts.goods_desk import BACKTEST, GoodsDesk, GoodsHost

CODES = {"id", "subject", "status", "sku", "place", "signal", "verdict", "acts"}
"""Fields that the program itself writes."""


def poisoned(view: Any, bad: str) -> Any:
    """The view with every text from outside replaced."""
    if isinstance(view, tuple):
        return tuple(poisoned(each, bad) for each in view)
    if isinstance(view, str):
        return bad
    if not dataclasses.is_dataclass(view) or isinstance(view, type):
        return view
    changed = {
        each.name: poisoned(getattr(view, each.name), bad)
        for each in dataclasses.fields(view)
        if each.name not in CODES and getattr(view, each.name) is not None
    }
    return dataclasses.replace(view, **changed)


SCREENS: dict[str, Callable[[GoodsDesk, str], Screen[Any]]] = {
    "stock": lambda _desk, _bad: StockScreen(),
    "receive": lambda desk, bad: ReceiveScreen(desk.deliveries()[0], ((bad, bad),), desk.colleagues()),
    "transfer": lambda desk, bad: TransferScreen(
        ("shelf", bad), desk.stock(), (("drawer", bad),), (("r", bad),), desk.colleagues()
    ),
    "count": lambda desk, bad: CountScreen(("shelf", bad), desk.sheet("shelf")),
    "counts": lambda _desk, _bad: CountsScreen(),
    "documents": lambda _desk, _bad: DocumentsScreen(),
    "take_back": lambda desk, bad: TakeBackScreen(desk.documents(1)[0], (("r", bad),), desk.colleagues()),
    "closing": lambda _desk, _bad: ClosingScreen(),
    "exceptions": lambda _desk, _bad: ExceptionsScreen(),
    "campaigns": lambda _desk, _bad: CampaignsScreen(),
    "campaign": lambda _desk, _bad: CampaignScreen("spend_500"),
    "trial_person": lambda _desk, _bad: TrialPerson(),
    "dry_run": lambda _desk, _bad: DryRunScreen("spend_500", "p1"),
    "backtest": lambda _desk, bad: BacktestScreen("spend_500", poisoned(BACKTEST, bad)),
}


@pytest.mark.parametrize("name", SCREENS)
def test_hostile_texts_are_only_texts(name: str) -> None:
    @on_screen
    async def run() -> None:
        for bad in TOGETHER:
            desk = GoodsDesk(functools.partial(poisoned, bad=bad))
            app = GoodsHost(desk, SCREENS[name](desk, bad))
            async with app.run_test(size=SIZE) as pilot:
                await until(pilot, lambda app=app: len(app.screen_stack) == 2 and text(app).strip())  # type: ignore[misc]
                await app.workers.wait_for_complete()
                await pilot.pause()
                assert not FORBIDDEN & set(text(app))
                await pilot.press("down", "tab", "up")
                assert not FORBIDDEN & set(text(app))

    run()
