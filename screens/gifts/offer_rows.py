"""The campaigns for a customer as rows of a list, and the one under the cursor in full."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from branch_console.gift_views import OfferLine
from branch_console.locale import t
from screens.gifts.verdicts import verdict_cell
from screens.signs import sign
from screens.text import one_line
from screens.widgets.row_drawing import Cell, Column

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One campaign. `tie`: the letter of the group of which the customer chooses one; empty when there is no choice."""

    line: OfferLine
    tie: str = ""


def offer_rows(lines: Sequence[OfferLine]) -> list[OfferRow]:
    """The rows in the order in which they came. A group of one is no choice."""
    sizes = Counter(line.choice_group for line in lines if line.choice_group)
    letters = dict(zip((group for group, size in sizes.items() if size > 1), _LETTERS, strict=False))
    return [OfferRow(line, letters.get(line.choice_group, "")) for line in lines]


def columns() -> list[Column]:
    """Verdict, campaign and sentence always; reward, what is left and until when where there is room."""
    return [
        Column(t("gifts.column.verdict"), 17),
        Column(t("gifts.column.campaign"), 22),
        Column(t("gifts.column.sentence")),
        Column(t("gifts.column.reward"), 16, wide_only=True),
        Column(t("gifts.column.left"), 12, wide_only=True),
        Column(t("gifts.column.until"), 10, wide_only=True),
    ]


def cells(row: OfferRow) -> list[Cell]:
    """One row."""
    line = row.line
    sentence = f"{t('gifts.tie.short', group=row.tie)} {line.sentence}" if row.tie else line.sentence
    return [
        verdict_cell(line),
        line.title,
        (sentence, "accent" if row.tie else ""),
        line.reward,
        (line.left, "muted"),
        (line.until, "muted"),
    ]


def detail(row: OfferRow | None) -> tuple[str, str]:
    """Sentence, and the line with reward, what is left, until when, and whether the customer chooses."""
    if row is None:
        return "", ""
    line = row.line
    labelled = (("reward", line.reward), ("left", line.left), ("until", line.until))
    parts = [f"{t(f'gifts.column.{name}')} {one_line(value)}" for name, value in labelled if value]
    if row.tie:
        parts.append(t("gifts.tie", group=row.tie))
    return one_line(line.sentence), f" {sign('separator')} ".join(parts)
