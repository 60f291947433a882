"""What stands beside the timeline: the next promise, all clocks, what is known, what two sides said differently."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from branch_console.case_views.working import CaseView, Clocks
from branch_console.locale import t
from screens.cases.view.clock_words import full
from screens.signs import sign
from screens.text import one_line, wrap
from screens.widgets import css_beside


class SidePanel(VerticalScroll):
    """Scrolls by itself; filled by `show`, and its clocks anew by `tell`."""

    DEFAULT_CSS = css_beside(__file__)

    def compose(self) -> ComposeResult:
        """Clocks above, all else below."""
        yield Static(id="side-clocks")
        yield Static(id="side-facts")

    def show(self, view: CaseView) -> None:
        """One case."""
        self.tell(view.clocks)
        self.query_one("#side-facts", Static).update(_facts(view, max(self.content_size.width, 30)))

    def tell(self, clocks: Clocks) -> None:
        """The clocks of a later moment."""
        self.query_one("#side-clocks", Static).update(Content("\n").join(full(clocks)))


def _facts(view: CaseView, width: int) -> Content:
    parts: list[Content] = []
    if view.differences:
        parts.append(_title(t("cases.differences")))
        for each in view.differences:
            said = t("cases.difference", what=each.what, stands=each.stands, other=each.other, who=each.who, at=each.at)
            parts.append(_wrapped(f"{sign('warning')} {said}", width, "$warning"))
    parts.append(_title(t("cases.said")))
    parts.append(_wrapped(view.narrative or t("cases.erased"), width, ""))
    parts.append(_title(t("cases.known")))
    parts += [_fact(label, value, width) for label, value in view.facts]
    return Content("\n").join(parts)


def _title(text: str) -> Content:
    return Content.styled(f"\n{one_line(text)}", "$primary bold")


def _fact(label: str, value: str, width: int) -> Content:
    head = Content.styled(one_line(label) + "  ", "$muted")
    lines = _lines(one_line(value), max(width - head.cell_length, 10))
    rest = [Content(f"  {line}") for line in lines[1:]]
    return Content("\n").join([head + Content(lines[0] if lines else ""), *rest])


def _wrapped(text: str, width: int, tone: str) -> Content:
    return Content.styled("\n".join(_lines(one_line(text), width)), tone)


def _lines(text: str, width: int) -> Sequence[str]:
    return wrap(text, width)
