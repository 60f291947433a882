"""Clocks and promise as lines: a sign and a word for each, never a colour alone; the law's clock apart from our own."""

from textual.content import Content

from branch_console.case_views.working import ClockLine, Clocks, PromiseLine
from branch_console.locale import t
from screens.signs import sign
from screens.text import fit, one_line

LABEL = 18
"""Cells of the label before a clock."""
_SIGNS = {
    "overdue": ("overdue", "$error"),
    "soon": ("soon", "$warning"),
    "normal": ("normal", "$success"),
    "paused": ("resting", "$primary"),
    "met": ("done", "$success"),
    "missed": ("bad", "$error"),
    "stopped": ("skipped", "$muted"),
    "right": ("open", "$muted"),
}


def strip(clocks: Clocks, width: int) -> Content:
    """Three lines for a narrow console: the nearest clock of the law, the nearest of our own, the next promise."""
    legal = [each for each in clocks.lines if each.statutory]
    own = [each for each in clocks.lines if not (each.statutory or each.right or each.promised)]
    live = [each for each in clocks.lines if each.live and not each.promised]
    more = len([each for each in live if each not in (*legal[:1], *own[:1])])
    lines = [
        _short(t("cases.clock.legal"), legal[0], width) if legal else _none(t("cases.clock.legal"), width),
        _short(t("cases.clock.own"), own[0], width, more) if own else _none(t("cases.clock.own"), width),
        promise_line(clocks.promise, width),
    ]
    return Content("\n").join(lines)


def full(clocks: Clocks) -> list[Content]:
    """Every clock in two lines for the panel; the promise first."""
    lines = [_title(t("cases.promise.next")), promise_lines(clocks.promise)]
    for title, found in (
        (t("cases.clock.legal"), [each for each in clocks.lines if each.statutory]),
        (t("cases.clock.own"), [each for each in clocks.lines if not each.statutory and not each.right]),
        (t("cases.clock.right"), [each for each in clocks.lines if each.right]),
    ):
        if found:
            lines.append(_title(title))
            lines += [_long(each) for each in found]
    if clocks.confirm:
        lines.append(Content.styled(one_line(clocks.confirm), "$muted"))
    if clocks.estimated:
        lines.append(Content.styled(f"{sign('warning')} {one_line(clocks.estimated)}", "$warning"))
    return lines


def promise_line(promise: PromiseLine | None, width: int) -> Content:
    """The next promise in one line."""
    label = Content.styled(fit(t("cases.promise.next"), LABEL), "$muted")
    if promise is None:
        return label + Content.styled(fit(t("cases.promise.none"), width - LABEL), "$muted")
    more = t("cases.promise.more", count=promise.more) if promise.more else ""
    said = f"{promise.at} {promise.way} {promise.staff}  {promise.left}  {more}"
    return label + _state(promise.state, promise.word) + Content("  " + one_line(said).rstrip())


def promise_lines(promise: PromiseLine | None) -> Content:
    """The next promise in the panel."""
    if promise is None:
        return Content.styled(t("cases.promise.none"), "$muted")
    more = "  " + t("cases.promise.more", count=promise.more) if promise.more else ""
    first = Content.styled(one_line(f"{promise.at} {promise.way} {promise.staff}"), "bold")
    return first + Content("\n  ") + _state(promise.state, promise.word) + Content(f"  {one_line(promise.left)}{more}")


def _title(text: str) -> Content:
    return Content.styled(one_line(text), "$primary bold")


def _state(state: str, word: str) -> Content:
    name, tone = _SIGNS.get(state, ("unknown", "$muted"))
    return Content.styled(f"{sign(name)} {one_line(word)}", tone)


def _short(title: str, line: ClockLine, width: int, more: int = 0) -> Content:
    label = Content.styled(fit(f"{one_line(title)} {one_line(line.label)}", LABEL - 1) + " ", "$muted")
    due = f"  {t('cases.clock.until', due=line.due)}" if line.due and line.live else ""
    left = f"  {line.left}" if line.left else ""
    rest = "  ".join(each for each in (*line.notes, t("cases.clock.more", count=more) if more else "") if each)
    said = Content(one_line(f"{due}{left}")) + Content.styled(one_line(f"  {rest}") if rest else "", "$muted")
    return (label + _state(line.state, line.word) + said).truncate(width)


def _long(line: ClockLine) -> Content:
    due = f" {t('cases.clock.until', due=line.due)}" if line.due else ""
    notes = "  ".join(one_line(each) for each in line.notes)
    second = Content("\n  ") + _state(line.state, line.word) + Content(f"  {one_line(line.left)}" if line.left else "")
    third = Content.styled(f"\n  {notes}", "$muted") if notes else Content("")
    return Content(one_line(line.label)) + Content.styled(one_line(due), "bold") + second + third


def _none(title: str, width: int) -> Content:
    return Content.styled(fit(one_line(title), LABEL) + fit(t("cases.clock.none"), width - LABEL), "$muted")
