"""How far the facts have come while they are still being made, to say that figures are too low."""

from data.reading import Reading
from data.statistics import marks
from data.statistics.catching_up import CLEAR, SWEEP

_SWEPT = "SELECT count(*) FILTER (WHERE subject <= :swept), count(*) FROM state"
_DUE = "SELECT (SELECT count(*) FROM fact), (SELECT count(*) FROM fact_due)"


def how_far(source: Reading) -> float:
    """From 0 to 1: of all subjects those whose facts are made; 0 while old facts are dropped to be made anew."""
    with source.reading() as connection:
        stage = marks.get(connection, marks.STAGE)
        if stage == CLEAR:
            return 0.0
        if stage == SWEEP:
            swept = marks.get(connection, marks.SWEPT) or ""
            done, every = connection.exec_driver_sql(_SWEPT, {"swept": swept}).one()
        else:
            done, due = connection.exec_driver_sql(_DUE).one()
            every = done + due
    return done / every if every else 1.0
