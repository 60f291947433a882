"""What supervisors look at: exceptions, odd hand-overs, campaigns, drafts tried on people."""

from branch_console.desk.gifts import handing, preview
from branch_console.desk.gifts.booth import Booth
from branch_console.desk.gifts.preview import MARK
from branch_console.gift_views import BacktestView, CampaignLine, CampaignView, ExplainView, SignalLine
from branch_console.locale import language, t
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.sentences import condition_phrase
from branch_console.services.gifts.checking import bound_words, disclosure_of
from branch_console.services.gifts.counter import GiftCounter
from branch_console.services.gifts.fact_lines import fact_lines
from branch_console.services.gifts.names import Names
from branch_console.services.gifts.offers import bare_view, node_view, offer_line, path_words
from branch_console.services.gifts.words import money
from data import gift_queries as gifts
from data.gift_queries import CampaignHere, Signal


class WatchDesk:
    """The supervisor's part of the gift desk."""

    def __init__(self, counter: GiftCounter) -> None:
        self._counter = counter

    def settle(self, claim: str, how: str, reason: str) -> None:
        """Deal with an exception."""
        handing.settle(self._counter.booth(), claim, how, reason)

    def signals(self) -> tuple[SignalLine, ...]:
        """Self-dealing and other oddities of the last 30 days."""
        booth, names = self._counter.booth(), self._counter.names()
        booth.require("gift.settle")
        return tuple(_signal(each, names) for each in gifts.signals(booth.store, booth.now()))

    def campaigns(self) -> tuple[CampaignLine, ...]:
        """All campaigns, and drafts that were submitted."""
        booth, names = self._counter.booth(), self._counter.names()
        booth.require("gift.read")
        lines = []
        for here in gifts.campaigns(booth.store, booth.now()):
            rules = booth.store.reference.campaign(here.campaign, here.version)
            if rules is not None:
                lines.append(_line(rules, here, names))
        return (*lines, *(_line(rules, None, names) for rules in preview.drafts(booth)))

    def campaign(self, campaign: str) -> CampaignView:
        """One campaign."""
        booth, names = self._counter.booth(), self._counter.names()
        booth.require("gift.read")
        rules = preview.named(booth, campaign)
        here = _here(booth, campaign)
        return CampaignView(
            line=_line(rules, here, names),
            facts=_facts(rules, names),
            rules=bare_view(preview.bare_rules(booth, rules), names),
            disclosure=disclosure_of(rules),
            bound=bound_words(here),
            approved_by="" if here is None else here.approved_by,
        )

    def dry_run(self, campaign: str, person: str) -> ExplainView:
        """A campaign, or a draft of it, on one person."""
        booth, who = self._counter.booth(), self._counter.customers.get(person)
        booth.require("campaign.preview")
        booth, _ = self._counter.with_facts(booth, who)  # the page shows how old what it knows is
        names = self._counter.names()
        checked = preview.dry_run(booth, campaign, who)
        line, no = checked.lines[0], t("gift.act.dry_run")
        return ExplainView(
            person=self._counter.customers.view(checked.person),
            line=offer_line(line, checked.scene, names),
            root=node_view(line.node, names, booth),
            path=path_words(line, names),
            stacking=(),
            facts=fact_lines(checked.book, booth, names, line.compiled.names),
            disclosure=disclosure_of(line.campaign),
            bound=bound_words(_here(booth, campaign)),
            acts={"hand_over": no, "voucher": no, "attest": no, "refresh": no},
        )

    def backtest(self, campaign: str) -> BacktestView:
        """A campaign, or a draft of it, over yesterday's people."""
        booth, names = self._counter.booth(), self._counter.names()
        tried = preview.try_on_yesterday(booth, campaign)
        found = tried.found
        return BacktestView(
            campaign=tried.campaign.title.get(language()),
            day=tried.day,
            people=found.people,
            eligible=found.eligible,
            unknown=found.unknown,
            near_misses=found.near_misses,
            cost=money(found.cost_fen),
            budget="" if found.budget_fen is None else money(found.budget_fen),
            over_budget=found.over_budget,
            stock=tuple((names.item(sku), needed, found.stock.get(sku, 0)) for sku, needed in found.needed.items()),
            failing=tuple((names.said(condition_phrase(each.node)), each.fails, each.near) for each in found.failing),
        )


def _here(booth: Booth, campaign: str) -> CampaignHere | None:
    """What central said of a campaign; nothing of a draft."""
    return None if MARK in campaign else next(iter(gifts.campaigns(booth.store, booth.now(), campaign)), None)


def _line(rules: Campaign, here: CampaignHere | None, names: Names) -> CampaignLine:
    status = "draft" if here is None else here.status
    left = ""
    if here is not None and here.left_count is not None:
        left = t("gift.left.count", n=here.left_count)
    elif here is not None and here.left_fen is not None:
        left = t("gift.left.budget", amount=money(here.left_fen))
    return CampaignLine(
        id=rules.id if here is not None else f"{rules.id}{MARK}{rules.version}",
        version=rules.version,
        title=rules.title.get(language()),
        status=status,
        status_words=t(f"gift.campaign.{status}"),
        period=names.period(rules.runs.starts, rules.runs.ends),
        left=left,
        claims_today=0 if here is None else here.claims_today,
    )


def _facts(rules: Campaign, names: Names) -> tuple[tuple[str, str], ...]:
    """What the page of a campaign says beside its conditions."""
    rows = [
        ("reward", names.reward(rules)),
        ("period", names.period(rules.runs.starts, rules.runs.ends)),
        ("identity", t(f"gift.identity.{rules.identity}")),
        ("group", rules.group or ""),
        ("quantity", "" if rules.quantity is None else str(rules.quantity)),
        ("budget", "" if rules.budget_fen is None else money(rules.budget_fen)),
        ("value", money(rules.unit_value_fen)),
        ("cost", money(rules.unit_cost_fen)),
        ("approval", money(rules.approval_threshold_fen)),
        ("offline", t(f"gift.offline.{rules.offline.mode}")),
        ("prize", t(f"gift.prize.{rules.prize_mode}")),
        ("tax", t(f"gift.tax.{rules.tax_treatment}")),
        ("compliance", rules.compliance_reference),
    ]
    return tuple((t(f"gift.page.{name}"), words) for name, words in rows if words)


def _signal(each: Signal, names: Names) -> SignalLine:
    said = t(f"gift.signal.{each.signal}", times=each.times, of=each.of, other=names.person(each.other))
    return SignalLine(each.signal, said, names.person(each.staff), each.times, each.claims)
