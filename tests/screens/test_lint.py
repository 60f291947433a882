"""No screen hands a plain string to a widget that would read markup out of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import screens

FOLDER = Path(screens.__file__).parent
SOURCES = sorted([*FOLDER.rglob("*.py"), FOLDER.parent / "branch_console" / "app.py"])
READS_MARKUP = {"Static", "Label", "Button", "Checkbox", "RadioButton", "Collapsible", "Tab", "TabPane", "Select"}
SAFE = {"plain", "styled", "Content", "Text", "assemble", "join", "from_markup"}
TITLES = {"border_title", "border_subtitle", "tooltip"}


def name(call: ast.Call) -> str:
    function = call.func
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def makers(tree: ast.AST) -> set[str]:
    """The functions of a module that say that they return Content."""
    defined = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns is not None]
    return SAFE | {each.name for each in defined if each.returns is not None and ast.unparse(each.returns) == "Content"}


def safe(value: ast.expr, known: set[str]) -> bool:
    """A constant of ours, or something that has passed one of the functions of screens/text.py."""
    if isinstance(value, ast.IfExp):
        return safe(value.body, known) and safe(value.orelse, known)
    if isinstance(value, ast.BinOp):
        return safe(value.left, known) and safe(value.right, known)
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Call) and name(value) in known)


def literal_markup_off(call: ast.Call) -> bool:
    return any(
        keyword.arg == "markup" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        for keyword in call.keywords
    )


def findings(tree: ast.AST) -> Iterator[str]:
    known = makers(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if (
                name(node) in READS_MARKUP
                and node.args
                and not safe(node.args[0], known)
                and not literal_markup_off(node)
            ):
                yield f"{node.lineno}: {name(node)}({ast.unparse(node.args[0])})"
            if name(node) == "from_markup" and node.args and not isinstance(node.args[0], ast.Constant | ast.Name):
                yield f"{node.lineno}: from_markup({ast.unparse(node.args[0])})"
            if ast.unparse(node.func) == "styled" and not isinstance(node.args[0], ast.Constant):
                yield f"{node.lineno}: styled({ast.unparse(node.args[0])})"
            if name(node) in {"escape", "render_markup"}:
                yield f"{node.lineno}: {name(node)} is no protection"
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr in TITLES and not safe(node.value, known):
                    yield f"{node.lineno}: {target.attr} = {ast.unparse(node.value)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(FOLDER.parent).as_posix())
def test_people_s_words_are_never_read_as_markup(path: Path) -> None:
    assert not list(findings(ast.parse(path.read_text(encoding="utf-8"))))


def test_the_check_finds_what_it_should() -> None:
    bad = ["Static(name)", "Static(f'{x}')", "Label('a' + b)", "Button(t('x', name=n))", "w.border_title = name",
           "Content.from_markup(f'{x}')", "escape(x)"]  # fmt: skip
    good = ["Static(plain(name))", "Static('ok')", "Static(x, markup=False)", "w.border_title = plain(t('x'))"]
    assert all(list(findings(ast.parse(each))) for each in bad)
    assert not any(list(findings(ast.parse(each))) for each in good)
