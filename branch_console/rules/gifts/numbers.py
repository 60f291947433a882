"""Numbers that customers and staff read aloud: receipts and vouchers. They say nothing of a person.

The last character is a check character over all before it (ISO/IEC 7064, MOD 37,36), which finds every single wrong
character and nearly every swap of two.
"""

from datetime import date

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which are taken for other characters (Crockford's base 32)."""
SECRET_BYTES = 8
"""How much randomness a voucher's code needs: 60 bits of it stand in the code."""


def receipt_number(terminal: str, day: date, count: int) -> str:
    """The number of the `count`-th receipt (from 1) of a terminal on a business day: LP-5C1D7F3A-261122-0001-K.

    It is final when it is issued, with or without a network: the terminal counts its own. The terminal stands there by
    the last eight digits of its id, which are random: among a bank's 64,000 terminals many share four digits, while
    that any two share eight has a chance of two in five, and those two are told apart by the branch on the slip.
    A day's count has four digits; behind a restore it has five (`data.restored_count`). Raises ValueError for a count
    below 1 or above 99,999.
    """
    if not 1 <= count <= 99_999:
        raise ValueError("a receipt's number within a day is from 1 to 99999")
    return _checked(f"LP-{terminal[-8:].upper()}-{day:%y%m%d}-{count:04d}")


def voucher_code(randomness: bytes) -> str:
    """The code of a voucher from `SECRET_BYTES` of fresh randomness: VC-3K9D-0QXT-7BHM-4. Raises ValueError."""
    if len(randomness) < SECRET_BYTES:
        raise ValueError(f"a voucher's code needs {SECRET_BYTES} random bytes")
    value = int.from_bytes(randomness[:SECRET_BYTES]) >> 4
    letters = "".join(_ALPHABET[value >> shift & 31] for shift in range(55, -1, -5))
    return _checked(f"VC-{letters[:4]}-{letters[4:8]}-{letters[8:]}")


def number_is_right(number: str) -> bool:
    """Whether a number that somebody typed has the right check character; case and blanks do not matter."""
    try:
        mod_37_36.validate(_plain(number))
    except ValidationError:
        return False
    return True


def _checked(number: str) -> str:
    return f"{number}-{mod_37_36.calc_check_digit(_plain(number))}"


def _plain(number: str) -> str:
    return "".join(number.upper().replace("-", "").split())
