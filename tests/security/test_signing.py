"""Signatures, checkpoints and client assertions: the right ones pass, everything else is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from branch_console.security.assertion import check_assertion, claimed_terminal, make_assertion
from branch_console.security.keys import b64url, unb64url
from branch_console.security.signing import (
    SignatureError,
    check_checkpoint,
    make_checkpoint,
    new_signing_key,
    public_jwk,
    sign,
    verify,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TERMINAL = "0195f000-0000-7000-8000-000000000001"
URL = "https://central.example/v1/token"


def test_rfc_8032_first_test_vector() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert unb64url(public_jwk(seed)["x"]).hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert (
        unb64url(sign(seed, b"")).hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
    )


def test_a_checkpoint_holds_only_as_it_was_signed() -> None:
    seed = new_signing_key()
    checkpoint = make_checkpoint(seed, TERMINAL, 7, "ab" * 32, NOW)
    check_checkpoint(public_jwk(seed), checkpoint)
    changes: list[dict[str, str | int]] = [
        {"seq": 8},
        {"hash": "cd" * 32},
        {"terminal": "x"},
        {"at": "now"},
        {"seq": True},
        {"more": 1},
    ]
    for change in changes:
        with pytest.raises(SignatureError):
            check_checkpoint(public_jwk(seed), checkpoint | change)
    with pytest.raises(SignatureError):
        check_checkpoint(public_jwk(new_signing_key()), checkpoint)


@pytest.mark.parametrize("signature", [None, "", "!!", "AA==", "A" * 86, 5])
def test_what_is_no_signature_is_refused(signature: object) -> None:
    with pytest.raises(SignatureError):
        verify(public_jwk(new_signing_key()), b"message", signature)


@pytest.mark.parametrize("jwk", [{}, {"kty": "OKP", "crv": "X25519", "x": "AA"}, {"kty": "OKP", "crv": "Ed25519"}])
def test_what_is_no_key_is_refused(jwk: dict[str, str]) -> None:
    with pytest.raises(SignatureError):
        verify(jwk, b"message", "AA")


def test_an_assertion_says_who_asks() -> None:
    seed = new_signing_key()
    token = make_assertion(seed, TERMINAL, URL, NOW)
    assert claimed_terminal(token) == TERMINAL
    assertion = check_assertion(public_jwk(seed), token, URL, NOW + timedelta(minutes=3))
    assert assertion.terminal == TERMINAL
    assert assertion.jti != check_assertion(public_jwk(seed), make_assertion(seed, TERMINAL, URL, NOW), URL, NOW).jti


@pytest.mark.parametrize(
    ("url", "after"), [("https://other.example/v1/token", 0), (URL, 5), (URL, -1)], ids=["audience", "late", "early"]
)
def test_an_assertion_for_another_place_or_time_is_refused(url: str, after: int) -> None:
    seed = new_signing_key()
    token = make_assertion(seed, TERMINAL, URL, NOW)
    with pytest.raises(SignatureError):
        check_assertion(public_jwk(seed), token, url, NOW + timedelta(minutes=after))


def test_base64url_has_one_form_only() -> None:
    assert unb64url(b64url(b"\xff\xfe")) == b"\xff\xfe"
    for wrong in ("AB", "é", "a b", "+/"):
        with pytest.raises(ValueError, match="base64url"):
            unb64url(wrong)
