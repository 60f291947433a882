"""Earlier journeys and wallets of the same person, and what to do about them."""

from textual.containers import Vertical
from textual.widgets import Static

from branch_console.locale import t
from branch_console.views import JourneyLine
from screens.signs import sign
from screens.text import one_line, plain
from screens.widgets import css_beside


class KnownPerson(Vertical):
    """Empty and invisible for a new customer."""

    DEFAULT_CSS = css_beside(__file__)

    def __init__(self, lines: tuple[JourneyLine, ...]) -> None:
        super().__init__(*_statics(lines))
        self.display = bool(lines)
        self._lines = lines

    async def show(self, lines: tuple[JourneyLine, ...]) -> None:
        """Another set of earlier journeys."""
        if lines == self._lines:
            return
        self._lines = lines
        await self.remove_children()
        await self.mount_all(_statics(lines))
        self.display = bool(lines)


def advice(lines: tuple[JourneyLine, ...]) -> str:
    """What to do: go on with the open one rather than start a second; with a wallet, do not open another."""
    if any(line.status not in ("finished", "abandoned") for line in lines):
        return t("onboarding.known.open")
    if any(line.status == "finished" for line in lines):
        return t("onboarding.known.finished")
    return t("onboarding.known.abandoned")


def described(line: JourneyLine) -> str:
    """Class, status and holder of a journey in one line."""
    words = [
        t(f"onboarding.class.{line.target}"),
        t(f"onboarding.status.{line.status}"),
        line.holder_name,
        line.elsewhere,
    ]
    return "  ".join(word for word in words if word)


def _statics(lines: tuple[JourneyLine, ...]) -> list[Static]:
    if not lines:
        return []
    head = f"{sign('warning')} {t('onboarding.known.title', n=len(lines))}"
    rows = [one_line(f"{line.name}  {line.phone}  {described(line)}") for line in lines[:3]]
    return [
        Static(plain(head), classes="head"),
        *(Static(plain(row)) for row in rows),
        Static(plain(advice(lines)), classes="advice"),
    ]
