"""Rows about cases and ratings, derived in the transaction that changed their states.

What is due is reckoned here, when something happens to a case, and kept: lists sort by it in SQL and never read clocks.
It is the same whenever and wherever it is reckoned, since a case keeps its policy and its calendar.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, insert, select

from branch_console.rules.cases.states import CaseState, RatingState
from branch_console.rules.reference import Reference
from data import case_search
from data.case_rows import case_columns, idea_columns, promises, rating_columns, rewards
from data.case_tables import CaseKeyRow, CasePromiseRow, CaseRewardRow, CaseRow, IdeaRow, RatingRow
from data.identity import Identity
from data.keyed_rows import KeyedRows
from data.statements import among, prepared
from data.states import Folded, States, chunks
from data.statistics.due import mark_due
from data.tables import table

_CASE, _PROMISE, _REWARD, _IDEA = table(CaseRow), table(CasePromiseRow), table(CaseRewardRow), table(IdeaRow)
_CASES = KeyedRows(_CASE, table(CaseKeyRow), "case_id")
_RATINGS = KeyedRows(table(RatingRow))
_SEARCH_BEFORE = prepared(select(_CASE.c.subject, _CASE.c.search).where(among(_CASE.c.subject, "subjects")))
_DROPS = {rows.name: prepared(delete(rows).where(rows.c.case_id == bindparam("of"))) for rows in (_PROMISE, _REWARD)}
_PUTS = {rows.name: prepared(insert(rows)) for rows in (_PROMISE, _REWARD)}
_DROP_IDEA = prepared(delete(_IDEA).where(_IDEA.c.case_id == bindparam("of")))
_PUT_IDEA = prepared(insert(_IDEA))
_UNREAD = "SELECT subject FROM case_row WHERE unread"
_UNLISTED = """
SELECT subject FROM state WHERE subject BETWEEN 'case/' AND 'case0' AND subject NOT IN (SELECT subject FROM case_row)
UNION ALL
SELECT subject FROM state
WHERE subject BETWEEN 'rating/' AND 'rating0' AND subject NOT IN (SELECT subject FROM rating_row)
"""


def project_cases(
    connection: Connection, changed: Mapping[str, Folded], reference: Reference, identity: Identity
) -> None:
    """Write the rows of all cases and ratings among `changed`."""
    cases = {subject: found for subject, found in changed.items() if isinstance(found.state, CaseState)}
    ratings = [
        rating_columns(subject, found, identity.zone)
        for subject, found in changed.items()
        if isinstance(found.state, RatingState)
    ]
    if cases:
        _project(connection, cases, reference, identity)
    if ratings:
        _RATINGS.put(connection, ratings)


def read_again(connection: Connection, reference: Reference, identity: Identity) -> None:
    """Reckon what could not be reckoned before, now that other reference data is in force."""
    waiting = connection.exec_driver_sql(_UNREAD).scalars().all()
    for some in chunks(waiting):
        _project(connection, _states(connection, some, reference, identity), reference, identity)
        mark_due(connection, some)


def unlisted(connection: Connection) -> list[str]:
    """Cases and ratings that have a state and no row: of a store from before there were rows."""
    return list(connection.exec_driver_sql(_UNLISTED).scalars())


def _states(
    connection: Connection, subjects: Sequence[str], reference: Reference, identity: Identity
) -> dict[str, Folded]:
    states = States(connection, reference, identity.terminal)
    found = {subject: states.folded(subject) for subject in subjects}
    return {subject: each for subject, each in found.items() if each is not None}


def _project(connection: Connection, cases: Mapping[str, Folded], reference: Reference, identity: Identity) -> None:
    subjects = orjson.dumps(list(cases))
    searched = connection.exec_driver_sql(_SEARCH_BEFORE, {"subjects": subjects})
    before: dict[str, str] = {row.subject: row.search for row in searched}
    rows, texts = [], []
    for subject, found in cases.items():
        row = case_columns(subject, found, reference, identity.zone)
        words = case_search.words(found.state, queued=row["queued"])
        row["search"] = words.mark
        rows.append(row)
        if before.get(subject) != words.mark:
            texts.append((row, words, subject in before))
    _CASES.put(connection, rows)
    case_search.write(connection, [(row["id"], words, had) for row, words, had in texts])
    ids = [(row["id"], cases[row["subject"]].state) for row in rows]
    _replace(
        connection, _PROMISE.name, ids, [each for row, state in ids for each in promises(row, state, identity.zone)]
    )
    _replace(connection, _REWARD.name, ids, [each for row, state in ids for each in rewards(row, state)])
    connection.exec_driver_sql(_DROP_IDEA, [{"of": row} for row, _ in ids])
    ideas = [idea_columns(row, state) for row, state in ids if state.kind == "suggestion"]
    if ideas:
        connection.exec_driver_sql(_PUT_IDEA, ideas)


def _replace(
    connection: Connection, name: str, ids: Sequence[tuple[int, CaseState]], new: Sequence[dict[str, Any]]
) -> None:
    connection.exec_driver_sql(_DROPS[name], [{"of": row} for row, _ in ids])
    if new:
        connection.exec_driver_sql(_PUTS[name], list(new))
