"""A delivery that was written down twice is taken back by a supervisor, and central's mirror follows."""

from tests.services.branch import PASSWORD
from tests.services.gifts.conftest import RICE, Counter


def test_a_delivery_is_taken_back(counter: Counter) -> None:
    (line,) = counter.gifts.documents(10)
    assert (line.kind_words, line.note_number, line.moves[0][2:]) == ("收货", "N-1", (5, "供应商", "货架"))
    assert line.may_take_back  # the guide may look
    counter.terminal.services.logout("left")
    counter.terminal.login("liu")
    (line,) = counter.gifts.documents(10)
    assert not line.may_take_back
    counter.gifts.take_back(line.subject, "entered_twice", "", "li", PASSWORD)
    assert (counter.rice(), counter.gifts.documents(10)) == (0, ())
    counter.terminal.wait_drained()
    assert counter.central.sql("SELECT coalesce(sum(quantity), 0) FROM stock_balance WHERE sku = %s", (RICE,)) == [(0,)]
