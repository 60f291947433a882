"""Pictures of the gift screens, with the invented people and goods of the fakes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import App
from textual.screen import Screen

from branch_console.locale import Language, set_language
from screens.gifts.check_screen import CheckScreen
from screens.gifts.explain_screen import ExplainScreen
from screens.gifts.goods.closing_screen import ClosingScreen
from screens.gifts.goods.stock_screen import StockScreen
from screens.gifts.hand_over_screen import HandOverScreen
from screens.gifts.slip_screen import SlipScreen
from screens.gifts.watch.campaign_screen import CampaignScreen
from screens.gifts.watch.exceptions_screen import ExceptionsScreen
from tests.picture import write_picture
from tests.screens.driving import until
from tests.screens.gifts import sample
from tests.screens.gifts.fakes import FakeGiftDesk
from tests.screens.gifts.goods_desk import GoodsDesk, GoodsHost
from tests.screens.gifts.host import Host

NARROW, WIDE = (80, 24), (120, 40)


@dataclass(frozen=True)
class Picture:
    """One screen, made when the language is set; `goods` = it is of the supervisor's fake."""

    name: str
    made: Callable[[], Screen[Any]]
    goods: bool = False
    size: tuple[int, int] = NARROW
    language: Language = "zh"
    colours: str = "dark"

    def app(self) -> App[Any]:
        """The console that shows it."""
        if self.goods:
            return GoodsHost(GoodsDesk(), self.made(), language=self.language)
        return Host(FakeGiftDesk(), self.made(), language=self.language, colours=self.colours)


def _hand_over() -> HandOverScreen:
    return HandOverScreen(sample.reservation())


PICTURES = (
    Picture("gifts-check", lambda: CheckScreen("p1")),
    Picture("gifts-check-en", lambda: CheckScreen("p1"), size=WIDE, language="en"),
    Picture("gifts-reasons", lambda: ExplainScreen("p1", "rice")),
    Picture("gifts-hand-over", _hand_over),
    Picture("gifts-hand-over-light", _hand_over, colours="light"),
    Picture("gifts-slip", lambda: SlipScreen(sample.slip())),
    Picture("gifts-stock", StockScreen, goods=True),
    Picture("gifts-closing", ClosingScreen, goods=True),
    Picture("gifts-exceptions", ExceptionsScreen, goods=True),
    Picture("gifts-campaign", lambda: CampaignScreen("spend_500"), goods=True),
)


def _shown(app: App[Any]) -> bool:
    """Whether the screen stands above the empty one, and something on it has the focus."""
    return app.focused is not None and len(app.screen_stack) > 1


async def gift_pictures(folder: Path) -> None:
    """Make all of them, and leave the language as it was at first."""
    for each in PICTURES:
        set_language(each.language)
        app = each.app()
        async with app.run_test(size=each.size) as pilot:
            await until(pilot, partial(_shown, app))
            await app.workers.wait_for_complete()
            app.clear_notifications()
            await pilot.pause(0.5)
            write_picture(app.export_screenshot(title="Branch Console 网点控制台"), folder / f"{each.name}.svg")
    set_language("zh")
