"""Onboarding, as the desk and the screens use it: the flow, the plan of a journey, the one evaluator of acts."""

from branch_console.rules.acts import check_act
from branch_console.rules.answer_checks import check_answers, check_complete, may_ask, options
from branch_console.rules.flow import CLASSES, Field, Flow, Rule, Step, above, lower
from branch_console.rules.planning import (
    Plan,
    PlannedStep,
    applicable_fields,
    customer_caps,
    next_step,
    pending_interruption,
    plan,
    undecided_scopes,
)

__all__ = [
    "CLASSES",
    "Field",
    "Flow",
    "Plan",
    "PlannedStep",
    "Rule",
    "Step",
    "above",
    "applicable_fields",
    "check_act",
    "check_answers",
    "check_complete",
    "customer_caps",
    "lower",
    "may_ask",
    "next_step",
    "options",
    "pending_interruption",
    "plan",
    "undecided_scopes",
]
