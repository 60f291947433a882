"""The published content: complete in both languages, nothing that leads nowhere, and errors that name the line."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from branch_console.rules.codes import HotlineTable, OperatorTable
from branch_console.rules.consent import consent_status, shown_text, text_hash
from branch_console.rules.documents import ReferenceFormatError, Words
from branch_console.rules.flow import Kind
from branch_console.rules.id_documents import DOCUMENTS
from branch_console.rules.journey_state import ConsentState
from branch_console.rules.reference import Reference
from tests.rules.flow_help import ON, documents, flow, reference

FLOW = "flows/ecny_personal.v1.toml"
STEPS = [
    "need", "fraud_gate", "device", "consent", "lookup", "official_app", "register", "open_wallet", "pay_password",
    "identity", "bind_card", "counter", "security", "first_use", "education", "gift", "review", "feedback",
]  # fmt: skip


def words(value: Any, place: str = "") -> Iterator[tuple[str, Words]]:
    """Every text of a document, with its place."""
    if isinstance(value, Words):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from words(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from words(item, f"{place}.{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from words(item, f"{place}.{number}")


def test_every_document_is_read_and_nothing_stays_unknown() -> None:
    found = reference()
    count = len(found.flows) + len(found.policies) + len(found.tables) + len(found.calendars) + len(found.sla)
    count += len(found.targets)
    count += len(found.board)
    count += 6  # wallets, the app, gift items, desk rules, masks, lexicon
    assert count == len(documents())
    assert [step.id for step in flow().steps] == STEPS
    assert found.app is not None


def test_every_text_is_chinese_and_english() -> None:
    items, masks, lexicon = reference().items, reference().masks, reference().lexicon
    assert items is not None and masks is not None and lexicon is not None
    everything = [*reference().flows.values(), *reference().policies.values(), *reference().tables.values()]
    everything += [items, masks, lexicon]
    texts = [(place, text) for document in everything for place, text in words(document, document.id)]
    assert len(texts) > 400
    for place, text in texts:
        if "operators" not in place:
            assert not re.search(r"[\u4e00-\u9fff]", text.en.replace("数字人民币", "")), place
        assert re.search(r"[\u4e00-\u9fff]|NFC|iOS", text.zh), place
        assert text.zh == text.zh.strip() and text.en == text.en.strip(), place


@pytest.mark.parametrize("step", flow().steps, ids=STEPS)
def test_a_step_is_complete(step: Any) -> None:
    reasons = {row.code for row in reference().codes("reasons")}
    assert set(step.required) == {"IV", "III", "II", "I"}
    assert "default" in step.staff_says
    assert {*step.skip_reasons, *step.fail_reasons, *step.excuse_reasons} <= reasons
    assert step.fail_reasons
    assert step.evidence
    if step.id not in {"gift", "feedback", "review"}:
        assert step.worries
        assert len(step.staff_says) >= 3
        assert step.hints or step.id in {"need", "fraud_gate"}
    if "O" in step.required.values():
        assert step.skip_reasons
    for field in step.fields:
        if field.options_from is not None:
            assert reference().codes(field.options_from, field.id)
        if field.must:
            assert field.must_reason is not None


def test_what_must_never_be_recorded_is_said() -> None:
    """§2 of the domain page names it for these steps."""
    silent = {"need", "fraud_gate", "official_app", "education", "gift", "review", "feedback"}
    assert {step.id for step in flow().steps if not step.never_record} == silent


def test_no_field_takes_a_credential() -> None:
    kinds = {"choice", "choices", "yesno", "text", "name", "number", "phone", "document", "last4", "wallet_tail"}
    assert set(get_args(Kind)) == kinds
    forbidden = re.compile(r"password|passwd|pin|otp|cvn|cvv|expiry|sms_code|card_number|face|finger|biometric")
    for step in flow().steps:
        for field in step.fields:
            if field.kind not in {"yesno", "choice"}:
                assert not forbidden.search(field.id), field.id
                assert not re.search(r"验证码|密码|有效期|安全码", field.label.zh), field.id
            if field.kind == "text":
                assert field.maximum is not None
                assert field.maximum <= 30


def test_reasons_of_the_whole_journey_are_known() -> None:
    reasons = {row.code for row in reference().codes("reasons")}
    for name in type(flow().reasons).model_fields:
        assert set(getattr(flow().reasons, name)) <= reasons
    for rule in flow().rules:
        if rule.interruption is not None:
            assert rule.interruption.reason in reasons
            hotline = rule.interruption.hotline
            assert hotline is None or reference().row("hotlines", hotline) is not None


def test_what_the_project_could_not_know_is_marked() -> None:
    assert flow().sample is not None
    assert all(policy.sample is not None for policy in reference().policies.values())
    for rule in flow().rules:
        assert rule.source
        assert rule.certainty != "L" or rule.confirm, rule.id
    for row in reference().tiers:
        assert row.source
        assert row.confirm or not row.doubtful or row.certainty == "H"
    app = reference().app
    assert app is not None
    assert app.confirm
    assert ".example/" in app.qr_payload


def test_tables() -> None:
    operators = reference().tables["operators"]
    assert isinstance(operators, OperatorTable)
    assert len(operators.codes) == 10
    hotlines = reference().tables["hotlines"]
    assert isinstance(hotlines, HotlineTable)
    assert all(row.number.isdigit() for row in hotlines.codes)
    documents_table = reference().documents
    assert documents_table is not None
    assert {row.check for row in documents_table.codes} <= set(DOCUMENTS)


def test_interest_is_said_as_it_is_in_that_year() -> None:
    old = [each.id for each in flow().facts_at("open_wallet", date(2025, 12, 31))]
    new = [each.id for each in flow().facts_at("open_wallet", date(2026, 1, 1))]
    assert "no_interest_before_2026" in old
    assert "interest_since_2026" not in old
    assert "interest_since_2026" in new
    assert "no_interest_before_2026" not in new


@pytest.mark.parametrize(
    ("old", "new", "line_of", "key"),
    [
        ('kind = "choice"', 'kind = "password"', 'kind = "password"', "steps.0.fields.0.kind"),
        ("target_seconds = 30", 'target_seconds = "30"', 'target_seconds = "30"', "steps.0.target_seconds"),
        ('steps_off = ["lookup"]', 'steps_off = ["look_up"]', 'steps_off = ["look_up"]', "rules.9.steps_off"),
        ("confirms = true", "confirmz = true", "confirmz = true", "steps.16.confirmz"),
        ('"device.smartphone" = [true]', '"device.smart" = [true]', '"device.smart" = [true]', "steps.2.fields.1.when"),
        ('id = "fraud_gate"', 'id = "need"', 'id = "need"', "steps.1.id"),
    ],
)
def test_an_error_names_file_line_and_key(old: str, new: str, line_of: str, key: str) -> None:
    text = documents()[FLOW].replace(old, new, 1)
    lines = text.splitlines()
    expected = max(number for number, line in enumerate(lines, 1) if line_of in line)
    with pytest.raises(ReferenceFormatError) as wrong:
        Reference.parse({**documents(), FLOW: text})
    assert (wrong.value.file, wrong.value.line, wrong.value.key) == (FLOW, expected, key)


def test_broken_toml_names_its_line() -> None:
    with pytest.raises(ReferenceFormatError) as wrong:
        Reference.parse({FLOW: 'id = "x"\nversion = = 1\n'})
    assert wrong.value.line == 2


def test_a_wrong_document_can_be_left_out_and_named() -> None:
    problems: list[ReferenceFormatError] = []
    found = Reference.parse({**documents(), FLOW: "id = 1"}, problems=problems)
    assert found.flows == {}
    assert found.app is not None
    assert [each.file for each in problems] == [FLOW]


def test_a_document_of_the_future_is_left_alone() -> None:
    assert Reference.parse({"gifts/moon_cake.v1.toml": "what = 'ever'"}) == Reference()


def test_file_names_must_agree_with_their_content() -> None:
    with pytest.raises(ReferenceFormatError, match="file's name"):
        Reference.parse({"flows/ecny_personal.v2.toml": documents()[FLOW]})


def test_consent_is_asked_again_when_the_text_changes() -> None:
    policy = reference().policy("data_use", ON)
    assert policy is not None
    decision = ConsentState(
        "general", True, policy.id, policy.version, text_hash(policy, "general", "zh"), "spoken", "zh", False, "g1", "t"
    )
    assert consent_status(decision, policy, guardian=False) == "given"
    assert consent_status(decision, policy, guardian=True) == "guardian"
    assert consent_status(None, policy, guardian=False) == "missing"
    newer = policy.model_copy(update={"version": 2})
    assert consent_status(decision, newer, guardian=False) == "outdated"
    decision.withdrawn_at = "t"
    assert consent_status(decision, policy, guardian=False) == "withdrawn"
    shown = {shown_text(policy, scope, language) for scope in policy.scopes for language in ("zh", "en")}
    assert len(shown) == 4


def test_every_refusal_has_words_in_both_languages() -> None:
    rules = Path(__file__).parents[2] / "branch_console" / "rules"
    codes: set[str] = set()
    for path in rules.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            at = {"RuleError": 0, "FieldError": 1, "mark": 2}.get(node.func.id)
            if at is None or len(node.args) <= at:
                continue
            code = node.args[at]
            prefix = "mark" if node.func.id == "mark" else "error"
            codes |= {f"{prefix}.{each}" for each in strings(code) if re.fullmatch("[a-z][a-z0-9_]+", each)}
    codes |= {f"error.{each}" for each in PLANNED}
    assert len(codes) > 70
    for language in ("zh_CN", "en"):
        catalogue = (rules.parent / "locale" / language / "LC_MESSAGES" / "branch_console.po").read_text("utf-8")
        assert sorted(code for code in codes if f'msgid "{code}"' not in catalogue) == []


# Codes that a plan gives as "why not" without raising.
PLANNED = [
    "step_order", "step_not_in_path", "journey_ended", "journey_interrupted", "journey_paused", "journey_offered",
    "consent_missing", "consent_outdated", "consent_guardian", "consent_refused",
]  # fmt: skip


def strings(node: ast.expr) -> list[str]:
    """The string constants that an expression can give."""
    if isinstance(node, ast.JoinedStr):
        return []
    return [each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
