"""How central's tasks beside the API work: round after round on a connection of their own, whatever goes wrong."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import structlog

from branch_console.central.database import Connection, connect
from branch_console.central.folding import DEFECTS
from branch_console.central.logs import where

_RETRY = 1.0  # seconds after which the database is tried again

log = structlog.get_logger(__name__)


async def rounds(task: str, database: str, work: Callable[[Connection], Awaitable[None]]) -> None:
    """Do rounds of `work` until cancelled; `task` names it in the log.

    A lost connection is made anew. A defect is logged and does not end the task.
    """
    while True:
        try:
            async with await connect(database) as connection:
                while True:
                    await work(connection)
        except psycopg.OperationalError as error:
            log.warning("work_interrupted", task=task, error=type(error).__name__)
        except (*DEFECTS, psycopg.Error) as error:
            log.error("work_broke", task=task, error=type(error).__name__, where=where(error))
        await asyncio.sleep(_RETRY)


async def woken_within(woken: asyncio.Event, seconds: float) -> bool:
    """Wait until somebody says that there is something to do, at most so long; whether somebody did."""
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        return False
    return True
