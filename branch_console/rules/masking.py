"""How a person's data is shown: masked by default (S4), and compared by a keyed hash instead of the number itself."""

import hashlib
import hmac
from base64 import urlsafe_b64encode


def mask_name(name: str) -> str:
    """张三 → 张*, 张三丰 → 张*丰, 欧阳娜娜 → 欧**娜, Li Wei → L* Wei. Cells between first and last are hidden."""
    name = name.strip()
    if not name:
        return ""
    words = name.split()
    if name.isascii() or (len(words) > 1 and not _has_han(name)):
        first = f"{words[0][0]}*"
        return " ".join([first, words[-1]]) if len(words) > 1 else first
    letters = name.replace(" ", "")
    if len(letters) <= 2:
        return f"{letters[0]}*"
    return f"{letters[0]}{'*' * (len(letters) - 2)}{letters[-1]}"


def mask_phone(number: str) -> str:
    """13812348000 → 138****8000. A foreign number keeps its country code and its last 4: +852****4567."""
    if number.startswith("+"):
        return f"{number[: max(2, len(number) - 8)]}****{number[-4:]}"
    return f"{number[:3]}****{number[-4:]}"


def mask_document(number: str) -> str:
    """Only the last 4 characters: ****002X. Of a short number only the last 2."""
    shown = number[-4:] if len(number) >= 8 else number[-2:]
    return f"****{shown}"


def mask_wallet(wallet: str) -> str:
    """First 6 and last 4 of a wallet's id: 002250******5081. Raises ValueError for a shorter id."""
    if len(wallet) < 10:
        raise ValueError("a wallet's id has at least 10 characters")
    return f"{wallet[:6]}******{wallet[-4:]}"


def person_key(tenant_key: bytes, version: str, kind: str, normalised: str) -> str:
    """The keyed hash by which a phone or document is found again: `k<version>:` + base64url(HMAC-SHA256).

    `kind` is `phone`, `document` or `transaction`. The key belongs to the tenant, since the space of numbers is small
    enough to try all of them; with it the hash stays personal data.
    """
    digest = hmac.new(tenant_key, f"{kind}:{normalised}".encode(), hashlib.sha256).digest()
    return f"k{version}:{urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def _has_han(text: str) -> bool:
    return any("\u3400" <= each <= "\u9fff" or each >= "\U00020000" for each in text)
