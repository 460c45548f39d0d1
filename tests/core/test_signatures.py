"""Signatures agree with other people's code in both directions, and garbage is doubted, never raised on."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

import pytest
import standardwebhooks
import svix
from hypothesis import given
from hypothesis import strategies as st

from service.clock import machine_clock
from service.core import signatures as signing
from service.core.signatures import (
    Bearer,
    Doubted,
    PlainHmac,
    Prefix,
    Secret,
    StandardWebhooks,
    Verified,
    read_secret,
    sign,
    verify,
    write_secret,
)

SECRET = Secret(bytes(range(32)))
OTHER = Secret(bytes(range(100, 132)))
BODY = '{"type":"award.posted","data":{"amount":1750,"note":"año"}}'.encode()
ID = "0198c0de-0000-7000-8000-000000000001"


def now() -> int:
    """Give the time at which others' code holds a signature against its own clock."""
    return int(machine_clock().timestamp())


NOW = now()
TOLERANCE_S = 300
STANDARD = StandardWebhooks()


def headers(prefix: Prefix = "webhook", timestamp: int = NOW, *secrets: bytes) -> dict[str, str]:
    """Write the three headers as we send them."""
    return {
        f"{prefix}-id": ID,
        f"{prefix}-timestamp": str(timestamp),
        f"{prefix}-signature": sign(ID, timestamp, BODY, secrets or (SECRET,)),
    }


def check(given_headers: dict[str, str], *secrets: bytes, body: bytes = BODY) -> Verified | Doubted:
    """Verify by Standard Webhooks, now."""
    return verify(STANDARD, given_headers, body, secrets or (SECRET,), NOW, TOLERANCE_S)


def theirs(package: Any, secret: bytes) -> Any:  # noqa: ANN401  both packages offer the same, with no common type
    """Give another's implementation of the standard, with one of our secrets as a subscriber gets it."""
    return package.Webhook(write_secret(secret))


def test_the_example_of_the_specification_comes_out() -> None:
    """The worked example that Standard Webhooks' own libraries are tested with."""
    secret = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert secret is not None
    signed = sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', [secret])
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("package", [standardwebhooks, svix], ids=["standardwebhooks", "svix"])
def test_other_peoples_code_verifies_what_we_sign(package: Any) -> None:  # noqa: ANN401  a module
    """A subscriber who uses either library believes us, and nobody who changed a byte."""
    fresh = headers("webhook", now())
    theirs(package, SECRET).verify(BODY, fresh)
    with pytest.raises(package.webhooks.WebhookVerificationError):
        theirs(package, SECRET).verify(BODY + b" ", fresh)


@pytest.mark.parametrize("package", [standardwebhooks, svix], ids=["standardwebhooks", "svix"])
def test_both_secrets_verify_during_a_rotation(package: Any) -> None:  # noqa: ANN401  a module
    """With two signatures, a subscriber holds the old secret or the new one; without, only the one."""
    both = headers("webhook", now(), OTHER, SECRET)
    theirs(package, SECRET).verify(BODY, both)
    theirs(package, OTHER).verify(BODY, both)
    with pytest.raises(package.webhooks.WebhookVerificationError):
        theirs(package, OTHER).verify(BODY, headers("webhook", now()))


@pytest.mark.parametrize("package", [standardwebhooks, svix], ids=["standardwebhooks", "svix"])
@pytest.mark.parametrize("prefix", ["webhook", "svix"])
def test_we_verify_what_other_peoples_code_signs(package: Any, prefix: Prefix) -> None:  # noqa: ANN401  a module
    """A source that uses either library, with either set of headers, is believed."""
    at = datetime.fromtimestamp(NOW, UTC)
    signature = theirs(package, SECRET).sign(ID, at, BODY.decode())
    given_headers = {
        f"{prefix}-id": ID,
        f"{prefix}-timestamp": str(NOW),
        f"{prefix}-signature": signature,
    }
    assert check(given_headers) == Verified(ID)
    assert verify(StandardWebhooks(prefix), given_headers, BODY, [SECRET], NOW, 0) == Verified(ID)
    assert check(given_headers, OTHER, SECRET) == Verified(ID)
    assert check(given_headers, OTHER) == Doubted("wrong_signature")


def test_a_source_that_names_its_headers_is_held_to_them() -> None:
    """Where `svix-*` is asked for, `webhook-*` is not looked at."""
    assert verify(StandardWebhooks("svix"), headers(), BODY, [SECRET], NOW, 300) == Doubted("missing_header")


def test_the_names_of_headers_have_no_case() -> None:
    """HTTP's do not."""
    assert check({name.title(): value for name, value in headers().items()}) == Verified(ID)


@pytest.mark.parametrize("name", ["id", "timestamp", "signature"])
def test_each_header_is_needed_and_each_is_signed(name: str) -> None:
    """One that is missing or was changed on the way is doubted."""
    whole = headers()
    without = {key: value for key, value in whole.items() if key != f"webhook-{name}"}
    assert check(without) == Doubted("missing_header")
    changed = {"id": "other", "timestamp": str(NOW - 1), "signature": "v1," + "A" * 43 + "="}[name]
    assert check({**whole, f"webhook-{name}": changed}) == Doubted("wrong_signature")


def test_a_changed_body_is_doubted() -> None:
    """Also one that differs by a space."""
    assert check(headers(), body=BODY + b" ") == Doubted("wrong_signature")


def test_the_tolerance_is_kept_to_the_second_in_both_directions() -> None:
    """A copy that is sent again later is doubted, and so is a clock that is ahead."""
    assert check(headers("webhook", NOW - TOLERANCE_S)) == Verified(ID)
    assert check(headers("webhook", NOW + TOLERANCE_S)) == Verified(ID)
    assert check(headers("webhook", NOW - TOLERANCE_S - 1)) == Doubted("too_old")
    assert check(headers("webhook", NOW + TOLERANCE_S + 1)) == Doubted("too_new")


@pytest.mark.parametrize("timestamp", ["now", "-1", "1e9", "1.5", " 1", "٣", "9" * 13, "9" * 5000, "0x1"])
def test_a_time_that_is_not_whole_seconds_is_malformed(timestamp: str) -> None:
    """It is never handed to anything that could raise."""
    assert check({**headers(), "webhook-timestamp": timestamp}) == Doubted("malformed_header")


@pytest.mark.parametrize(
    "signature",
    ["v1", "v1,", "v2,{}", "v1a,{}", "{}", "V1,{}", "v1,{} ", "v1,\udcff", "v1,é", "v1,====", "\x00", ",,,"],
)
def test_a_signature_of_another_form_or_version_is_not_ours(signature: str) -> None:
    """Versions that we do not know are passed over; a space at the end is only a space."""
    ours = headers()["webhook-signature"].removeprefix("v1,")
    verdict = check({**headers(), "webhook-signature": signature.format(ours)})
    assert verdict == (Verified(ID) if signature == "v1,{} " else Doubted("wrong_signature"))


def test_signatures_beyond_the_bound_are_not_looked_at() -> None:
    """A header full of guesses costs no more than sixteen comparisons."""
    ours, guess = headers()["webhook-signature"], "v1," + "A" * 43 + "="
    near = " ".join([guess] * (signing.SIGNATURES_MAX - 1) + [ours])
    far = " ".join([guess] * signing.SIGNATURES_MAX + [ours])
    assert check({**headers(), "webhook-signature": near}) == Verified(ID)
    assert check({**headers(), "webhook-signature": far}) == Doubted("wrong_signature")


@pytest.mark.parametrize("length", [24, 32, 64])
def test_a_secret_of_24_to_64_bytes_reads_back_as_it_was_written(length: int) -> None:
    """With the prefix or without, as both libraries take it."""
    secret = bytes(range(length))
    assert write_secret(secret).startswith("whsec_")
    assert read_secret(write_secret(secret)) == secret
    assert read_secret(write_secret(secret).removeprefix("whsec_")) == secret


@pytest.mark.parametrize(
    "text",
    [
        "",
        "whsec_",
        "whsec_é",
        "whsec_not base64!",
        write_secret(b"s" * 23),
        write_secret(b"s" * 65),
        write_secret(b"s" * 32)[:-1],
        "whpk_" + "A" * 44,
    ],
)
def test_what_is_not_a_secret_is_none(text: str) -> None:
    """Too short, too long or not base64."""
    assert read_secret(text) is None


def test_a_secret_does_not_show_itself() -> None:
    """A printed value holds no secret."""
    assert repr(read_secret(write_secret(b"k" * 24))) == "Secret(...)"


def test_without_a_secret_nobody_is_believed() -> None:
    """A source whose secrets were all withdrawn takes nothing in."""
    for verifier in (STANDARD, PlainHmac(), Bearer()):
        assert verify(verifier, headers(), BODY, [], NOW, TOLERANCE_S) == Doubted("no_secret")


@pytest.mark.parametrize("form", ["{}", "sha256={}", "SHA256={}"])
@pytest.mark.parametrize("header", ["x-hub-signature-256", "X-Signature"])
def test_a_plain_hmac_in_hex_is_believed_in_its_header(form: str, header: str) -> None:
    """Either case, with the prefix or without; another header is not looked at."""
    digits = hmac.new(b"old secret", BODY, hashlib.sha256).hexdigest()
    sent = {header.title(): form.format(digits.upper())}
    assert verify(PlainHmac(header), sent, BODY, [b"new", b"old secret"], NOW, 0) == Verified()
    assert verify(PlainHmac("x-other"), sent, BODY, [b"old secret"], NOW, 0) == Doubted("missing_header")
    assert verify(PlainHmac(header), sent, b"", [b"old secret"], NOW, 0) == Doubted("wrong_signature")


@pytest.mark.parametrize("value", ["sha1=aa", "g" * 64, "a" * 63, "a" * 65, "sha256=sha256=", "é", "\udcff"])
def test_what_is_not_a_digest_is_malformed(value: str) -> None:
    """64 hex digits and nothing else."""
    sent = {"x-hub-signature-256": value}
    assert verify(PlainHmac(), sent, BODY, [b"s"], NOW, 0) == Doubted("malformed_header")


def test_a_bearer_is_believed_by_its_token() -> None:
    """The word has no case; the token has."""
    for scheme in ("Bearer", "bearer"):
        sent = {"Authorization": f"{scheme} token-1"}
        assert verify(Bearer(), sent, b"", [b"token-2", b"token-1"], NOW, 0) == Verified()
        assert verify(Bearer(), sent, b"", [b"Token-1"], NOW, 0) == Doubted("wrong_token")
    for value in ("Basic dTpw", "Bearer", "Bearer ", "token-1"):
        assert verify(Bearer(), {"authorization": value}, b"", [b"token-1"], NOW, 0) == Doubted(
            "malformed_header"
        )


any_text = st.text(st.characters(exclude_categories=[]), max_size=80)
names = st.sampled_from(
    [f"{prefix}-{name}" for prefix in ("webhook", "svix") for name in ("id", "timestamp", "signature")]
    + ["authorization", "x-hub-signature-256"]
)
values = (
    any_text
    | st.builds("v1,{}".format, any_text)
    | st.builds("Bearer {}".format, any_text)
    | st.just(str(NOW))
)


@given(
    st.sampled_from([STANDARD, StandardWebhooks("svix"), PlainHmac(), Bearer()]),
    st.dictionaries(names | any_text, values, max_size=8),
    st.binary(max_size=80),
    st.integers(-(2**40), 2**40),
)
def test_garbage_is_doubted_and_never_raises(
    verifier: signing.Verifier, given_headers: dict[str, str], body: bytes, at: int
) -> None:
    """Lone surrogates, controls and nothing at all included."""
    assert isinstance(verify(verifier, given_headers, body, [SECRET], at, TOLERANCE_S), Doubted)


@given(st.binary(max_size=200), st.binary(min_size=24, max_size=64), st.integers(0, 2**38))
def test_whatever_we_sign_we_verify(body: bytes, secret: bytes, timestamp: int) -> None:
    """Bodies are bytes; none is special."""
    sent = {
        "webhook-id": ID,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(ID, timestamp, body, [secret]),
    }
    assert verify(STANDARD, sent, body, [secret], timestamp, 0) == Verified(ID)
    assert base64.b64decode(sent["webhook-signature"].removeprefix("v1,"), validate=True)
