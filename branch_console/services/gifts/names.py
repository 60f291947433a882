"""Phrases of the rules as sentences, in the language of the session and with the names of reference data."""

from datetime import date
from typing import Final

from branch_console.locale import language, t
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.phrases import Phrase, render
from branch_console.rules.eligibility.rewards import (
    CashbackReward,
    CashReward,
    FeeWaiverReward,
    GiftReward,
    PointsReward,
)
from branch_console.rules.gifts.marking import place
from branch_console.rules.reference import Reference
from branch_console.services.gifts.words import money
from data import queries
from data.store import Store

_TABLES: Final = {"segment": "segments", "age": "ages"}


class Names:
    """What things are called, for one call of a screen."""

    def __init__(self, store: Store) -> None:
        """As the store knows them now."""
        self._reference: Reference = store.reference
        self._terminals = {each.terminal: each.name for each in queries.terminals(store)}
        self.staff = {each.staff_id: each.name for each in queries.staff_list(store)}

    def said(self, phrase: Phrase | None) -> str:
        """A phrase as a sentence; empty for none."""
        return "" if phrase is None else render(phrase, t, self.of)

    def of(self, kind: str, code: str) -> str:
        """What reference data calls something, or its code."""
        if kind == "sku":
            return self.item(code)
        words = self._reference.label(_TABLES.get(kind, kind), code)
        return code if words is None else words.get(language())

    def item(self, sku: str) -> str:
        """An item."""
        items = self._reference.items
        row = None if items is None else items.row(sku)
        return sku if row is None else row.label.get(language())

    def campaign(self, name: str) -> str:
        """The title of a campaign, by its newest version that is held here."""
        held = [each for (each_id, _), each in self._reference.campaigns.items() if each_id == name]
        newest = max(held, key=lambda each: each.version, default=None)
        return name if newest is None else newest.title.get(language())

    def place(self, location: str) -> str:
        """A place in the branch; a drawer by its terminal."""
        kind = place(location)
        if kind == "drawer":
            terminal = location.partition(":")[2]
            return t("gift.place.drawer", terminal=self._terminals.get(terminal, terminal[-4:]))
        return t(f"gift.place.{kind}")

    def person(self, staff: str | None) -> str:
        """A member of staff."""
        return "" if staff is None else self.staff.get(staff, staff)

    def reason(self, code: str) -> str:
        """A reason of the gift desk."""
        words = self._reference.label("gift_reasons", code)
        return code if words is None else words.get(language())

    def reward(self, campaign: Campaign) -> str:
        """What a campaign gives."""
        reward = campaign.reward
        if isinstance(reward, GiftReward):
            each = [self.so_many(choice.sku, choice.quantity) for choice in reward.choices]
            return t("gift.or").join(each)
        if isinstance(reward, PointsReward):
            return t("gift.reward.points", n=reward.points)
        if isinstance(reward, CashReward):
            return t("gift.reward.cash", amount=money(reward.fen))
        if isinstance(reward, FeeWaiverReward):
            return t("gift.reward.fee_waiver", amount=money(reward.fen), n=reward.months)
        if isinstance(reward, CashbackReward):
            percent = f"{reward.percent_bp / 100:g}%"
            return t("gift.reward.cashback", percent=percent, amount=money(reward.most_fen))
        return t("gift.reward.voucher", partner=reward.partner.get(language()), amount=money(reward.value_fen))

    def granted(self, kind: str, sku: str | None, quantity: int, amount: int) -> str:
        """What a claim granted."""
        if kind == "gift":
            return self.so_many(sku, quantity) if sku else t("gift.reward.gift")
        if kind == "points":
            return t("gift.reward.points", n=amount)
        return t(f"gift.reward.{kind}.amount", amount=money(amount))

    def so_many(self, sku: str, quantity: int) -> str:
        """An item, with the number when it is more than one."""
        label = self.item(sku)
        return label if quantity == 1 else t("gift.so_many", item=label, quantity=quantity)

    def period(self, first: date, last: date) -> str:
        """From a day to a day."""
        return t("gift.period", first=first.isoformat(), last=last.isoformat())
