"""Finding the customer, checking every campaign, explaining one, writing down what the phone shows."""

from branch_console.desk.gifts import attesting, people
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.checking import Checked, Weighed, check
from branch_console.desk.gifts.recording import record
from branch_console.gift_views import AttestField, CheckView, ExplainView, PersonView
from branch_console.locale import language, t
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.errors import RuleError
from branch_console.rules.roles import allowed
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.fact_lines import fact_lines
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.offers import (
    node_view,
    offer_line,
    offer_lines,
    path_words,
    sentence,
    stacking_words,
)
from branch_console.services.gifts.words import moment, money
from data.gift_queries import CampaignHere

GIVEN = frozenset({"ELIGIBLE", "ELIGIBLE_OFFLINE", "PROVISIONAL", "NEEDS_APPROVAL"})
VOUCHERED = frozenset({"VOUCHER", "PROVISIONAL"})


class CheckingDesk:
    """The first third of the gift desk."""

    def __init__(self, counter: GiftCounter) -> None:
        self._counter = counter

    def people(self, text: str) -> tuple[PersonView, ...]:
        """Whoever the text may mean."""
        found = people.people(self._counter.desk(), text)
        return tuple(self._counter.customers.view(each) for each in found)

    def recent(self) -> tuple[PersonView, ...]:
        """The customers of whoever works here, the newest first."""
        return tuple(self._counter.customers.view(each) for each in people.recent(self._counter.desk()))

    def person_of(self, journey: str) -> PersonView:
        """The customer of a journey."""
        return self._counter.customers.view(people.person_of(self._counter.desk(), journey))

    def check(self, person: str, refresh: bool = False, opened: bool = False) -> CheckView:
        """All campaigns for this customer, from today's facts; central is asked for them once, or when told to.

        `opened`: staff opened this check, which is an entry; what is only drawn anew is none.
        """
        booth, who = self._counter.booth(), self._counter.customers.get(person)
        booth.require("gift.check")
        booth, notice = self._counter.with_facts(booth, who, refresh=refresh)
        checked = check(booth, booth.store, who)
        if opened:
            record(booth, checked)
        names = self._counter.names()
        return CheckView(
            person=self._counter.customers.view(who),
            lines=offer_lines(checked, names),
            online=booth.online,
            facts=fact_lines(checked.book, booth, names),
            checked_at=moment(checked.at, booth.store.identity.zone, checked.at),
            notice=notice,
        )

    def explain(self, person: str, campaign: str) -> ExplainView:
        """One campaign in full."""
        booth, who = self._counter.booth(), self._counter.customers.get(person)
        checked = check(booth, booth.store, who)
        return self._explained(booth, checked, _line(checked, campaign))

    def attestable(self, person: str, campaign: str) -> tuple[AttestField, ...]:
        """The facts that the customer's phone may show and that would help here."""
        booth, who = self._counter.booth(), self._counter.customers.get(person)
        line = _line(check(booth, booth.store, who), campaign)
        return tuple(
            AttestField(each.fact, t(f"gift.attest.{each.fact}"), each.kind, t(f"gift.attest.hint.{each.kind}"))
            for each in attesting.attestable(line)
        )

    def attest(self, person: str, fact: str, value: str, reference: str) -> CheckView:
        """Write down a fact seen on the phone."""
        booth, who = self._counter.booth(), self._counter.customers.get(person)
        attesting.attest(booth, who, fact, value, reference)
        return self.check(person)

    def _explained(self, booth: Booth, checked: Checked, line: Weighed) -> ExplainView:
        names = self._counter.names()
        return ExplainView(
            person=self._counter.customers.view(checked.person),
            line=offer_line(line, checked.scene, names),
            root=node_view(line.node, names, booth),
            path=path_words(line, names),
            stacking=stacking_words(line, checked, names),
            facts=fact_lines(checked.book, booth, names, line.compiled.names),
            disclosure=disclosure_of(line.campaign),
            bound=bound_words(checked.scene.campaigns.get(line.campaign.id)),
            acts=_acts(booth, line, names),
        )


def disclosure_of(campaign: Campaign) -> tuple[tuple[str, str], ...]:
    """What was published about a campaign."""
    told = campaign.disclosure
    return tuple(
        (t(f"gift.disclosure.{name}"), getattr(told, name).get(language())) for name in type(told).model_fields
    )


def bound_words(here: CampaignHere | None) -> str:
    """What an outage can cost at most; empty when central has not said it."""
    if here is None or here.bound_count is None:
        return ""
    return t("gift.bound", n=here.bound_count, amount=money(here.bound_fen or 0))


def _line(checked: Checked, campaign: str) -> Weighed:
    line = checked.line(campaign)
    if line is None:
        raise RuleError("campaign_unknown")
    return line


def _acts(booth: Booth, line: Weighed, names: Names) -> dict[str, str]:
    """Each act, and why it cannot be done now."""
    verdict, why = line.judged.verdict, sentence(line, names)
    may = allowed(booth.desk.role, "gift.hand_over")
    forbidden = "" if may else t("gift.act.role")
    return {
        "hand_over": forbidden or ("" if verdict in GIVEN else why),
        "voucher": forbidden or ("" if verdict in VOUCHERED else t("gift.act.no_voucher")),
        "attest": forbidden or ("" if attesting.attestable(line) else t("gift.act.nothing_to_attest")),
        "refresh": "" if booth.online else t("gift.notice.offline"),
    }
