"""Who may do what. One table; the desk asks it before every act, screens ask it only to say why not."""

from typing import Literal, TypeAlias

from branch_console.rules.errors import RuleError
from branch_console.rules.staff import ROLES, Role

Action: TypeAlias = Literal[
    "journey.read",
    "journey.work",
    "journey.clear_interruption",
    "journey.accept_at_counter",
    "consent.withdraw",
    "figures.own",
    "figures.branch",
    "figures.team",
    "figures.export",
    "journal.verify",
    "sync.see",
    "store.backup",
    "gift.read",
    "gift.check",
    "gift.hand_over",
    "gift.settle",
    "stock.work",
    "stock.approve",
    "day.close",
    "campaign.preview",
    "case.read",
    "case.register",
    "case.work",
    "case.approve",
    "case.see_named_staff",
    "case.report",
    "idea.evaluate",
    "rating.give",
]

_ALL: frozenset[Role] = frozenset(ROLES)

# An administrator cares for machines and staff and sees no customer; an auditor sees and changes nothing
# (requirement S9 of the security page, docs/security.md).
ALLOWED: dict[Action, frozenset[Role]] = {
    "journey.read": frozenset({"guide", "case_officer", "supervisor", "auditor"}),
    "journey.work": frozenset({"guide", "case_officer", "supervisor"}),
    "journey.clear_interruption": frozenset({"supervisor"}),
    "journey.accept_at_counter": frozenset({"guide", "case_officer", "supervisor"}),
    "consent.withdraw": frozenset({"guide", "case_officer", "supervisor"}),
    "figures.own": frozenset({"guide", "case_officer", "supervisor"}),
    "figures.branch": frozenset({"guide", "case_officer", "supervisor", "auditor"}),
    "figures.team": frozenset({"supervisor", "auditor"}),
    "figures.export": frozenset({"supervisor", "auditor"}),
    "journal.verify": frozenset({"supervisor", "auditor", "administrator"}),
    "sync.see": _ALL,
    "store.backup": frozenset({"supervisor", "administrator"}),
    "gift.read": frozenset({"guide", "case_officer", "supervisor", "auditor"}),
    "gift.check": frozenset({"guide", "case_officer", "supervisor"}),
    "gift.hand_over": frozenset({"guide", "case_officer", "supervisor"}),
    "gift.settle": frozenset({"supervisor"}),
    "stock.work": frozenset({"guide", "case_officer", "supervisor"}),
    "stock.approve": frozenset({"supervisor"}),
    "day.close": frozenset({"supervisor"}),
    "campaign.preview": frozenset({"supervisor", "auditor"}),
    "case.read": frozenset({"guide", "case_officer", "supervisor", "auditor"}),
    "case.register": frozenset({"guide", "case_officer", "supervisor"}),
    "case.work": frozenset({"case_officer", "supervisor"}),
    "case.approve": frozenset({"supervisor"}),
    "case.see_named_staff": frozenset({"supervisor", "auditor"}),
    "case.report": frozenset({"case_officer", "supervisor", "auditor"}),
    "idea.evaluate": frozenset({"supervisor"}),
    "rating.give": frozenset({"guide", "case_officer", "supervisor"}),
}


def allowed(role: Role, action: Action) -> bool:
    """Whether staff of that role may do it."""
    return role in ALLOWED[action]


def require(role: Role, action: Action) -> None:
    """Raise RuleError `role_may_not` unless staff of that role may do it."""
    if not allowed(role, action):
        raise RuleError("role_may_not", role=role, action=action)
