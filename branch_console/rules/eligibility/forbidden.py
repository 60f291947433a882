"""Facts that no campaign may ask for: how much money somebody keeps or puts in.

A gift for a deposit is forbidden (CBIRC and PBC Offices, Notice 48/2018 item 2(1); Commercial Bank Law Art. 47), and
since 1 January 2026 money in a real-name e-CNY wallet is a bank deposit. So no condition on a balance, a deposit or a
top-up can be expressed, and a fact that resolves to one is refused wherever it comes in: a campaign, an import, an
attestation.
"""

import re
import unicodedata

# Substrings of a name from which everything but letters, digits and Chinese characters is gone.
_ANYWHERE = re.compile(
    "balance|deposit|(?<!s)topup|toppedup|recharg|savings|cashin|holdings|inflow|transferin(?!t)|storedvalue|assets|"
    "cunkuan|chongzhi|chuxu|zhanghuyue|qianbaoyue|zichan|lingqian|"
    "余额|餘額|存款|存入|存钱|储蓄|儲蓄|充值|充钱|结余|留存|圈存|资产|資產|零钱|转入|入金|钱包金额|账户金额|日均"
)
# Short words that must stand alone: `aum` is in `aumento`, `bal` in `global`.
_ALONE = frozenset({"bal", "aum", "yue", "asset", "funds"})
# Kinds of merchants (ISO 18245) where a payment is money kept or moved: transfers, banks' own counters, quasi cash,
# securities, remote deposits, cards and wallets being funded.
FUNDING_MCC = frozenset({"4829", "6010", "6011", "6012", "6050", "6051", "6211", "6529", "6530", "6538", "6540"})
_WORDS = re.compile(r"[a-z]+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def resolves_to_balance(name: str) -> bool:
    """Whether the name of a fact, key or attribute means a balance, a deposit or a top-up, however it is written."""
    plain = unicodedata.normalize("NFKD", name)
    parts = _WORDS.findall(_HUMPS.sub(" ", plain).lower())
    squeezed = "".join(sign for sign in plain.lower() if sign.isalnum())
    return bool(_ANYWHERE.search(squeezed)) or not _ALONE.isdisjoint(parts)


def speaks_of_deposits(text: str) -> bool:
    """Whether words for customers, in Chinese or English, promise something for money kept or put in.

    Such words may also deny it, so that a person must look; an ordinary "deposit" in English is looked at too.
    """
    return bool(re.search(r"余额|存款|存入|充值|储蓄|\btop[- ]?ups?\b|\bdeposit|\bbalance\b", text, re.IGNORECASE))
