"""The reasons of a verdict as lines: the tree of conditions, what other campaigns do to it, and the facts behind it."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from branch_console.gift_views import ExplainView, FactLine, NodeView
from branch_console.locale import t
from screens.gifts.paper import Line
from screens.signs import sign
from screens.text import fit, one_line, wrap

DEEPEST = 10
"""Levels that are indented; deeper ones stand below each other."""
_MARKS = {True: ("good", "success"), False: ("bad", "warning"), None: ("unknown", "accent")}


def explain_lines(view: ExplainView, width: int) -> Iterator[Line]:
    """The whole page of one campaign for one customer."""
    yield from node_lines(view.root, width)
    if view.stacking:
        yield from heading(t("gifts.reasons.stacking"))
        yield from _items(view.stacking, width)
    yield from heading(t("gifts.reasons.facts"))
    yield from fact_lines(view.facts, width)
    if view.bound:
        yield from heading(t("gifts.reasons.bound"))
        yield from _items((view.bound,), width)


def heading(text: str) -> tuple[Line, Line]:
    """A blank line and a title."""
    return (), ((text, "accent"),)


def node_lines(node: NodeView, width: int, depth: int = 0, *, judged: bool = True) -> Iterator[Line]:
    """A condition and what it consists of.

    Signs say whether it helps, with the polarity counted in. `judged=False`: the rules themselves, which nobody has
    been held against, have no sign and no word.
    """
    indent = " " * (2 * min(depth, DEEPEST))
    name, tone = _MARKS[node.good]
    word = {True: "good", False: "bad", None: "unknown"}[node.good]
    mark = f"{sign(name)} {t(f'gifts.reason.{word}')} " if judged else f"{sign('not_started')} "
    hanging = " " * cell_len(indent + mark)
    space = max(width - len(hanging), 12)
    said = wrap(one_line(node.text), space)
    notes = _notes(node)
    beside = len(said) == 1 and cell_len(said[0]) + 3 + cell_len(_joined(notes)) <= space
    yield (indent, ""), (mark, tone if judged else "muted"), (said[0], ""), *(_spaced(notes, "   ") if beside else ())
    yield from (((hanging, ""), (line, "")) for line in said[1:])
    if not beside:
        yield from _notes_below(notes, hanging, space)
    for child in node.children:
        yield from node_lines(child, width, depth + 1, judged=judged)


def fact_lines(facts: Sequence[FactLine], width: int) -> Iterator[Line]:
    """Name, value, source and age of each fact; what is too old says so in a word."""
    rows = [(one_line(fact.name), one_line(fact.value), _freshness(fact)) for fact in facts]
    stale = [fact.stale for fact in facts]
    if not rows:
        yield ((t("gifts.reasons.no_facts"), "muted"),)
    first, middle, last = (max((cell_len(row[at]) for row in rows), default=0) for at in range(3))
    if first + middle + last + 4 > width:
        first, last = min(first, max(width // 3, 8)), min(last, max(width * 2 // 5, 8))
    middle = max(width - first - last - 4, 8)
    for (name, value, freshness), old in zip(rows, stale, strict=True):
        tone = "warning" if old else "muted"
        yield (
            (fit(name, first), "muted"),
            ("  ", ""),
            (fit(value, middle), ""),
            ("  ", ""),
            (fit(freshness, last), tone),
        )


def freshness_line(facts: Sequence[FactLine]) -> str:
    """Where the facts come from and how old the oldest of each source is, in one line; what is too old by name."""
    oldest: dict[str, str] = {}
    for fact in sorted(facts, key=_age, reverse=True):
        oldest[one_line(fact.source)] = one_line(fact.as_of)
    ages = [f"{source} {as_of}".strip() for source, as_of in oldest.items()]
    stale = [one_line(fact.name) for fact in facts if fact.stale]
    said = t("gifts.facts", ages=f" {sign('separator')} ".join(ages)) if ages else t("gifts.reasons.no_facts")
    old = t("gifts.facts.stale", names=t("common.list_separator").join(stale))
    return f"{said}   {sign('warning')} {old}" if stale else said


def _age(fact: FactLine) -> tuple[bool, str]:
    """Sorts the oldest first: what has a date is of another day, a time alone is of today."""
    return "-" not in fact.as_of, fact.as_of


def _freshness(fact: FactLine) -> str:
    said = f"{one_line(fact.source)} {one_line(fact.as_of)}".strip()
    return f"{sign('warning')} {said} {t('gifts.fact.stale')}" if fact.stale else said


def _items(texts: Iterable[str], width: int) -> Iterator[Line]:
    for text in texts:
        first, *others = wrap(one_line(text), max(width - 2, 12))
        yield (f"{sign('not_started')} ", "muted"), (first, "")
        yield from (((f"  {line}", ""),) for line in others)


def _notes(node: NodeView) -> list[tuple[str, str]]:
    """What is missing, who can change it, how fresh it is."""
    parts = ((node.gap, "muted" if node.good else "warning"), (node.fixable, "accent"), (node.freshness, "muted"))
    return [(one_line(text), tone) for text, tone in parts if text]


def _joined(notes: list[tuple[str, str]]) -> str:
    return f" {sign('separator')} ".join(text for text, _tone in notes)


def _spaced(notes: list[tuple[str, str]], before: str) -> Line:
    """The notes side by side, `before` in front of the first."""
    spaced: list[tuple[str, str]] = []
    for note in notes:
        spaced += [(f" {sign('separator')} " if spaced else before, "muted"), note]
    return tuple(spaced)


def _notes_below(notes: list[tuple[str, str]], hanging: str, space: int) -> Iterator[Line]:
    if notes and cell_len(_joined(notes)) <= space:
        yield _spaced(notes, hanging)
        return
    for text, tone in notes:
        yield from (((hanging, ""), (line, tone)) for line in wrap(text, space))
