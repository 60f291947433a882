"""A console's services in a process of their own, acting until somebody kills them.

python -m tests.services.acting HOME: logs in, receives customers, and says after each act how far the journal has come.
"""

import json
import sys
from pathlib import Path

from branch_console.services import Services
from branch_console.settings import Settings
from tests.services.branch import PASSWORD
from tests.services.customer import PHONE, Customer


def main(home: Path) -> None:
    """Never ends by itself."""
    services = Services(Settings(home=home, sync_spread_seconds=0, network_timeout_seconds=3))
    services.warm_up()
    services.login("wang", PASSWORD)
    board = services.onboarding
    customer = Customer(board)
    while True:
        subject = customer.start()
        view = board.open(subject)
        while view.status == "running" and view.step is not None and view.can["finish"]:
            board.save_draft(subject, f"{view.step.id}.note", PHONE)
            view = customer.step(view, view.step)
            terminal = services._terminal
            assert terminal is not None
            head = terminal.store.head()
            done = [row.id for row in view.rows if row.status == "done"]
            said = {"subject": subject, "seq": head.seq, "hash": head.hash, "done": done, "sync": terminal._link.pid}
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
