"""Whether the books of stock are what the journal's states say: every balance replayed from every move."""

from collections import Counter

import orjson
from sqlalchemy import Connection

from data.stock_projection import Place

_STATES = """
SELECT body FROM state WHERE subject BETWEEN 'claim/' AND 'claim0' OR subject BETWEEN 'stock/' AND 'stock0'
"""
_MOVES = "SELECT source, target, sku, lot, expires_on, quantity FROM stock_move"
_BALANCES = "SELECT location, sku, lot, expires_on, quantity - short FROM stock_balance"


def wrong_balances(connection: Connection) -> list[Place]:
    """The places and items whose balance is not the sum of the states' moves, or not that of the rows of moves."""
    booked: Counter[Place] = Counter()
    for body in connection.execution_options(yield_per=1000).exec_driver_sql(_STATES).scalars():
        for each in orjson.loads(body)["booked"]:
            move = each["move"]
            goods = (move["sku"], move["lot"], move["expires_on"] or "")
            booked[move["source"], *goods] -= move["quantity"]
            booked[move["target"], *goods] += move["quantity"]
    listed: Counter[Place] = Counter()
    for source, target, sku, lot, expires_on, quantity in connection.exec_driver_sql(_MOVES):
        listed[source, sku, lot, expires_on] -= quantity
        listed[target, sku, lot, expires_on] += quantity
    kept: Counter[Place] = Counter()
    for location, sku, lot, expires_on, net in connection.exec_driver_sql(_BALANCES):
        kept[location, sku, lot, expires_on] = net
    places = booked.keys() | listed.keys() | kept.keys()
    return sorted(place for place in places if not booked[place] == listed[place] == kept[place])
