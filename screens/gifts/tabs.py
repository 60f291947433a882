"""The tabs of the gift area. A tab is a pane of the area's own screen, or a doorway to a screen of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from screens.gifts.claims_pane import ClaimsPane
from screens.gifts.find_pane import FindPane
from screens.gifts.goods.stock_screen import StockScreen
from screens.gifts.pane import Doorway, GiftPane
from screens.gifts.watch.campaigns_screen import CampaignsScreen
from screens.gifts.watch.exceptions_screen import ExceptionsScreen


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; its words are `gifts.tab.<name>`, of a doorway also `gifts.tab.<name>.about`."""

    name: str
    pane: Callable[[], GiftPane] | None = None
    screen: Callable[[], Screen[Any]] | None = None
    roles: frozenset[str] = frozenset()
    """Who sees it; empty: everybody."""

    def make(self) -> GiftPane:
        """Its pane."""
        if self.pane is not None:
            return self.pane()
        if self.screen is None:
            raise TypeError(self.name)
        return Doorway(self.name, self.screen)


TABS: tuple[Tab, ...] = (
    Tab("check", pane=FindPane),
    Tab("claims", pane=ClaimsPane),
    Tab("stock", screen=StockScreen),
    Tab("exceptions", screen=ExceptionsScreen, roles=frozenset({"supervisor"})),
    Tab("campaigns", screen=CampaignsScreen, roles=frozenset({"supervisor", "auditor"})),
)
"""In the order in which they stand; the first one is shown when the area is opened."""


def tabs_for(role: str) -> tuple[Tab, ...]:
    """The tabs that somebody with this role sees."""
    return tuple(tab for tab in TABS if not tab.roles or role in tab.roles)
