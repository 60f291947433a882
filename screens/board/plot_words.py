"""What a plot shows, in words: for whoever cannot see it, and for the last digit of whoever can."""

from collections.abc import Sequence

from branch_console.figure_views.detail import PlotPoint, PlotView
from branch_console.locale import t
from screens.board.plot_scale import number, unit_words
from screens.signs import sign
from screens.text import one_line

MOST = 6
"""Days that are named; the others are counted."""


def plot_words(plot: PlotView, brief: bool = False) -> list[tuple[str, str]]:
    """Lines with their tone: newest value and limits, range, unusual days, days without data, kind of chart.

    `brief` leaves out the range and the notes.
    """
    known = [point for point in plot.points if point.value is not None]
    lines: list[tuple[str, str]] = []
    if known:
        lines.append((_newest(plot, known[-1]), ""))
    if known and not brief:
        low, high = min(known, key=_value), max(known, key=_value)
        lines.append(
            (
                t("board.plot.range", low=_said(plot, low), high=_said(plot, high), n=len(known)),
                "$muted",
            )
        )
    unusual = [point for point in known if point.unusual]
    if unusual:
        lines.append((f"{sign('unusual')} {t('board.plot.unusual', days=_named(plot, unusual))}", "$error"))
    missing = [point for point in plot.points if point.value is None]
    if missing:
        lines.append((t("board.plot.missing", n=len(missing), days=_labels(missing)), "$muted"))
    lines.append((one_line(plot.name), "$muted"))
    lines += [] if brief else [(one_line(note), "$muted") for note in plot.notes]
    return lines


def _newest(plot: PlotView, point: PlotPoint) -> str:
    parts = [f"{one_line(point.label)}: {_with_unit(plot, point)}"]
    if plot.centre is not None:
        parts.append(t("board.plot.centre", value=number(plot.centre, plot.unit)))
    if point.lower is not None or point.upper is not None:
        low = number(point.lower, plot.unit) if point.lower is not None else t("board.plot.no_limit")
        high = number(point.upper, plot.unit) if point.upper is not None else t("board.plot.no_limit")
        parts.append(t("board.plot.limits", low=low, high=high))
    return "  ".join(parts)


def _with_unit(plot: PlotView, point: PlotPoint) -> str:
    return f"{number(_value(point), plot.unit)} {unit_words(plot.unit)}".rstrip()


def _said(plot: PlotView, point: PlotPoint) -> str:
    return f"{number(_value(point), plot.unit)} ({one_line(point.label)})"


def _named(plot: PlotView, points: Sequence[PlotPoint]) -> str:
    shown = ", ".join(_said(plot, point) for point in points[-MOST:])
    return shown if len(points) <= MOST else f"{shown} +{len(points) - MOST}"


def _labels(points: Sequence[PlotPoint]) -> str:
    shown = ", ".join(one_line(point.label) for point in points[-MOST:])
    return shown if len(points) <= MOST else f"{shown} +{len(points) - MOST}"


def _value(point: PlotPoint) -> float:
    return point.value if point.value is not None else 0.0
