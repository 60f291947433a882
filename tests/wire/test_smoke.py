from tests.fixtures.central import CentralProcess
from tests.wire.mini import Mini, check_chain


def test_smoke(central: CentralProcess) -> None:
    central.branch()
    one, two = Mini(central.url), Mini(central.url)
    for each in (one, two):
        answer = each.enrol(central.code())
        assert answer.status_code == 201, answer.text
        assert each.ask_token().status_code == 200
    one.journey()
    answer = one.push()
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"accepted_through": 2, "head_hash": one.entries[-1]["hash"], "quarantined": []}
    assert one.push().json() == answer.json()
    entries, _cursor = two.read_feed()
    assert entries[-2:] == one.entries
    check_chain(entries)
    one.central_signed(one.head().json()["checkpoint"])
