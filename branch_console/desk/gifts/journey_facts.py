"""What a journey at this terminal says about a customer, as facts that campaigns ask for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from branch_console.rules.eligibility.fact_schema import fits
from branch_console.rules.eligibility.facts import Fact
from branch_console.rules.journal import parse_at
from branch_console.rules.journey_state import JourneyState, StepState

_PAID: Final = frozenset({"paid"})
"""Outcomes of the first use that are a payment; being paid or putting money in is none."""


def journey_facts(state: JourneyState, zone: ZoneInfo) -> dict[str, Fact]:
    """The facts of one journey; what the customer has not said, or has had erased, is not there."""
    found = {}
    for name, value, at in _said(state, zone):
        if at is not None and fits(name, value):
            found[name] = Fact(value, at, "local")
    return found


def _said(state: JourneyState, zone: ZoneInfo) -> Iterator[tuple[str, Any, datetime | None]]:
    answered = _at(state.steps.get("need"))
    if state.segment is not None:
        yield "segments", [state.segment], answered
        yield "customer_kind", "small_business" if state.segment == "merchant" else "individual", answered
    if state.age_band is not None:
        yield "age_band", state.age_band, _moment(state.updated_at)
    app = state.answer("official_app", "app_version")
    if isinstance(app, str):
        yield "app_version", app, _at(state.steps.get("official_app"))
    for consent in state.consents:
        agreed = consent.given and consent.withdrawn_at is None
        at = _moment(consent.withdrawn_at or consent.at)
        yield f"consent.{consent.scope}", consent.policy_version if agreed else 0, at
    yield from _wallet(state, zone)


def _wallet(state: JourneyState, zone: ZoneInfo) -> Iterator[tuple[str, Any, datetime | None]]:
    """The wallet that was opened here, and its first payment."""
    finished = _moment(state.finished_at)
    opened = state.steps.get("open_wallet")
    at = _at(opened) if opened is not None and opened.status == "done" else None
    if at is not None:
        yield "wallet_opened_on", at.astimezone(zone).date().isoformat(), at
    if finished is not None and state.wallet_class is not None:
        yield "wallet_tier", state.wallet_class, finished
    used = state.steps.get("first_use")
    if used is not None and used.status == "done" and used.answers.get("done_how") in _PAID:
        paid = _at(used)
        if paid is not None:
            yield "first_paid_on", paid.astimezone(zone).date().isoformat(), paid


def _at(step: StepState | None) -> datetime | None:
    return None if step is None else _moment(step.at)


def _moment(at: str | None) -> datetime | None:
    return None if at is None else parse_at(at)
