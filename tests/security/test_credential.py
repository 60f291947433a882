"""Credentials: only the owner's password opens them, and no single changed field goes unnoticed."""

import pytest

from branch_console.security.credential import (
    Argon2,
    WrongPasswordError,
    credential_key,
    new_credential,
    open_credential,
)
from branch_console.security.keys import b64url, unb64url

CHEAP = Argon2(memory_kib=64, time=1, lanes=1)


def test_the_password_opens_the_private_half() -> None:
    credential = new_credential("s-wang", "正确的 密码 2026", must_change=True, cost=CHEAP)
    private = open_credential("s-wang", "正确的 密码 2026", credential)
    assert private.public_key().public_bytes_raw() == credential_key(credential).public_bytes_raw()


@pytest.mark.parametrize(("staff", "password"), [("s-wang", "wrong"), ("s-li", "right"), ("s-wang", "\ud800")])
def test_another_password_or_another_person_does_not(staff: str, password: str) -> None:
    credential = new_credential("s-wang", "right", must_change=False, cost=CHEAP)
    with pytest.raises(WrongPasswordError):
        open_credential(staff, password, credential)


@pytest.mark.parametrize("name", ["public_key", "wrapped_private", "salt", "nonce"])
def test_a_changed_byte_is_found(name: str) -> None:
    credential = new_credential("s-wang", "right", must_change=False, cost=CHEAP)
    value = bytearray(unb64url(str(credential[name])))
    value[0] ^= 1
    with pytest.raises(WrongPasswordError):
        open_credential("s-wang", "right", credential | {name: b64url(bytes(value))})


@pytest.mark.parametrize(
    "change", [{"memory_kib": 1 << 40}, {"time": 0}, {"lanes": True}, {"salt": "AA"}, {"nonce": None}, {"time": 10**9}]
)
def test_a_hostile_record_is_refused_before_it_costs_anything(change: dict[str, int | str | None]) -> None:
    credential = new_credential("s-wang", "right", must_change=False, cost=CHEAP)
    with pytest.raises(WrongPasswordError):
        open_credential("s-wang", "right", credential | change)


def test_the_standard_cost_is_at_least_what_the_requirement_asks() -> None:
    assert Argon2() >= Argon2(memory_kib=65536, time=3, lanes=4)
