"""Invented numbers and sentences for the masks: every number is of the right form, none belongs to anybody."""

import random
from pathlib import Path

from branch_console.rules.documents import read_document
from branch_console.rules.id_documents import check_digit
from branch_console.rules.narrative.patterns import MaskTable

FILE = Path("data/reference/narrative/masks.v1.toml")
TABLE = read_document(MaskTable, FILE.name, FILE.read_text("utf-8"))
PATTERNS = TABLE.patterns

SENTENCES = [
    "客户{name}反映{first}昨天在超市付款时被扣了两次，要求退款，{second}。",
    "{first}，{name}说短信没有收到；{second}，请尽快回电。",
    "我的号码是{first}还有{second}都登记过，怎么还说没有！",
    "本人({first})于11月3日14:30到柜台，工作人员记下{second}后让我等15分钟",
    "My wallet was charged twice, {first}; please call {second} after 5 pm, 客户很着急",
    "{first}",
    "{first} {second}",
    "证件：{first}\n电话：{second}\n金额 128.50 元，订单 202611220017",
    "1.{first}。2.{second}。3.要求解释",
    "tel:{first},card:{second};amount 4,500.00",
]
GROUPINGS = ["whole", "fours", "hyphens", "dots", "phone", "single", "odd", "hidden", "lines", "commas"]


def document(rng: random.Random) -> str:
    """A resident's number with a possible date of birth and the right check digit."""
    region = rng.choice(["110105", "440305", "620102", "510107", "320583", "810000", "421002"])
    born = f"{rng.randrange(1930, 2020)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    number = f"{region}{born}{rng.randrange(1000):03d}"
    digit = check_digit(number)
    return number + (digit.lower() if rng.random() < 0.5 else digit)


def card(rng: random.Random) -> str:
    """16–19 digits that begin with 62, 4 or 5, with the check digit of Luhn."""
    first = rng.choice(["62", "4", "5"])
    length = rng.choice([16, 17, 18, 19]) if first == "62" else 16
    digits = first + "".join(str(rng.randrange(10)) for _ in range(length - len(first) - 1))
    total = sum(
        sum(divmod(2 * int(each), 10)) if place % 2 == 0 else int(each) for place, each in enumerate(digits[::-1])
    )
    return f"{digits}{-total % 10}"


def mobile(rng: random.Random) -> str:
    prefix = rng.choice(["", "", "", "", "86", "+86", "0086"])
    return f"{prefix}1{rng.randrange(3, 10)}{rng.randrange(10**9):09d}"


def wallet(rng: random.Random) -> str:
    return f"0022{rng.randrange(10**12):012d}"


def grouped(rng: random.Random, number: str, how: str) -> str:
    """The number as people write it."""
    fours = [number[at : at + 4] for at in range(0, len(number), 4)]
    tail = number[-11:]
    odd = sorted(rng.sample(range(3, len(number) - 1), 3))
    return {
        "whole": number,
        "fours": " ".join(fours),
        "hyphens": "-".join(fours),
        "dots": " · ".join(fours),
        "phone": f"{number[:-11]} {tail[:3]}-{tail[3:7]}-{tail[7:]}".strip(),
        "single": " ".join(number),
        "odd": " ".join([number[: odd[0]], number[odd[0] : odd[1]], number[odd[1] : odd[2]], number[odd[2] :]]),
        "hidden": "\u200b".join(number),
        "lines": "\n".join(fours),
        "commas": "，".join(fours),
    }[how]


def wide(text: str) -> str:
    """With full-width digits, letters and signs."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def digits_of(text: str) -> str:
    """All digits of a text as ASCII, in their order; of what stands between them only the stars of masks."""
    return "".join(each if each == "*" else str(int(each)) for each in text if each == "*" or each.isdecimal())
