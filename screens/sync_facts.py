"""The sync's state as labels and values."""

from branch_console.locale import known, t
from branch_console.rules.clock import is_off
from branch_console.views import SyncView
from screens.signs import sign
from screens.widgets.facts import Fact

TONES = {"online": "success", "offline": "muted", "limited": "warning", "needs_a_person": "error"}


def facts(view: SyncView) -> list[Fact]:
    """Everything that the sync screen says in rows."""
    rows = [
        Fact(t("sync.state"), f"{sign(view.state)} {t('status.' + view.state)}", TONES.get(view.state, "accent")),
        proof(view),
        Fact(t("sync.here"), head(view.own_seq, view.own_hash)),
        Fact(
            t("sync.central"),
            t("sync.unknown") if view.central_seq is None else head(view.central_seq, view.central_hash),
        ),
        Fact(t("sync.contact"), view.last_contact or t("sync.never")),
        clock(view.clock_offset_ms),
        Fact(t("sync.epoch"), view.epoch[:8] or t("sync.unknown"), "muted"),
    ]
    if view.network_cut:
        rows.insert(1, Fact(t("sync.network"), t("sync.network.cut"), "warning"))
    if view.reference_wrong:
        rows.insert(1, Fact(t("sync.reference"), ", ".join(view.reference_wrong), "error"))
    if view.problem:
        rows.insert(1, Fact(t("sync.problem"), problem_words(view.problem), "error"))
    return rows


def proof(view: SyncView) -> Fact:
    """Whether everything is at central, and how that is known: both sides name the same last entry."""
    label = t("sync.drained")
    if view.drained:
        return Fact(label, f"{sign('done')} {t('sync.drained.proof', seq=view.own_seq)}", "success")
    if view.pending:
        return Fact(label, f"{sign('waiting')} {t('sync.pending.count', n=view.pending)}", "warning")
    return Fact(label, t("sync.unproven"), "muted")


def entry_words(kind: str) -> str:
    """A type of entry in words; a type that this version does not know, as it stands."""
    msgid = f"entry.{kind}"
    return t(msgid) if known(msgid) else kind


def problem_words(code: str) -> str:
    """What hinders the sync; a code that this version does not know, as it stands."""
    msgid = f"sync.problem.{code}"
    return t(msgid) if known(msgid) else code


def head(seq: int, hash_: str) -> str:
    """The last entry of a journal: number and the first characters of its hash."""
    return f"#{seq}  {hash_[:12]}"


def clock(offset_ms: int | None) -> Fact:
    """How far this machine's clock is from central's, in seconds."""
    if offset_ms is None:
        return Fact(t("sync.clock"), t("sync.unknown"))
    text = t("sync.clock.offset", seconds=f"{offset_ms / 1000:+.1f}")
    if is_off(offset_ms):
        return Fact(t("sync.clock"), f"{sign('warning')} {text} {t('sync.clock.wrong')}", "warning")
    return Fact(t("sync.clock"), text)
