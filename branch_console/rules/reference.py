"""Reference data as values: what the folds and the desk look up (flows, wallet classes, policies, codes)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """All reference data in force or once in force, by id and version. Documents are never taken out."""
