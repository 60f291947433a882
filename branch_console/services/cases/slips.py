"""The slips of a case: on the screen as printed, and as PDF. Each is an act of its own."""

from functools import partial
from pathlib import Path
from typing import get_args

from branch_console.desk.cases import core
from branch_console.desk.cases.printing import printed
from branch_console.gift_views import SlipView
from branch_console.locale import Language
from branch_console.rules.cases.states import CaseState
from branch_console.rules.errors import RuleError
from branch_console.services.cases.counter import CaseOffice
from branch_console.services.slips.case import CASE_SLIPS, case_facts, which_slip, why_no_slip
from branch_console.services.slips.case_words import CaseWords
from branch_console.services.slips.facts import SlipFacts
from branch_console.services.slips.files import own_folder
from branch_console.services.slips.qr import code_of
from branch_console.services.slips.text import slip_lines
from data import meta

_REGISTERED = "case.registered"


class SlipDesk:
    """What the slip screen calls."""

    _office: CaseOffice

    def slip(self, case: str, which: str, language: Language) -> SlipView:
        """A slip as printed on paper of 80 mm, in the customer's language. Raises RuleError."""
        counter = self._office.counter()
        facts, at_central = self._facts(counter, case, which, language)
        printed(counter, case, which, "text", language, offline=not at_central)
        return SlipView(case, facts.number, slip_lines(facts), code_of(facts), facts.title)

    def save_slip(self, case: str, which: str, language: Language) -> Path:
        """The slip as PDF, in a folder that only this user may read; where it stands. Raises RuleError."""
        from branch_console.services.slips.pdf import write_pdf  # noqa: PLC0415  the PDF library is needed here only

        counter = self._office.counter()
        facts, at_central = self._facts(counter, case, which, language)
        path = self._office.slips / f"{facts.number}-{which}-{language}.pdf"
        try:
            own_folder(path.parent)
            deliver = partial(write_pdf, facts, path)
            printed(counter, case, which, "pdf", language, offline=not at_central, deliver=deliver)
        except OSError as error:
            raise RuleError("slip_not_saved") from error
        return path

    def slips(self, case: str) -> dict[str, RuleError | None]:
        """Each slip, and why the case does not have it now."""
        counter = self._office.counter()
        counter.require("case.read")
        state = _case(counter, case)
        return {each: why_no_slip(state, each) for each in CASE_SLIPS}

    def _facts(self, counter: core.CaseCounter, case: str, which: str, language: Language) -> tuple[SlipFacts, bool]:
        """What the slip says, and whether that is that central holds the case."""
        counter.require("case.register")
        if language not in get_args(Language):
            raise RuleError("slip_unknown")
        state = _case(counter, case)
        at_central = counter.online and _acknowledged(counter, case)
        policy = counter.reference.sla.get((state.policy_id, state.policy_version))
        rules = [] if policy is None else policy.rules(tuple(state.clock_sets))
        words = CaseWords(
            language=language,
            branch=self._office.branch_name,
            reference=counter.reference,
            masks=core.masks(counter),
            zone=counter.store.identity.zone,
            now=counter.now(),
            readings=core.readings(counter, state),
            first=frozenset(each.id for each in rules if each.start == "received" and "contact_out" in each.stop),
            decision=frozenset(each.id for each in rules if each.statutory and "notified" in each.stop),
            at_central=at_central,
            online=counter.online,
        )
        return case_facts(state, which_slip(which), words), at_central


def _case(counter: core.CaseCounter, case: str) -> CaseState:
    state = counter.store.state(case)
    if not isinstance(state, CaseState) or not state.number:
        raise RuleError("case_unknown")
    return state


def _acknowledged(counter: core.CaseCounter, case: str) -> bool:
    """Whether central holds the case's beginning: acknowledged, or come from there."""
    own = counter.store.identity.terminal
    with counter.store.reading() as connection:
        through = meta.get_number(connection, meta.ACKNOWLEDGED)
    begun = [each for each in counter.store.entries(case) if each.type == _REGISTERED]
    return any(each.terminal != own or each.seq <= through for each in begun)
