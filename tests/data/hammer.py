"""A process that writes to a store without end, saying each act once it is saved."""

from multiprocessing.connection import Connection
from pathlib import Path

from data.store import Store
from tests.data.world import KEY, Writer, receive


def main(path: Path, name: str, what: str, said: "Connection[int, int]") -> None:
    """`what`: act or feed. Sends the number of the last entry that is saved."""
    store = Store.open(path, KEY)
    writer = Writer("0195f000-0000-7000-8000-0000000000ff")
    for at in range(1_000_000):
        if what == "act":
            receive(store, f"{name}-{at}")
            said.send(store.head().seq)
        else:
            store.apply_feed(writer.journey(f"{name}-{at}"), f"cursor-{at}", "epoch-1")
            said.send(writer.seq)
