"""Reserving, handing over, vouchers, slips, what comes back: the claims of the gift desk."""

from dataclasses import replace
from pathlib import Path

from branch_console.desk.gifts import handing, reserving
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Promise, check, weigh
from branch_console.desk.gifts.claiming import Case, claim_in, promised
from branch_console.desk.gifts.handing import Confirmation, ways_to_confirm
from branch_console.desk.gifts.people import Person
from branch_console.desk.gifts.refusals import RefusedError
from branch_console.desk.gifts.reserving import Hold
from branch_console.desk.gifts.rewards import Item, items
from branch_console.gift_views import ClaimLine, HandOverView, ItemChoice, SlipView
from branch_console.locale import language, t
from branch_console.rules.errors import RuleError
from branch_console.rules.gifts.claim_acts import second_needed
from branch_console.rules.gifts.states import ClaimState
from branch_console.rules.journal import parse_at
from branch_console.services.colleagues import colleagues
from branch_console.services.gifts.claim_lines import claim_line, claim_tab, save_slip, slip_facts, slip_view
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.offers import offer_line
from branch_console.services.gifts.online import Refused, Silent
from branch_console.services.gifts.words import moment, money
from branch_console.views import StaffChoice
from data import gift_queries as gifts


class ClaimsDesk:
    """The part of the gift desk at which something is given."""

    def __init__(self, counter: GiftCounter) -> None:
        self._counter = counter

    def begin(self, person: str, campaign: str) -> HandOverView:
        """Reserve: a hold at central, or a right that this branch owns."""
        booth, who = self._counter.booth(), self._counter.customers.get(person)
        booth.require("gift.hand_over")
        booth, _ = self._counter.with_facts(booth, who)
        with self._counter.told():
            if booth.online:
                hold = self._hold(booth, who, campaign)
                if hold is not None:
                    return self.resume(self._reserved(booth, who, campaign, hold))
                booth = replace(booth, online=False)
            claim = reserving.new_claim(booth)
            return self.resume(reserving.reserve(booth, who, campaign, claim, None))

    def resume(self, claim: str) -> HandOverView:
        """A reservation that is open."""
        booth = self._counter.booth()
        booth.require("gift.hand_over")
        state = claim_in(booth.store, claim)
        if state.status not in {"reserved", "vouchered"}:
            raise RuleError("claim_not_open")
        return self._reservation(booth, claim, state, promised(booth, booth.store, claim, state))

    def hand_over(
        self,
        claim: str,
        choice: str,
        confirmed_by: str,
        confirmation: str,
        terms_accepted: bool,
        second_staff: str,
        password: str,
    ) -> SlipView:
        """The customer has it."""
        said = Confirmation(confirmed_by, confirmation, terms_accepted)
        with self._counter.told():
            handing.hand_over(self._counter.booth(), claim, choice, said, second_staff, password)
        return self.slip(claim)

    def voucher(self, person: str, campaign: str) -> SlipView:
        """A voucher instead of the gift."""
        booth, who = self._counter.booth(), self._counter.customers.get(person)
        with self._counter.told():
            claim = reserving.voucher(booth, who, campaign)
        return self.slip(claim)

    def release(self, claim: str, why: str, note: str) -> None:
        """Give a reservation up; central hears of it at once if it can, else by the journal."""
        booth = self._counter.booth()
        hold = reserving.release(booth, claim, why, note)
        if hold is not None and booth.online:
            self._counter.central.release(hold)

    def claims(self, tab: str, offset: int, limit: int) -> list[ClaimLine]:
        """A page of claims."""
        booth, names = self._counter.booth(), self._counter.names()
        booth.require("gift.read")
        rows = gifts.claims(booth.store, tab=claim_tab(tab), now=booth.now(), offset=offset, limit=limit)
        return [claim_line(row, names, booth.store, booth.now()) for row in rows]

    def count_claims(self, tab: str) -> int:
        """How many claims a tab has."""
        booth = self._counter.booth()
        booth.require("gift.read")
        return gifts.count_claims(booth.store, tab=claim_tab(tab), now=booth.now())

    def slip(self, claim: str) -> SlipView:
        """The slip of a claim again."""
        booth = self._counter.booth()
        booth.require("gift.read")
        return slip_view(claim, slip_facts(self._counter, claim, claim_in(booth.store, claim)))

    def save_slip(self, claim: str) -> Path:
        """The slip as PDF, in a folder that only this user may read."""
        booth = self._counter.booth()
        booth.require("gift.read")
        facts = slip_facts(self._counter, claim, claim_in(booth.store, claim))
        try:
            return save_slip(self._counter, facts)
        except OSError as error:
            raise RuleError("slip_not_saved") from error

    def give_back(
        self, claim: str, reason: str, note: str, reopens: bool, second_staff: str, password: str
    ) -> ClaimLine:
        """The customer brought the gift back: into quarantine."""
        booth = self._counter.booth()
        handing.give_back(booth, claim, reason, note, reopens, second_staff, password)
        row = gifts.claim(booth.store, claim)
        if row is None:
            raise RuleError("claim_unknown")
        return claim_line(row, self._counter.names(), booth.store, booth.now())

    def reasons(self, use: str) -> tuple[tuple[str, str], ...]:
        """Reason codes with words."""
        rows = self._counter.desk().store.reference.codes("gift_reasons", use)
        return tuple((row.code, row.label.get(language())) for row in rows)

    def colleagues(self) -> tuple[StaffChoice, ...]:
        """Who may stand by as a second person."""
        return colleagues(self._counter.desk())

    def _hold(self, booth: Booth, who: Person, campaign: str) -> Hold | None:
        """Central's hold for what the check offers now; None when central gives no answer.

        Raises RefusedError when the check does not offer it, or central knows better.
        """
        booth.require("gift.hand_over")
        checked = check(booth, booth.store, who)
        line = checked.line(campaign)
        if line is None:
            raise RuleError("campaign_unknown")
        if line.judged.verdict not in {"ELIGIBLE", "NEEDS_APPROVAL"}:
            raise RefusedError(line)
        claim = reserving.new_claim(booth)
        central, rules = self._counter.central, line.campaign
        answer = central.hold(booth, who, rules, claim)
        if isinstance(answer, Silent) and answer.asked:  # the same question again: whatever was granted, is
            answer = central.hold(booth, who, rules, claim)
        if isinstance(answer, Refused):
            promise = Promise(problem=answer.problem, details=answer.details)
            raise RefusedError(
                weigh(booth, booth.store, who, checked.scene, checked.book, rules, promise)._replace(lost_to=())
            )
        if isinstance(answer, Silent):
            if answer.asked:
                reserving.abandon(booth, who, campaign, claim)
            return None
        return answer

    def _reserved(self, booth: Booth, who: Person, campaign: str, hold: Hold) -> str:
        """The reservation under a hold; a hold that cannot be used is given back at once."""
        try:
            return reserving.reserve(booth, who, campaign, hold.claim, hold)
        except BaseException:
            self._counter.central.release(hold.claim)
            raise

    def _reservation(self, booth: Booth, claim: str, state: ClaimState, case: Case) -> HandOverView:
        names, zone, now = self._counter.names(), booth.store.identity.zone, booth.now()
        until = None if state.expires_at is None else parse_at(state.expires_at)
        ways = ways_to_confirm(state)
        campaign = case.campaign
        needed = second_needed(campaign, state.value_fen, case.line.judged.verdict)
        return HandOverView(
            claim=claim,
            person=self._counter.customers.view(case.person),
            line=offer_line(case.line, case.scene, names),
            choices=tuple(_choice(each, names) for each in items(booth, campaign, case.scene.there)),
            right=t(f"gift.right.{state.right_kind}"),
            kept_until=state.voucher_expires_on or "" if until is None else moment(until, zone, now),
            confirmations=tuple((way, t(f"gift.confirm.{way}")) for way in ways),
            code_hint=t(f"gift.code_hint.{ways[0]}"),
            second_needed=t("gift.second_needed", amount=money(state.value_fen)) if needed else "",
            second_staff=self.colleagues(),
            terms=t("gift.terms.provisional") if state.right_kind == "provisional" else "",
            kept_seconds=None if until is None else max(0, int((until - now).total_seconds())),
        )


def _choice(item: Item, names: Names) -> ItemChoice:
    slot = item.slot
    return ItemChoice(
        id=item.id,
        label=names.so_many(item.sku, item.quantity),
        place="" if slot is None else names.place(slot.location),
        lot="" if slot is None else slot.lot,
        expires_on="" if slot is None else slot.expires_on or "",
        available=item.available,
    )
