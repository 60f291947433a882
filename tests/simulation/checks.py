"""What must be true in the end: the promises of docs/protocol.md, against what both sides hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_console.rules.journal import BadEntryError, Entry, check_chain, check_entry
from tests.simulation.journal import ZERO_HASH, erasures_of, fold, place_of

if TYPE_CHECKING:
    from tests.simulation.run import Run
    from tests.simulation.terminal import Terminal


def check_all(run: Run) -> None:
    """Every promise that sync makes. Raises ViolationError."""
    for terminal in run.terminals:
        _erased_keys(run, terminal)
        if not terminal.erased_keys:
            _alive(run, terminal)
            _held_once(run, terminal)
            _same_states(run, terminal)
            _both_see(run, terminal)
    _no_act_lost(run)
    _erased_everywhere(run)
    _chains_hold(run)


def _erased_keys(run: Run, terminal: Terminal) -> None:
    """Keys are erased by order of central, and of nobody else."""
    meant = terminal.disk.terminal in run.central.db.revoked
    run.world.demand(terminal.erased_keys == meant, "revocation", terminal.name, terminal.erased_keys, meant)


def _alive(run: Run, terminal: Terminal) -> None:
    """Once faults end, every terminal comes to rest online, with nothing waiting (G4, G7, G8, G12)."""
    facts = terminal.disk.facts()
    rest = terminal.state_name == "online" and facts.pending == 0
    run.world.demand(rest, "G2 liveness", terminal.name, terminal.state_name, terminal.problem, facts)


def _held_once(run: Run, terminal: Terminal) -> None:
    """Central holds exactly the terminal's entries, in order, and each had its effect once (G2, G11)."""
    central, disk = run.central.db, terminal.disk
    held = central.chains.get(disk.terminal, [])
    same = [entry.hash for entry in held] == [entry.hash for entry in disk.own]
    run.world.demand(same, "G2", terminal.name, "own", len(disk.own), "held", len(held))
    for entry in held:
        count = central.effects.get((entry.terminal, entry.seq), 0)
        run.world.demand(count == 1, "G2 effect", terminal.name, entry.seq, "had", count, "effects")


def _same_states(run: Run, terminal: Terminal) -> None:
    """Terminal and central fold the same states, unless a writer's history is flagged as forked (G3, G6, G8)."""
    disk, central = terminal.disk, run.central.db
    flagged = disk.flagged
    here = [
        entry for entry in disk.all_entries() if entry.terminal not in flagged and not entries_lost_for_good(run, entry)
    ]
    there = [
        entry
        for entry in central.feeds.get(disk.branch, [])
        if entry.terminal not in flagged and not entries_lost_for_good(run, entry)
    ]
    missing = {(e.terminal, e.seq) for e in there} - {(e.terminal, e.seq) for e in here}
    run.world.demand(not missing, "G3", terminal.name, "misses", sorted(missing)[:5])
    more = {(e.terminal, e.seq) for e in here} - {(e.terminal, e.seq) for e in there}
    dead = {each.disk.terminal for each in run.terminals if each.erased_keys}
    more = {place for place in more if place[0] not in dead and not place[0].startswith("central/")}
    run.world.demand(not more, "G11", "central misses what", terminal.name, "holds", sorted(more)[:5])
    if run.central.restores:  # what central itself wrote since its backup is gone there, and stays here
        here, there = _of_terminals(here), _of_terminals(there)
    if not any(entry.terminal in dead for entry in here):
        gone = _erased_and_lost(run, there) | _erased_on_one_side(terminal, central.feeds.get(disk.branch, []), here)
        if run.central.restores and run.put_back:  # an erasure may be gone on every side but one
            gone |= {entry.id for entry in (*here, *there) if entry.data is None}
        same = fold(_without(here, gone), 3) == fold(_without(there, gone), 3)
        run.world.demand(same, "G3", terminal.name, "folds other states than central")
    for writer in flagged:
        run.world.demand(writer in _forked_writers(run), "G6", terminal.name, "flags", writer, "without a reason")


def _of_terminals(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if not entry.terminal.startswith("central/")]


def entries_lost_for_good(run: Run, entry: Entry) -> bool:
    """Whether both its terminal and central were put back to older states: nobody may be left who would send it."""
    return run.central.restores > 0 and entry.terminal in run.put_back


def _erased_and_lost(run: Run, there: list[Entry]) -> set[str]:
    """Acts sent without data because they had been erased, by an entry that an image then took back."""
    named = {place for entry in there for place in erasures_of(entry)}
    ids = {entry.id for entry in there if place_of(entry) in named}
    forked = _forked_writers(run)
    return {e.id for e in there if e.data is None and e.id not in ids and e.terminal in forked}


def _erased_on_one_side(terminal: Terminal, feed: list[Entry], common: list[Entry]) -> set[str]:
    """Acts erased by an entry that only one side knows or believes: its writer forked, or both sides were put back."""
    both = {entry.hash for entry in common} & {entry.hash for entry in feed}
    everything = [*terminal.disk.all_entries(), *feed]
    places = {place for entry in everything if entry.hash not in both for place in erasures_of(entry)}
    return {entry.id for entry in everything if place_of(entry) in places}


def _without(entries: list[Entry], acts: set[str]) -> list[Entry]:
    return [entry._replace(data=None) if entry.id in acts else entry for entry in entries]


def _forked_writers(run: Run) -> set[str]:
    """Writers of which two histories may exist: those whose terminal was restored from an image."""
    return run.put_back


def _both_see(run: Run, terminal: Terminal) -> None:
    """What is quarantined, and how much waits, is the same on both sides (G4, G12)."""
    central, disk = run.central.db, terminal.disk
    there = set(central.quarantined.get(disk.terminal, {}))
    run.world.demand(set(disk.quarantined) == there, "G12", terminal.name, sorted(disk.quarantined), sorted(there))
    told = central.reports.get(disk.terminal, {})
    run.world.demand(told.get("pending") == 0, "G12", "central believes of", terminal.name, told)
    poison = {entry.seq for entry in disk.own if entry.type == "sim.poison"}
    run.world.demand(poison <= there, "G4", terminal.name, "poison unseen", poison - there)


def _no_act_lost(run: Run) -> None:
    """Every act that was saved, and that no image took back, is at central (G2, G7, G11)."""
    held = {entry.id for chain in run.central.db.chains.values() for entry in chain}
    names = {each.name for each in run.terminals if each.erased_keys}
    lost = {act for act, name in run.acts.items() if act not in held and name not in names}
    if run.central.restores:
        old = {
            entry.id for each in run.terminals for entry in each.disk.all_entries() if entry.terminal in run.put_back
        }
        lost -= old - {entry.id for each in run.terminals for entry in each.disk.own}
    run.world.demand(not lost, "G2 loss", len(lost), "acts", [(act[:8], run.acts[act]) for act in sorted(lost)[:5]])


def _erased_everywhere(run: Run) -> None:
    """What an erasure at central names has no data in any copy (G9), unless its writer is flagged there as forked."""
    by = {
        place: entry.terminal
        for chain in run.central.db.chains.values()
        for entry in chain
        for place in erasures_of(entry)
    }
    copies: list[tuple[str, set[str], Entry]] = [
        ("central", set(), entry) for chain in run.central.db.chains.values() for entry in chain
    ]
    copies += [("feed", set(), entry) for feed in run.central.db.feeds.values() for entry in feed]
    copies += [
        (each.name, each.disk.flagged, entry)
        for each in run.terminals
        if not each.erased_keys
        for entry in each.disk.all_entries()
    ]
    acts: dict[str, str] = {}
    for _where, _flagged, entry in copies:
        if place_of(entry) in by and not entries_lost_for_good(run, entry):
            acts[entry.id] = by[place_of(entry)]
    for where, flagged, entry in copies:
        eraser = by.get(place_of(entry)) or acts.get(entry.id)
        if eraser is not None and eraser not in flagged and entry.type != "data.erased":
            run.world.demand(entry.data is None, "G9", where, "still holds the data of", entry.terminal[:4], entry.seq)


def _chains_hold(run: Run) -> None:
    """Every chain verifies, erased or not (G6, G9)."""
    holders = [run.central.db.chains, *(each.disk.chains for each in run.terminals)]
    for chains in holders:
        for writer, chain in chains.items():
            try:
                for entry in chain:
                    check_entry(entry)
                check_chain(chain, 0, ZERO_HASH)
            except BadEntryError as error:
                run.world.demand(False, "G6", writer[:12], error)
