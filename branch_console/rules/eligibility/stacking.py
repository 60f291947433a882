"""Which of the rewards that a customer may have go together. The same answer everywhere, and with its reason.

Campaigns without an exclusion group never hinder each other. Inside a group at most `max_per_group` win (the least of
what its members say), and every two winners must be combinable: each one's `combinable_with` is empty or names the
other. The order is priority, then what it is worth to the customer, then which ends first, then the id. Never "what is
best for the bank": where priority and value are the same, the customer chooses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from branch_console.rules.eligibility.campaign import Campaign

Why: TypeAlias = Literal["same_group", "not_combinable", "choose_first"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A campaign whose conditions this customer meets. `value_fen` is what the reward is worth to the customer."""

    campaign: str
    group: str | None
    max_per_group: int
    priority: int
    value_fen: int
    until: date
    combinable_with: frozenset[str] = frozenset()

    @classmethod
    def of(cls, campaign: "Campaign") -> "Offer":
        """The offer of a campaign."""
        return cls(
            campaign.id,
            campaign.group,
            campaign.max_per_group,
            campaign.priority,
            campaign.unit_value_fen,
            campaign.runs.ends,
            frozenset(campaign.combinable_with),
        )


@dataclass(frozen=True, slots=True)
class Lost:
    """Why an offer does not win: which others stand in its way.

    `same_group`: they take all places (of a choice: whichever the customer takes does). `choose_first`: whether there
    is a place is known when the customer has chosen among them.
    """

    to: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Choice:
    """Offers that tie and do not all fit; the customer chooses up to `places` of them."""

    campaigns: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every offer is in exactly one of the three; all in order, best first."""

    won: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    lost: dict[str, Lost] = field(default_factory=dict)

    def choice_of(self, campaign: str) -> Choice | None:
        """The choice that a campaign is part of."""
        return next((each for each in self.choices if campaign in each.campaigns), None)


def in_order(offers: Sequence[Offer]) -> list[Offer]:
    """Best first."""
    return sorted(offers, key=lambda each: (-each.priority, -each.value_fen, each.until, each.campaign))


def combinable(one: Offer, other: Offer) -> bool:
    """Whether two offers of one group go together as far as they name each other."""
    return (not one.combinable_with or other.campaign in one.combinable_with) and (
        not other.combinable_with or one.campaign in other.combinable_with
    )


def resolve(offers: Sequence[Offer], taken: Sequence[Offer] = ()) -> Resolution:
    """Decide between offers. `taken` are campaigns whose reward the customer has already, or has just chosen.

    Whoever made a choice calls again with what was chosen among `taken`.
    """
    won: list[Offer] = []
    choices: list[tuple[Offer, Choice]] = []
    lost: dict[str, Lost] = {}
    ordered = in_order(offers)
    for name in sorted({each.group or "" for each in ordered}):
        members = [each for each in ordered if (each.group or "") == name]
        if not name:
            won += members
            continue
        group = _Group([each for each in taken if each.group == name])
        for _, tied in groupby(members, key=lambda each: (each.priority, each.value_fen)):
            group.enter(list(tied))
        won += group.won
        choices += [(first, choice) for first, choice in group.choices]
        lost |= group.lost
    rank = {each.campaign: place for place, each in enumerate(ordered)}
    return Resolution(
        won=tuple(each.campaign for each in in_order(won)),
        choices=tuple(choice for first, choice in sorted(choices, key=lambda each: rank[each[0].campaign])),
        lost={each.campaign: lost[each.campaign] for each in ordered if each.campaign in lost},
    )


class _Group:
    """One exclusion group while its members enter, tie by tie."""

    def __init__(self, taken: list[Offer]) -> None:
        self.taken = taken
        self.won: list[Offer] = []
        self.choices: list[tuple[Offer, Choice]] = []
        self.lost: dict[str, Lost] = {}

    def enter(self, tied: list[Offer]) -> None:
        """Offers of the same priority and value: all win, or the customer chooses, or they lose."""
        fitting = [each for each in tied if self._fits(each)]
        if not fitting:
            return
        places = min(each.max_per_group for each in [*self._inside, *fitting]) - len(self._inside)
        if len(fitting) <= places and all(combinable(one, other) for one, other in combinations(fitting, 2)):
            self.won += fitting
        else:
            names = tuple(each.campaign for each in fitting)
            self.choices.append((fitting[0], Choice(names, max(places, 1))))

    def _fits(self, offer: Offer) -> bool:
        """Whether it may stand beside what is inside; otherwise it has lost, and is told to what."""
        if self.choices:
            choice = self.choices[-1][1]
            self.lost[offer.campaign] = Lost(choice.campaigns, "same_group" if choice.places == 1 else "choose_first")
            return False
        against = tuple(each.campaign for each in self._inside if not combinable(each, offer))
        if against:
            self.lost[offer.campaign] = Lost(against, "not_combinable")
        elif len(self._inside) >= min(each.max_per_group for each in [*self._inside, offer]):
            self.lost[offer.campaign] = Lost(tuple(each.campaign for each in self._inside), "same_group")
        return offer.campaign not in self.lost

    @property
    def _inside(self) -> list[Offer]:
        return [*self.taken, *self.won]
