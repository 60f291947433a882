"""Both languages say everything, with the same placeholders, and nothing that nobody asks for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import branch_console
from branch_console.locale import LANGUAGES, Language, catalogue_path, known, set_language, t

ROOT = Path(branch_console.__file__).parents[1]
SOURCES = [*ROOT.glob("branch_console/**/*.py"), *ROOT.glob("screens/**/*.py")]
MSGID = re.compile(r"[a-z][a-z_]*(\.[A-Za-z0-9_-]+)+")
CALLS = {"t", "in_language", "known"}


def catalogue(language: Language) -> Catalog:
    with catalogue_path(language).open("rb") as file:
        return read_po(file)


def texts(language: Language) -> dict[str, list[str]]:
    """Msgid → its sentences (several when plural)."""
    found: dict[str, list[str]] = {}
    for message in catalogue(language):
        if message.id:
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            found[msgid] = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return found


def literals(tree: ast.AST) -> Iterator[str]:
    """Every string constant that is no part of an f-string."""
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.value


def asked(tree: ast.AST) -> Iterator[str]:
    """The msgids that are asked for by name, with `t("…")`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
            yield from (each for each in literals(node.args[0]) if MSGID.fullmatch(each))


def prefixes(tree: ast.AST) -> Iterator[str]:
    """What msgids begin with that are put together: f"error.{code}" and "role." + role."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield str(node.values[0].value)
        elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant) and isinstance(node.left.value, str):
            yield node.left.value


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def test_both_languages_have_the_same_messages() -> None:
    chinese, english = texts("zh"), texts("en")
    assert chinese.keys() == english.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty_fuzzy_or_twice(language: Language) -> None:
    assert not [msgid for msgid, sentences in texts(language).items() if not all(sentences)]
    assert not [message.id for message in catalogue(language) if message.fuzzy]
    source = catalogue_path(language).read_text(encoding="utf-8")
    msgids = re.findall(r'^msgid "(.+)"$', source, flags=re.MULTILINE)
    assert len(msgids) == len(set(msgids))


def test_placeholders_are_the_same_in_both_languages() -> None:
    chinese, english = texts("zh"), texts("en")
    for msgid in chinese:
        fields = {frozenset(re.findall(r"{(\w+)", sentence)) for sentence in (*chinese[msgid], *english.get(msgid, []))}
        assert len(fields) == 1, msgid


def test_every_message_that_is_asked_for_exists() -> None:
    existing = texts("zh").keys()
    missing = {(path.name, msgid) for path, tree in TREES.items() for msgid in asked(tree) if msgid not in existing}
    assert not missing


def test_every_message_is_used() -> None:
    said = {literal for tree in TREES.values() for literal in literals(tree)}
    begun = tuple({each for tree in TREES.values() for each in prefixes(tree) if re.fullmatch(r"[a-z_.]+[._]", each)})
    assert not [msgid for msgid in texts("zh") if msgid not in said and not msgid.startswith(begun)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_console_speaks_it(language: Language) -> None:
    set_language(language)
    assert t("app.title") == {"zh": "网点工作台", "en": "Branch Console"}[language]
    assert t("sync.pending.count", n=1) != t("sync.pending.count", n=2)
    assert t("no.such.message") == "no.such.message"
    assert known("app.title") and not known("no.such.message") and not known("")


def test_english_tells_one_from_many() -> None:
    set_language("en")
    assert t("sync.pending.count", n=1) == "1 entry waiting"
    assert t("sync.pending.count", n=2) == "2 entries waiting"
