"""Consent to the data-use notice: what was shown, whether it must be asked again, what a withdrawal does.

Sources: PIPL Art. 14 (new consent when purpose, means or kind changes), 15 (withdrawing as easy as giving),
17 (what a notice says), 28 and 29 (separate consent for sensitive data), 31 (guardian under 14).
"""

from datetime import date
from hashlib import sha256

from branch_console.rules.documents import Document, Words
from branch_console.rules.journey_entries import Scope
from branch_console.rules.journey_state import ConsentState


class Policy(Document):
    """A data-use notice. The exact text that a customer is shown is `shown_text`."""

    title: Words
    controller: Words
    notice: Words
    purposes: list[Words]
    kinds: list[Words]
    retention: Words
    rights: Words
    scopes: dict[Scope, Words]


def shown_text(policy: Policy, scope: Scope, language: str) -> str:
    """Exactly what is shown and read out before the customer decides on `scope`."""
    blocks = [
        policy.title.get(language),
        policy.controller.get(language),
        policy.notice.get(language),
        "\n".join(f"· {each.get(language)}" for each in policy.purposes),
        "\n".join(f"· {each.get(language)}" for each in policy.kinds),
        policy.retention.get(language),
        policy.rights.get(language),
        policy.scopes[scope].get(language),
    ]
    return "\n\n".join(block.strip() for block in blocks)


def text_hash(policy: Policy, scope: Scope, language: str) -> str:
    """SHA-256 (hex) of the UTF-8 bytes of the text that was shown; stands in the consent entry."""
    return sha256(shown_text(policy, scope, language).encode()).hexdigest()


def consent_status(decision: ConsentState | None, policy: Policy | None, *, guardian: bool) -> str:
    """given, refused, withdrawn, outdated (another version of the notice is in force), guardian (a guardian must give
    it) or missing. Without `policy` the version is not checked.
    """
    if decision is None:
        return "missing"
    if decision.withdrawn_at is not None:
        return "withdrawn"
    if policy is not None and not is_current(decision, policy):
        return "outdated"
    if not decision.given:
        return "refused"
    return "guardian" if guardian and not decision.guardian else "given"


def is_current(decision: ConsentState, policy: Policy) -> bool:
    """Whether the decision was about exactly the text that is in force."""
    if (decision.policy_id, decision.policy_version) != (policy.id, policy.version):
        return False
    scope: Scope = "sensitive" if decision.scope == "sensitive" else "general"
    return decision.sha256 == text_hash(policy, scope, decision.language)


def newest(policies: list[Policy], on: date) -> Policy | None:
    """The version in force on a business date."""
    valid = [policy for policy in policies if policy.effective_from <= on]
    return max(valid, key=lambda policy: (policy.effective_from, policy.version), default=None)
