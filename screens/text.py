"""Text on the screen: people's words are data, widths are cells.

Textual reads markup out of every plain string that it is given, and terminals read control sequences out of every
character, so text from people takes one of these functions on its way to a widget. `tests/screens/test_lint.py` holds
all screens to it.
"""

from rich.cells import cell_len, chop_cells
from textual.content import Content

from branch_console.security.text import clean


def plain(text: str) -> Content:
    """Text shown exactly as it stands: cleaned of control sequences, without any markup.

    Line by line, because `clean` bounds what one text may hold and a notice to be read out is longer.
    """
    return Content("\n".join(clean(line) for line in text.split("\n")))


def styled(template: str, **values: str) -> Content:
    """Markup of ours with people's words in it: `styled("[b]$name[/b]", name=name)`; the words stay plain."""
    return Content.from_markup(template, **{name: clean(value) for name, value in values.items()})


def one_line(text: str) -> str:
    """Cleaned text without line breaks and tabs, for a list's cell or a status line."""
    return clean(text).replace("\n", " ").replace("\t", " ")


def fit(text: str, cells: int, right: bool = False) -> str:
    """The text in exactly `cells` cells: cut with `..` when too long, filled with spaces when too short.

    Two full stops and no ellipsis: consoles with Chinese fonts draw that character two cells wide.
    """
    if cells <= 0:
        return ""
    width = cell_len(text)
    if width > cells:
        text = chop_cells(text, max(cells - 2, 1))[0] + ".."[: max(cells - 1, 0)]
        width = cell_len(text)
    space = " " * (cells - width)
    return space + text if right else text + space


def wrap(text: str, cells: int) -> list[str]:
    """Lines of at most `cells` cells: broken at spaces between Latin words, anywhere between Han characters."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in _words(paragraph):
            if cell_len(line + word.rstrip()) > cells and line:
                lines.append(line.rstrip())
                line = ""
            line += word.lstrip() if not line else word
            while cell_len(line.rstrip()) > cells:
                head = chop_cells(line, cells)[0]
                lines.append(head)
                line = line[len(head) :]
        lines.append(line.rstrip())
    return lines


_CLOSING = "，。、；：！？）》」』】”’"
"""Never at the start of a line."""


def _words(text: str) -> list[str]:
    """Where a line may break: after a space and after every wide character."""
    words = [""]
    for character in text:
        if cell_len(character) == 2 or character in _CLOSING:
            before = words[-1] or (words[-2] if len(words) > 1 else "")
            if character in _CLOSING and before and not before.endswith(" "):
                words[-1 if words[-1] else -2] += character
            else:
                words.append(character)
            if words[-1]:
                words.append("")
        else:
            words[-1] += character
            if character == " ":
                words.append("")
    return [word for word in words if word]
