"""The ways from one area of the console to another: what a screen asks for is shown in the area that it belongs to."""

from typing import Any

from textual.screen import Screen

from screens.lockable import Lockable


class Leading(Lockable):
    """Screens say what somebody wants to see; they do not know each other. Areas are loaded when they are needed."""

    async def action_part(self, area: str, part: str) -> None:
        """A section of an area's first screen, from anywhere."""
        await self.switch_mode(area)
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        turn = getattr(self.screen, "action_turn", None)
        if turn is not None:
            turn(part)

    async def action_reach(self, name: str) -> None:
        """A screen that lies behind another one in its area, from anywhere."""
        from screens import areas  # noqa: PLC0415

        area, screen = areas.BEHIND[name]
        await self._show_in(area, screen())

    async def on_today_open_journey(self, message: Any) -> None:
        """Go on with a journey, in the onboarding's own stack of screens."""
        from screens import areas  # noqa: PLC0415

        await self._show_in("onboarding", areas.journey(message.subject))

    async def on_today_open_figure(self, message: Any) -> None:
        """To the rows behind a figure of today, above the Day board."""
        from screens import areas  # noqa: PLC0415

        await self._show_in("board", areas.figure_rows(message.drill, message.day))

    async def on_today_open_campaign(self, message: Any) -> None:
        """To the page of a campaign."""
        from screens import areas  # noqa: PLC0415

        await self._show_in("gifts", areas.campaign(message.campaign))

    async def on_today_open_stock(self) -> None:
        """To what is where."""
        from screens import areas  # noqa: PLC0415

        await self._show_in("gifts", areas.stock())

    async def on_today_promises_open_case(self, message: Any) -> None:
        """To the case of a promise, in the queue's own stack of screens."""
        from screens import areas  # noqa: PLC0415

        await self._show_in("cases", areas.case(message.subject))

    async def on_journey_screen_gifts_wanted(self, message: Any) -> None:
        """From the end of a journey to the gifts of its customer."""
        from screens import areas  # noqa: PLC0415

        await self._show_in("gifts", areas.gift_check(message.subject))

    async def on_rows_screen_open_subject(self, message: Any) -> None:
        """To what a row behind a number is about; the rows wait below it, as they stand."""
        from screens import areas  # noqa: PLC0415

        if self.current_mode == "board":
            await self.push_screen(areas.subject(message.subject))

    async def _show_in(self, area: str, screen: Screen[Any]) -> None:
        """A screen as the only one above the first screen of an area."""
        await self.switch_mode(area)
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.push_screen(screen)
