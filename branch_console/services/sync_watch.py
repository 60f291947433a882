"""The sync as the screens show it: the last word of its process, and what waits in the store."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from branch_console.security.unlock_errors import UnlockError
from branch_console.services.console import NO_SYNC
from branch_console.views import SyncView
from data import queries
from data.errors import StoreError
from data.published import out_of_order
from data.store import Head, Store

ANSWERS = frozenset({"online", "catching_up"})
"""States of the sync in which central answers."""
WAITING_SHOWN = 200
NOTED_EVERY = timedelta(minutes=10)

Event = dict[str, Any]

log = structlog.get_logger(__name__)


class SyncWatch:
    """Takes the events of the sync process, from its reader thread, and tells who listens."""

    def __init__(
        self,
        store: Store,
        tell: Callable[[str], None],
        staff_changed: Callable[[], None],
        heard: Callable[[datetime], None],
    ) -> None:
        """`staff_changed`: the staff of the branch has changed; `heard`: central answered at that (its) time."""
        self._store = store
        self._tell = tell
        self._staff_changed = staff_changed
        self._heard = heard
        self._noted: datetime | None = None
        self.contact: datetime | None = None
        """When central last answered, as far as this session knows."""
        self._changed = threading.Condition()
        self._staff_due = self._reference_due = False
        self._zone: ZoneInfo = store.identity.zone
        head = store.head()
        self.view: SyncView = replace(
            NO_SYNC,
            pending=store.pending_count(),
            quarantined_count=len(store.quarantined()),
            reference_wrong=self._reference_wrong(),
            own_seq=head.seq,
            own_hash=head.hash,
        )

    def _reference_wrong(self) -> tuple[str, ...]:
        return tuple(out_of_order(self._store.published, datetime.now(UTC)))

    def take(self, event: Event) -> None:
        """One event of the process."""
        kind = event["event"]
        if kind == "status":
            with self._changed:
                self.view = self._status(event)
                self._changed.notify_all()
            self._follow(event)
            self._tell("sync")
        elif kind == "applied":
            self._staff_due |= event["staff_changed"]
            self._reference_due |= event["reference_changed"]
            self._follow(event)
            for subject in event["subjects"]:
                self._tell(subject)
        elif kind == "revoked":
            self._tell("revoked")

    def wait_until_drained(self, seconds: float) -> bool:
        """While central is reachable, wait for the last entry to arrive there, at most so long; whether it did."""
        with self._changed:
            self._changed.wait_for(lambda: self.view.drained or self.view.state != "online", seconds)
            return self.view.drained

    def wrote(self, head: Head) -> None:
        """An act was written here: what waits has grown, whatever the process knows of it yet."""
        self.view = replace(
            self.view, pending=self._store.pending_count(), own_seq=head.seq, own_hash=head.hash, drained=False
        )
        self._tell("sync")

    def details(self) -> SyncView:
        """The view with what waits and what is quarantined, from the store."""
        head = self._store.head()
        waiting = queries.waiting(self._store, WAITING_SHOWN)
        held = self._store.quarantined()
        return replace(
            self.view,
            pending=self._store.pending_count(),
            own_seq=head.seq,
            own_hash=head.hash,
            quarantined_count=len(held),
            quarantined=tuple((each.seq, each.type, each.code, each.detail) for each in held),
            waiting=tuple((self._time(each.at), each.type, each.subject[-12:]) for each in waiting),
        )

    def _status(self, event: Event) -> SyncView:
        central = event["central_head"]
        if event["last_contact"]:
            self.contact = datetime.fromisoformat(event["last_contact"])
        return replace(
            self.view,
            state=event["state"],
            pending=event["pending"],
            own_seq=event["own_head"]["seq"],
            own_hash=event["own_head"]["hash"],
            central_seq=central["seq"] if central else None,
            central_hash=central["hash"] if central else "",
            epoch=event["epoch"] or "",
            clock_offset_ms=event["clock_offset_ms"],
            last_contact=self._time(event["last_contact"]) if event["last_contact"] else "",
            problem=event["problem"] or "",
            drained=event["drained"],
        )

    def _follow(self, event: Event) -> None:
        """Take over what the sync process has received; what cannot be done now (disk full) is done at the next event.

        Nothing may be raised here: it would end the thread that reads the events.
        """
        try:
            if self._reference_due:
                self._store.reload_reference()
                self._reference_due = False
                self.view = replace(self.view, reference_wrong=self._reference_wrong())
            if self._staff_due:
                self._staff_changed()
                self._staff_due = False
            held = len(self._store.quarantined())
            if held != self.view.quarantined_count:
                self.view = replace(self.view, quarantined_count=held)
            if event["event"] == "status":
                self._note_contact(event)
        except (StoreError, UnlockError) as error:
            log.warning("sync_not_followed", code=error.code)

    def _note_contact(self, event: Event) -> None:
        """Renew the grant of offline logins, at most every ten minutes: each time is a write to the disk."""
        if event["state"] != "online" or not event["last_contact"]:
            return
        contact = datetime.fromisoformat(event["last_contact"])
        if self._noted is None or contact - self._noted > NOTED_EVERY:
            self._heard(contact)
            self._noted = contact

    def _time(self, at: str) -> str:
        """Time of day in the branch; with the date when it is not today."""
        moment = datetime.fromisoformat(at).astimezone(self._zone)
        same_day = moment.date() == datetime.now(self._zone).date()
        return moment.strftime("%H:%M:%S" if same_day else "%m-%d %H:%M")
