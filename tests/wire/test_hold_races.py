"""Holds of many terminals at once: never more than the campaign has, and one request is one hold."""

import threading
from collections import Counter
from collections.abc import Callable

import httpx

from tests.central.gift_help import key_of, run_campaign, somebody, used, wanted
from tests.fixtures.central import CentralProcess, unique_name
from tests.wire.conftest import enrolled
from tests.wire.mini import Mini

CLAIMERS = 16


def race(central: CentralProcess, work: Callable[[Mini, int], Counter[str]]) -> Counter[str]:
    """Sixteen claimers at sixteen terminals, over HTTP."""
    branch = central.branch(unique_name())
    minis = [enrolled(central, branch) for _ in range(CLAIMERS)]
    counted: Counter[str] = Counter()
    start = threading.Barrier(CLAIMERS)

    def one(mini: Mini, number: int) -> None:
        start.wait()
        counted.update(work(mini, number))
        mini.close()

    claimers = [threading.Thread(target=one, args=(mini, number)) for number, mini in enumerate(minis)]
    for each in claimers:
        each.start()
    for each in claimers:
        each.join()
    return counted


def reason(answer: httpx.Response) -> str:
    return "held" if answer.status_code == 200 else str(answer.json().get("reason", answer.text))


def test_sixteen_terminals_and_a_cap_of_a_hundred(shared_central: CentralProcess) -> None:
    campaign = run_campaign(shared_central, quantity=100)

    def work(mini: Mini, _number: int) -> Counter[str]:
        return Counter(reason(mini.hold(wanted(campaign, somebody(mini)))) for _ in range(12))

    counted = race(shared_central, work)
    assert counted == {"held": 100, "quantity-exhausted": CLAIMERS * 12 - 100}
    assert shared_central.sql("SELECT count(*) FROM hold WHERE campaign = %s", campaign.id) == [(100,)]


def test_sixteen_terminals_and_three_hundred_people(shared_central: CentralProcess) -> None:
    campaign = run_campaign(shared_central)

    def work(mini: Mini, number: int) -> Counter[str]:
        tries = range(number * 19, number * 19 + 75)  # everybody is tried four times, by neighbours at the same time
        return Counter(
            reason(mini.hold(wanted(campaign, key_of(mini, f"{campaign.id}-{each % 300}")))) for each in tries
        )

    counted = race(shared_central, work)
    assert counted == {"held": 300, "already-claimed": CLAIMERS * 75 - 300}


def test_the_same_request_many_times_at_once_is_one(shared_central: CentralProcess, terminal: Mini) -> None:
    campaign = run_campaign(shared_central, quantity=10)
    body = wanted(campaign, somebody(terminal))
    answers: list[httpx.Response] = []

    def ask() -> None:
        with httpx.Client(base_url=terminal.url, timeout=30) as client:
            answers.append(client.post("/v1/holds", json=body, headers=terminal.headers()))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({each.text for each in answers}) == 1
    assert used(shared_central, campaign)["quantity", ""] == 1
