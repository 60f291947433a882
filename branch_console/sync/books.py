"""Carrying out what the core wants of the store. Blocking; one thing after the other, in the order given."""

from collections.abc import Callable
from datetime import UTC, datetime
from operator import itemgetter

import orjson
import zstandard

from branch_console.rules.journal import Entry
from branch_console.sync import core
from branch_console.sync.commands import (
    Acknowledge,
    Agree,
    ApplyPage,
    Command,
    KeepCheckpoint,
    LoadBatch,
    Look,
    LookUpHash,
    NoteQuarantined,
    ResetFeed,
)
from branch_console.sync.messages import (
    Acknowledged,
    Agreed,
    Applied,
    Batch,
    BatchLoaded,
    Facts,
    HashFound,
    Message,
    Seen,
    StoreFailed,
)
from branch_console.sync.state import Options, State
from data.agreement import Agreement, agree, note_quarantined, quarantined_at_central, read_agreement
from data.errors import ForkError, StoreError
from data.lease_return import return_leases
from data.statistics.catching_up import catch_up
from data.store import Quarantined, Store

Event = dict[str, object]

AT_ONCE = 50
"""Subjects whose figures are made in one step: the store is locked for so long."""

_values = itemgetter(*Entry._fields)
_WHAT = {Look: "look", LoadBatch: "push", Acknowledge: "push", ApplyPage: "feed", ResetFeed: "feed"}


class Books:
    """The store, as the sync uses it."""

    def __init__(self, store: Store, tell: Callable[[Event], None]) -> None:
        """`tell` gets the `applied` events, from the thread that carries out."""
        self._store = store
        self._tell = tell
        self._press = zstandard.ZstdCompressor(level=1)

    def facts(self) -> Facts:
        """Where the own journal stands."""
        store = self._store
        head, pending = store.head(), store.pending_count()
        return Facts(head.seq, head.hash, head.seq - pending, quarantined_at_central(store))

    def start(self, options: Options) -> State:
        """The state that the core starts from."""
        self._return_leases()
        store, agreement = self._store, read_agreement(self._store)
        return core.start(
            options,
            self.facts(),
            agreement.epoch,
            agreement.past_epochs,
            store.cursor()[0],
            unconfirmed=store.must_confirm(),
        )

    def carry_out(self, command: Command) -> Message | None:
        """Do it; what the core is to be told of it."""
        try:
            return self._do(command)
        except ForkError:
            return StoreFailed("push", "journal-fork")
        except StoreError as error:
            return StoreFailed(_WHAT.get(type(command), "agree"), error.code.replace("_", "-"))  # type: ignore[arg-type]

    def catch_up(self) -> bool:
        """One step of making figures follow the journal; whether more is left. What fails is tried at the next look."""
        try:
            return not catch_up(self._store, limit=AT_ONCE).done
        except StoreError:
            return False

    def _do(self, command: Command) -> Message | None:
        match command:
            case Look():
                self._return_leases()
                return Seen(self.facts())
            case LoadBatch():
                return BatchLoaded(self._load(command), self.facts())
            case LookUpHash():
                return HashFound(command.seq, self._store.hash_at(command.seq))
            case ApplyPage():
                return self._apply(command)
            case _:
                return self._note(command)

    def _note(self, command: Command) -> Message | None:
        match command:
            case Acknowledge():
                said = _quarantined(command.quarantined)
                now = datetime.now(UTC)
                self._store.acknowledge(command.through, command.head_hash, said, command.epoch, now)
                return Acknowledged(self.facts())
            case Agree():
                agree(self._store, command.acknowledged, Agreement(command.epoch, command.past_epochs))
                self._return_leases()
                return Agreed(self.facts(), command.epoch)
            case KeepCheckpoint():
                self._store.keep_checkpoint(command.checkpoint)
            case ResetFeed():
                self._store.reset_feed(command.epoch)
            case NoteQuarantined():
                note_quarantined(self._store, command.through, _quarantined(command.items), datetime.now(UTC))
                return Seen(self.facts())
        return None

    def _return_leases(self) -> None:
        """What must go back goes before central hears that nothing waits here.

        Not into a journal that was restored, before central's head has been compared: it may be behind central's.
        """
        if not self._store.must_confirm():
            return_leases(self._store, read_agreement(self._store).past_epochs, datetime.now(UTC))

    def _load(self, command: LoadBatch) -> Batch | None:
        found = self._store.pending(command.limit, command.max_bytes)
        if not found.entries:
            return None
        body = b'{"entries":' + found.body_entries + b',"checkpoint":' + orjson.dumps(found.checkpoint) + b"}"
        hashes = tuple(entry.hash for entry in found.entries)
        return Batch(found.entries[0].seq, hashes, self._press.compress(body))

    def _apply(self, command: ApplyPage) -> Message:
        raw = command.page.entries
        assert isinstance(raw, list)  # noqa: S101  the core checked it
        entries = [_entry(each) for each in raw]
        applied = self._store.apply_feed(entries, command.page.cursor, command.epoch)
        if any(subject.startswith("lease/") for subject in applied.subjects):
            self._return_leases()
        if applied.subjects:
            self._tell(
                {
                    "event": "applied",
                    "subjects": sorted(applied.subjects),
                    "staff_changed": applied.staff_changed,
                    "reference_changed": applied.reference_changed,
                }
            )
        broken = tuple(sorted({str(each.entry.terminal) for each in applied.broken}))
        return Applied(command.generation, command.page.cursor, self.facts(), broken)


def _entry(value: object) -> Entry:
    """The entry of a JSON object; whatever is missing or of a wrong type is found by the store's check."""
    try:
        return Entry._make(_values(value))  # type: ignore[arg-type]  # anything else is a TypeError
    except (KeyError, TypeError):
        found = value if isinstance(value, dict) else {}
        return Entry._make(found.get(name) for name in Entry._fields)


def _quarantined(items: tuple[object, ...]) -> list[Quarantined]:
    return [
        Quarantined(each["seq"], str(each.get("code", "")), str(each.get("detail", "")))
        for each in items
        if isinstance(each, dict) and type(each.get("seq")) is int
    ]
