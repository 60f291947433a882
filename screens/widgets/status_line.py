"""The line at the top: where and who, how the sync is, what time it is."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from branch_console.locale import t
from branch_console.session_views import DEFAULT_ZONE
from screens.signs import sign
from screens.text import fit, one_line
from screens.widgets import css_beside

_TONES = {"online": "$success", "offline": "$muted", "limited": "$warning", "needs_a_person": "$error"}


@dataclass(frozen=True, slots=True)
class Status:
    """What the line says. Empty texts are left out."""

    branch: str = ""
    terminal: str = ""
    staff: str = ""
    role: str = ""
    sync: str = ""
    """A state of the sync; empty: not to be shown."""
    pending: int = 0
    quarantined: int = 0
    last_contact: str = ""
    urgent: int = 0
    """Cases of the fast track that nobody has taken on, for whoever answers for them."""
    demo: bool = False
    timezone: str = DEFAULT_ZONE


@cache
def _zone(name: str) -> tzinfo:
    """The branch's time zone; the machine's own where the name means nothing to this machine."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.now().astimezone().tzinfo or UTC


class StatusLine(Widget):
    """branch · terminal · staff role            ● online  waiting 0  last 14:20   14:22."""

    DEFAULT_CSS = css_beside(__file__)

    status: reactive[Status] = reactive(Status())
    clock: reactive[str] = reactive("")

    def on_mount(self) -> None:
        """Look at the clock once a second; the line is drawn anew when the minute changes."""
        self._tick()
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        self.clock = datetime.now(_zone(self.status.timezone)).strftime("%H:%M")

    def watch_status(self) -> None:
        """The branch may lie in another time zone than what was shown before."""
        self._tick()

    def render(self) -> Content:
        """Left what is known for long, right what changes. Short of space the last contact goes, then the branch."""
        status = self.status
        dot = f" {sign('separator')} "
        who = " ".join(part for part in (one_line(status.staff), status.role) if part)
        rest = dot.join(part for part in (one_line(status.terminal), who) if part)
        left = dot.join(part for part in (one_line(status.branch), rest) if part)
        right = self._right(with_last=True)
        if cell_len(left) + right.cell_length >= self.size.width:
            right = self._right(with_last=False)
        space = max(self.size.width - right.cell_length - 1, 0)
        if cell_len(left) > space:
            branch = max(space - cell_len(dot + rest), 6)
            left = fit(fit(one_line(status.branch), branch).rstrip() + dot + rest, space)
        return Content(left) + Content(" " * max(space + 1 - cell_len(left), 0)) + right

    def _right(self, with_last: bool) -> Content:
        status = self.status
        parts = []
        if status.demo:
            parts.append(Content.styled(t("status.demo"), "$warning"))
        if status.urgent:
            parts.append(Content.styled(f"{sign('warning')} {t('status.urgent', count=status.urgent)}", "bold $error"))
        if status.sync:
            words = f"{sign(status.sync)} {t('status.' + status.sync)}"
            parts.append(Content.styled(words, _TONES.get(status.sync, "$primary")))
            parts.append(Content(t("status.pending", count=status.pending)))
            if status.quarantined:
                parts.append(Content.styled(t("status.quarantined", count=status.quarantined), "$error"))
            if with_last and status.last_contact:
                parts.append(Content.styled(t("status.last", time=one_line(status.last_contact)), "$muted"))
        parts.append(Content.styled(self.clock, "bold"))
        return Content("  ").join(parts)
