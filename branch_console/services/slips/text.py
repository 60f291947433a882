"""A slip as lines of an 80 mm printer: 48 cells, Han characters two of them."""

from branch_console.locale import language, t_in
from branch_console.services.slips.facts import SlipFacts
from branch_console.services.slips.wrapping import cells, one_line, wrap

WIDTH = 48
_LABEL = 14
_RULE = "-" * WIDTH


def slip_lines(facts: SlipFacts) -> tuple[str, ...]:
    """The lines, none wider than 48 cells; the QR code is printed below them."""
    lines = [*_centred(facts.title), *_centred(facts.branch), _RULE]
    for sentence in facts.notice:
        lines += [*wrap(sentence, WIDTH, cells), _RULE]
    for name, number in facts.urgent:
        lines += [*_centred(f"*** {number} ***"), *_centred(name), ""]
    if facts.urgent:
        lines[-1] = _RULE
    for label, value in ((t_in(facts.language or language(), "slip.number"), facts.number), *facts.rows):
        lines += _row(label, value)
    for part in (facts.terms, facts.rights):
        if any(part):
            lines.append(_RULE)
            lines += [line for sentence in part for line in wrap(sentence, WIDTH, cells)]
    if facts.hotlines:
        lines.append(_RULE)
        for name, number in facts.hotlines:
            lines += _ends(name, number)
    return tuple(lines)


def _centred(text: str) -> list[str]:
    return [" " * ((WIDTH - cells(line)) // 2) + line for line in wrap(text, WIDTH, cells)]


def _row(label: str, value: str) -> list[str]:
    """Label and value side by side; the value goes on under itself. A long label has a line of its own."""
    head = one_line(label)
    room = WIDTH - _LABEL
    rest = [" " * _LABEL + line for line in wrap(value, room, cells)]
    if cells(head) >= _LABEL:
        return [*wrap(head, WIDTH, cells), *rest]
    return [head + " " * (_LABEL - cells(head)) + rest[0].lstrip(" "), *rest[1:]]


def _ends(name: str, number: str) -> list[str]:
    """A name at the left and its number at the right, under it if there is no room."""
    right = wrap(number, WIDTH, cells)
    left = wrap(name, WIDTH, cells)
    gap = WIDTH - cells(left[-1]) - cells(right[0])
    if len(right) == 1 and gap >= 1:
        return [*left[:-1], left[-1] + " " * gap + right[0]]
    return [*left, *(" " * (WIDTH - cells(line)) + line for line in right)]
