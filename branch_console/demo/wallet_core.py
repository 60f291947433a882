"""An invented wallet core: what it says of the demo's customers, as of a minute before it is asked.

Nobody of demo.toml exists, and none of these payments was made.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from branch_console.central.facts_import import Problem, Row
from branch_console.demo.people import DemoCustomer

_BORN = {"young": "2003-04-12", "senior": "1954-09-03"}
_OFTEN = "1986-06-21"
_KYC = {"IV": 1, "III": 2, "II": 3, "I": 4}
_SHOPS = (("虚构早点铺", "5814"), ("虚构超市", "5411"), ("虚构书店", "5942"), ("虚构药房", "5912"))


class DemoWalletCore:
    """The adapter, as a bank's own would be written."""

    name = "demo wallet core"

    def __init__(self, customers: Sequence[DemoCustomer], now: datetime) -> None:
        """`now` is aware; payments lie in the days before it."""
        self._customers = customers
        self._now = now

    def rows(self) -> Iterator[Row | Problem]:
        """Every fact of every customer, by phone."""
        as_of = self._now - timedelta(minutes=1)
        for place, customer in enumerate(self._customers):
            for name, value in self._facts(place, customer).items():
                yield Row(f"customer {place + 1}", "phone", customer.phone, None, name, value, as_of)

    def _facts(self, place: int, customer: DemoCustomer) -> dict[str, object]:
        payments = self._payments(place)
        merchant = customer.segment == "merchant"
        return {
            "born": _BORN.get(customer.segment, _OFTEN),
            "province": "广东",
            "city": "深圳",
            "customer_kind": "small_business" if merchant else "individual",
            "wallet_tier": customer.target,
            "kyc": _KYC[customer.target],
            "wallet_opened_on": self._day(200 - 7 * place),
            "first_wallet": True,
            "first_paid_on": payments[-1]["on"] if payments else None,
            "payments": payments,
            "points": {"accumulated": 150 * place, "spendable": 60 * place},
            "insider": False,
            "open_hold": False,
            "risk": 3 + place % 5,
        }

    def _payments(self, place: int) -> list[dict[str, object]]:
        """From none to a dozen, the newest first: somebody is just below every threshold."""
        return [
            {
                "on": self._day(2 * number + 1),
                "fen": 1_500 + 950 * ((place * 5 + number * 3) % 9),
                "merchant": _SHOPS[(place + number) % len(_SHOPS)][0],
                "mcc": _SHOPS[(place + number) % len(_SHOPS)][1],
                "kind": "spend",
            }
            for number in range(place % 13)
        ]

    def _day(self, ago: int) -> str:
        return (self._now - timedelta(days=ago)).date().isoformat()
