"""Every error that can reach a person has words in both languages; so has every doubt, state and limit."""

import ast
from functools import cache
from pathlib import Path

import pytest

from branch_console.central.problems import STATUS
from branch_console.locale import LANGUAGES, Language, catalogue_path
from data import errors as store_errors

ROOT = Path(__file__).parents[1]

# Answers of central that the terminal acts on without telling anybody, or that only a defect could provoke.
NEVER_SHOWN = {
    "unsupported-grant", "invalid-token", "assertion-reused", "wrong-terminal", "wrong-branch", "not-found",
    "method-not-allowed", "request-timeout", "resync", "too-large", "unsupported-encoding", "cursor-expired",
}  # fmt: skip


def msgids(language: Language) -> set[str]:
    """The msgids of a catalogue that have a translation."""
    from babel.messages.pofile import read_po

    with catalogue_path(language).open("rb") as file:
        return {
            str(message.id if isinstance(message.id, str) else message.id[0])
            for message in read_po(file)
            if message.string
        }


@cache
def literal_codes() -> dict[str, str]:
    """error msgid → where it is raised, of all codes that stand literally in the program."""
    found: dict[str, str] = {}
    for folder in ("branch_console", "data"):
        for path in (ROOT / folder).rglob("*.py"):
            if "central" in path.parts:  # central speaks English to administrators
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for code in _codes(node):
                    found[code] = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
    return found


def _codes(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name, place = node.func.id, {"RuleError": 0, "SyncError": 0, "FieldError": 1}.get(node.func.id)
        if place is not None and len(node.args) > place:
            argument = node.args[place]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                return [f"sync.problem.{argument.value}" if name == "SyncError" else f"error.{argument.value}"]
            if isinstance(argument, ast.IfExp):
                return [
                    f"sync.problem.{each.value}" if name == "SyncError" else f"error.{each.value}"
                    for each in (argument.body, argument.orelse)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                ]
    if isinstance(node, ast.AnnAssign | ast.Assign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        named = any(isinstance(each, ast.Name) and each.id == "code" for each in targets)
        value = node.value
        if named and isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
            return [f"error.{value.value}"]
    return []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_literal_error_code_has_words(language: Language) -> None:
    known = msgids(language)
    missing = {code: where for code, where in literal_codes().items() if code not in known}
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_store_error_has_words(language: Language) -> None:
    kinds = [each for each in vars(store_errors).values() if isinstance(each, type)]
    codes = {f"error.{each.code}" for each in kinds if issubclass(each, store_errors.StoreError)}
    assert codes <= msgids(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_of_central_has_words(language: Language) -> None:
    codes = {f"sync.problem.{code}" for code in STATUS if code not in NEVER_SHOWN}
    assert not codes - msgids(language)
