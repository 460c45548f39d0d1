"""SMART Backend Services: a program that signs who it is reads FHIR for minutes, and nothing else."""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from service.flows.access.smart_clients import public_keys
from tests import clock
from tests.web.conftest import assert_problem
from tests.web.test_fhir import BASE, Story, story

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["story"]
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EC = ECKey.generate_key("P-384", {"kid": "ec", "alg": "ES384", "use": "sig"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "alg": "RS384", "use": "sig"})
PUBLIC = KeySet([EC, RSA]).as_dict(private=False)


async def register(clinic: Clinic, *scopes: str, **more: object) -> dict[str, Any]:
    """Register a program with both keys."""
    body = {"scopes": scopes or ("system/Observation.rs",), "jwks": PUBLIC, **more}
    answer = await clinic.person().post("/v1/smart-clients", json=body)
    if answer.status_code == 403:
        answer = await clinic.client().post("/v1/smart-clients", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]  # JSON


def signed(client_id: str, audience: str, key: Any = EC, header: Any = None, **claims: Any) -> str:  # noqa: ANN401
    """Sign an assertion as a program does."""
    now = int(clock.now().timestamp())
    told = {"iss": client_id, "sub": client_id, "aud": audience, "exp": now + 240, "iat": now}
    told |= {"jti": secrets.token_hex(16), **claims}
    alg = "ES384" if key is EC else "RS384"
    head = {"alg": alg, "typ": "JWT", "kid": key.kid, **(header or {})}
    return jwt.encode(head, {name: one for name, one in told.items() if one is not None}, key, [head["alg"]])


async def ask(url: str, assertion: str, scope: str = "system/Observation.rs") -> httpx.Response:
    """Ask for a token."""
    form = {"grant_type": "client_credentials", "client_assertion_type": TYPE}
    async with httpx.AsyncClient() as client:
        return await client.post(
            f"{url}/oauth/token", data={**form, "client_assertion": assertion, "scope": scope}
        )


@pytest.mark.parametrize("key", [EC, RSA], ids=["ES384", "RS384"])
async def test_a_registered_program_reads_what_its_token_says(clinic: Clinic, story: Story, key: Any) -> None:  # noqa: ANN401
    """From its configuration to the first page; another type, and our own API, are closed to it."""
    async with httpx.AsyncClient(base_url=clinic.url) as nobody:
        told = (await nobody.get(f"{BASE}/.well-known/smart-configuration")).json()
    assert told["token_endpoint"] == f"{clinic.url}/oauth/token"
    known = await register(clinic, "system/Observation.read", "system/Account.rs")
    assert known["scopes"] == ["system/Observation.rs", "system/Account.rs"]
    answer = await ask(clinic.url, signed(known["client_id"], told["token_endpoint"], key))
    assert answer.status_code == 200, answer.text
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    given = answer.json()
    assert (given["token_type"], given["scope"], given["expires_in"]) == (
        "bearer",
        "system/Observation.rs",
        300,
    )
    async with httpx.AsyncClient(base_url=clinic.url) as client:
        client.headers["authorization"] = f"Bearer {given['access_token']}"
        found = await client.get(f"{BASE}/Observation", params={"patient": story.person})
        assert found.status_code == 200, found.text
        assert len(found.json()["entry"]) == len(story.events)
        for path in ("Encounter", f"Account?patient={story.person}", "Patient", "CarePlan", "$export"):
            refused = await client.get(f"{BASE}/{path}")
            assert (refused.status_code, refused.headers["content-type"]) == (403, "application/fhir+json")
        for path in ("/v1/events", "/v1/participants", "/v1/keys"):
            assert (await client.get(path)).status_code == 403
    told = (await clinic.get(f"/v1/participants/{story.person}/accounting")).json()["items"]
    assert known["id"] in {one["recipient_id"] for one in told}


async def test_a_program_for_all_types_exports(clinic: Clinic, story: Story) -> None:
    """`system/*.rs` opens each type and exports; what is asked for of it alone is given alone."""
    assert story.person
    known = await register(clinic, "system/*.rs")
    audience = f"{clinic.url}/oauth/token"
    for scope, status in (("system/*.rs", 202), ("system/Patient.rs system/Observation.rs", 403)):
        given = (await ask(clinic.url, signed(known["client_id"], audience), scope)).json()
        assert given["scope"] == scope
        async with httpx.AsyncClient(base_url=clinic.url) as client:
            client.headers.update(
                {"authorization": f"Bearer {given['access_token']}", "prefer": "respond-async"}
            )
            assert (await client.get(f"{BASE}/$export")).status_code == status
            assert (await client.get(f"{BASE}/Patient")).status_code == 200


async def test_an_assertion_is_taken_once(clinic: Clinic) -> None:
    """Whoever overhears one gets nothing for it."""
    known = await register(clinic)
    assertion = signed(known["client_id"], f"{clinic.url}/oauth/token")
    assert (await ask(clinic.url, assertion)).status_code == 200
    again = await ask(clinic.url, assertion)
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")
    number = secrets.token_hex(8)
    first, second = (
        signed(known["client_id"], f"{clinic.url}/oauth/token", jti=number, exp=None) for _ in "ab"
    )
    assert first
    assert (await ask(clinic.url, second)).status_code == 401


async def test_whatever_is_wrong_with_an_assertion_is_answered_alike(clinic: Clinic, other: Clinic) -> None:
    """Times, whom it is for, who signed it, by which algorithm, and for whom: each alone."""
    known = await register(clinic)
    theirs = await register(other)
    own, audience = known["client_id"], f"{clinic.url}/oauth/token"
    now = int(clock.now().timestamp())
    stranger = ECKey.generate_key("P-384", {"kid": "ec"})
    weaker = RSAKey.import_key({**RSA.as_dict(private=True), "alg": "RS256"})
    told = {"iss": own, "sub": own, "aud": audience, "exp": now + 60, "jti": "x"}
    small = jwt.encode({"alg": "RS256", "kid": "rsa"}, told, weaker, ["RS256"])
    head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    unsigned = f"{head}.{signed(own, audience).split('.')[1]}."
    by_hmac = jwt.encode(
        {"alg": "HS256"}, {"iss": own, "sub": own}, OctKey.import_key(msgspec.json.encode(PUBLIC))
    )
    wrong = [
        signed(own, audience, exp=now - 60),
        signed(own, audience, exp=now + 3600),
        signed(own, audience, exp="soon"),
        signed(own, audience, iat=now + 600),
        signed(own, audience, nbf=now + 600),
        signed(own, f"{clinic.url}/elsewhere"),
        signed(own, audience, sub="somebody"),
        signed(own, audience, iss=theirs["client_id"]),
        signed(own, audience, jti=None),
        signed(own, audience, jti=""),
        signed(own, audience, header={"jku": "https://evil.example/jwks"}),
        signed(own, audience).rpartition(".")[0] + ".AAAA",
        jwt.encode(
            {"alg": "ES384", "kid": "ec"},
            {"iss": own, "sub": own, "aud": audience, "exp": now + 60, "jti": "x"},
            stranger,
            ["ES384"],
        ),
        small,
        unsigned,
        by_hmac,
        "",
        "a.b.c",
        "x" * 10_000,
    ]
    for assertion in wrong:
        answer = await ask(clinic.url, assertion)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), assertion
    assert (await ask(clinic.url, signed(own, audience))).status_code == 200
    refused = await ask(clinic.url, signed(own, audience), "system/Patient.rs")
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(("algorithm", "status"), [("RS384", 200), ("RS256", 401), ("PS384", 401)])
async def test_a_key_that_names_no_algorithm_signs_by_those_of_the_standard_alone(
    clinic: Clinic, algorithm: str, status: int
) -> None:
    """Whatever the library can do: the header of an assertion chooses nothing else."""
    bare = {name: text for name, text in RSA.as_dict(private=False).items() if name not in {"alg", "use"}}
    known = await register(clinic, jwks={"keys": [bare]})
    own, audience = known["client_id"], f"{clinic.url}/oauth/token"
    now = int(clock.now().timestamp())
    told = {"iss": own, "sub": own, "aud": audience, "exp": now + 60, "jti": secrets.token_hex(8)}
    key = RSAKey.import_key({**RSA.as_dict(private=True), "alg": algorithm})
    signed_by = jwt.encode({"alg": algorithm, "kid": "rsa"}, told, key, [algorithm])
    assert (await ask(clinic.url, signed_by)).status_code == status


async def test_a_token_ends_with_its_minutes_and_with_its_program(clinic: Clinic, server: Server) -> None:
    """After five minutes, and at once when the program's key is revoked."""
    known = await register(clinic)
    audience = f"{clinic.url}/oauth/token"
    given = (await ask(clinic.url, signed(known["client_id"], audience))).json()
    async with httpx.AsyncClient(base_url=clinic.url) as client:
        client.headers["authorization"] = f"Bearer {given['access_token']}"
        assert (await client.get(f"{BASE}/Observation")).status_code == 200
        revoked = await clinic.client().delete(f"/v1/keys/{known['id']}")
        assert revoked.status_code == 200, revoked.text
        assert (await client.get(f"{BASE}/Observation")).status_code == 401
    assert (await ask(clinic.url, signed(known["client_id"], audience))).status_code == 401
    listed = {one["id"]: one["revoked_at"] for one in (await clinic.get("/v1/keys")).json()["items"]}
    assert listed[known["id"]]
    fresh = await register(clinic)
    given = (await ask(clinic.url, signed(fresh["client_id"], audience))).json()
    async with server.database.transaction(server_clinic(clinic)) as tx:
        # As if its minutes had passed; and a token that is put in with other scopes has no mark that fits.
        moved = await tx.connection.execute(
            "delete from smart_tokens where clinic_id = $1 and ends_at < $2",
            tx.clinic,
            clock.now() + timedelta(minutes=6),
        )
    assert moved != "DELETE 0"
    async with httpx.AsyncClient(base_url=clinic.url) as client:
        client.headers["authorization"] = f"Bearer {given['access_token']}"
        assert (await client.get(f"{BASE}/Observation")).status_code == 401


def server_clinic(clinic: Clinic) -> Any:  # noqa: ANN401  a UUID
    """Give the id of a clinic as the database knows it."""
    from uuid import UUID  # noqa: PLC0415

    return UUID(clinic.id)


def test_a_short_key_is_not_made_long_by_zeros_and_none_signs_for_everybody() -> None:
    """A number of 1,024 bits can be written with 2,048; with an exponent of 1 a signature is its message."""
    strong = RSA.as_dict(private=False)
    short, padded = (
        base64.urlsafe_b64encode(zeros + b"\xff" * 128).decode().rstrip("=") for zeros in (b"", bytes(128))
    )
    assert public_keys({"keys": [strong]}) == [strong]
    for weak in ({"n": short}, {"n": padded}, {"e": "AQ"}, {"e": "Aw"}, {"n": 5}, {"n": "é"}):
        assert public_keys({"keys": [{**strong, **weak}]}) == [], weak


async def test_what_is_no_set_of_public_keys_is_refused(clinic: Clinic) -> None:
    """Private keys, weak ones, none, too many, and an address that is not a public one."""
    strong = RSA.as_dict(private=False)
    weak = {**strong, "n": str(strong["n"])[:171]}
    curve = ECKey.generate_key("P-256", {"kid": "c"}).as_dict(private=False)
    sets: tuple[dict[str, Any], ...] = (
        {},
        {"keys": []},
        {"keys": [EC.as_dict(private=True)]},
        {"keys": [weak]},
        {"keys": [curve]},
        {"keys": [1]},
    )
    for jwks in sets:
        body = {"scopes": ["system/Observation.rs"], "jwks": jwks}
        assert_problem(await clinic.post("/v1/smart-clients", body), 422, "invalid")
    for more in ({}, {"jwks": PUBLIC, "jwks_url": "https://ehr.example.org/"}):
        assert_problem(
            await clinic.post("/v1/smart-clients", {"scopes": ["system/*.rs"], **more}), 422, "invalid"
        )
    inside = {"scopes": ["system/*.rs"], "jwks_url": "http://10.0.0.1/jwks"}
    assert_problem(await clinic.post("/v1/smart-clients", inside), 422, "url_not_allowed")
    for scope in ("user/Observation.rs", "system/Medication.rs", "system/Observation.cruds"):
        assert_problem(
            await clinic.post("/v1/smart-clients", {"scopes": [scope], "jwks": PUBLIC}), 422, "invalid"
        )


class _Keys(BaseHTTPRequestHandler):
    """Serves a set of public keys."""

    def do_GET(self) -> None:
        """Give the set."""
        body = msgspec.json.encode(PUBLIC)
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def served_keys() -> Iterator[str]:
    """Give the address of a set of public keys on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/jwks.json"
    server.shutdown()
    server.server_close()


async def test_an_address_on_this_machine_is_no_address_of_keys(clinic: Clinic, served_keys: str) -> None:
    """As for notices: what lies inside is not asked, whoever names it."""
    body = {"scopes": ["system/*.rs"], "jwks_url": served_keys}
    assert_problem(await clinic.post("/v1/smart-clients", body), 422, "url_not_allowed")
