"""The case under the cursor in a few lines: what the columns had no room for."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from branch_console.case_views.queue import CaseLine
from branch_console.locale import t
from screens.cases.queue.case_rows import left, next_step, owner
from screens.signs import sign
from screens.text import fit, one_line, wrap
from screens.widgets import css_beside

_TONES = {"overdue": "$error", "soon": "$warning"}


class CaseInBrief(Widget):
    """Number and state; how the promises stand; flags; what the customer said, as far as there is room."""

    DEFAULT_CSS = css_beside(__file__)

    line: reactive[CaseLine | None] = reactive(None)

    def render(self) -> Content:
        """Three lines and what the customer said."""
        width, height = self.size.width, self.size.height
        if self.line is None or not width:
            return Content()
        rows = [
            Content.styled(fit(_about(self.line), width), "bold"),
            Content.styled(fit(_due(self.line), width), _TONES.get(self.line.urgency, "")),
        ]
        if flags := _flags(self.line):
            rows.append(Content.styled(fit(flags, width), "$warning"))
        room = max(height - len(rows), 0)
        said = wrap(one_line(self.line.text), width)
        if len(said) > room > 0:
            said = [*said[: room - 1], "".join(said[room - 1 :])]
        rows += [Content.styled(fit(each, width), "$muted") for each in said[:room]]
        return Content("\n").join(rows)


def _about(line: CaseLine) -> str:
    parts = [line.number, line.kind, line.category, line.status, line.customer, line.phone]
    return _joined(parts)


def _due(line: CaseLine) -> str:
    statutory = t("cases.brief.statutory", day=line.statutory_day) if line.statutory_day else ""
    return _joined([left(line), next_step(line), statutory, t("cases.brief.owner", name=owner(line))])


def _flags(line: CaseLine) -> str:
    words = [t(f"cases.flag.{flag}") for flag in line.flags]
    if line.elsewhere:
        words.append(t("cases.brief.elsewhere", terminal=line.elsewhere))
    if line.pending:
        words.append(t("cases.brief.pending"))
    return _joined(words)


def _joined(parts: list[str]) -> str:
    return f" {sign('separator')} ".join(one_line(part) for part in parts if part)
