"""Programs whose public keys are at an address of theirs: it is asked, seldom, and only where it may be."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterator
from functools import partial

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from schemas.smart import AccessToken, NewSmartClient
from service.flows.access.smart_clients import register_client
from service.flows.access.smart_tokens import DENIED, Denied, give_token
from service.outbound.addresses import Allowed
from service.outbound.jwks import AGAIN_S, KNOWN_S, SETS_MAX, KeySets
from service.outbound.post import Bounds, WebhookClient
from tests.flows.conftest import Scene
from tests.outbound.receivers import answer, answering, hanging, receiving, trickling

LOOPBACK = Allowed(loopback=True)
BOUNDS = Bounds(deadline_s=1.0, connect_s=0.5, read_s=0.5, answer_bytes=4096)
TOKEN = "https://rewards.example/oauth/token"
OLD, NEW = (ECKey.generate_key("P-384", {"kid": kid, "alg": "ES384"}) for kid in ("old", "new"))


def served(*keys: ECKey) -> bytes:
    """Answer with a set of some keys."""
    return answer(200, msgspec.json.encode(KeySet(list(keys)).as_dict(private=False)))


class Asking:
    """A program registered by its address, the keys as one process knows them, and its clock."""

    def __init__(self, scene: Scene, url: str, allowed: Allowed = LOOPBACK) -> None:
        self.scene = scene
        self.url = url
        self.at_s = 1000.0
        self.client = WebhookClient(BOUNDS, allowed)
        self.sets = KeySets(self.client, BOUNDS, lambda: self.at_s)

    async def register(self) -> Asking:
        """Register it, as a manager does."""
        new = NewSmartClient(("system/Observation.rs",), jwks_url=self.url)
        made = await self.scene.value(lambda act: register_client(act, new, LOOPBACK))
        self.client_id = made.client_id
        return self

    async def ask(self, key: ECKey) -> AccessToken | Denied:
        """Ask for a token, signed by a key."""
        now = int(self.scene.clock.now.timestamp())
        claims = {"iss": self.client_id, "sub": self.client_id, "aud": TOKEN, "exp": now + 240}
        told = jwt.encode(
            {"alg": "ES384", "kid": key.kid}, {**claims, "jti": secrets.token_hex(8)}, key, ["ES384"]
        )
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": told,
            "scope": "system/Observation.rs",
        }
        return await give_token(self.scene.database, form, TOKEN, self.sets.fetch)

    async def is_let_in(self, key: ECKey) -> bool:
        """Whether a token is given; a refusal says nothing of why."""
        given = await self.ask(key)
        assert given == DENIED or isinstance(given, AccessToken)
        return isinstance(given, AccessToken)


@pytest.fixture
def asking(scene: Scene) -> Iterator[Callable[..., Asking]]:
    """Give what makes a program with an address, whose connections end with the test."""
    made: list[Asking] = []

    def make(url: str, allowed: Allowed = LOOPBACK) -> Asking:
        made.append(Asking(scene, url, allowed))
        return made[-1]

    yield make
    for one in made:
        one.sets.close()


async def test_keys_at_an_address_are_asked_for_once_and_kept_for_minutes(
    asking: Callable[..., Asking],
) -> None:
    """Another key than theirs is let in at no time; after five minutes the set is asked for again."""
    async with receiving(answering(served(OLD))) as there:
        one = await asking(there.url).register()
        assert [await one.is_let_in(OLD) for _ in range(3)] == [True, True, True]
        assert len(there.asked) == 1
        assert there.asked[0].line.startswith("GET ")
        one.at_s += KNOWN_S
        assert await one.is_let_in(OLD)
        assert len(there.asked) == 2


async def test_a_key_that_was_changed_works_at_once_and_the_old_one_no_more(
    asking: Callable[..., Asking],
) -> None:
    """The known set lacks the new key, so it is asked for anew; what left it opens nothing from then on."""
    async with receiving(answering(served(OLD), served(NEW))) as there:
        one = await asking(there.url).register()
        assert await one.is_let_in(OLD)
        one.at_s += AGAIN_S
        assert await one.is_let_in(NEW)
        assert len(there.asked) == 2
        assert not await one.is_let_in(OLD)
        assert await one.is_let_in(NEW)
        assert len(there.asked) == 2


async def test_a_stranger_has_no_address_asked_without_end(asking: Callable[..., Asking]) -> None:
    """Whoever knows a program's name signs by keys of their own: twice a minute its address is asked."""
    async with receiving(answering(served(OLD))) as there:
        one = await asking(there.url).register()
        assert not any([await one.is_let_in(NEW) for _ in range(10)])
        assert len(there.asked) == 1
        one.at_s += AGAIN_S
        assert not any([await one.is_let_in(NEW) for _ in range(10)])
        assert len(there.asked) == 2
        one.at_s += AGAIN_S
        asked = await asyncio.gather(*(one.is_let_in(NEW) for _ in range(10)))
        assert not any(asked)
        assert len(there.asked) == 3


SET = msgspec.json.encode(KeySet([OLD]).as_dict(private=False))
BIG = msgspec.json.encode({**KeySet([OLD]).as_dict(private=False), "x": "x" * 8192})
FAULTS = {
    "slow": hanging,
    "trickling": trickling(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n", b"{", 0.1),
    "too large": answering(answer(200, BIG)),
    "too large, by blanks": answering(answer(200, SET + b" " * 8192)),
    "redirect": answering(answer(302, b"", location="http://127.0.0.1:1/jwks")),
    "not found": answering(answer(404, SET)),
    "no JSON": answering(answer(200, b"<html>")),
    "no set": answering(answer(200, b'{"keys": {}}')),
    "a private key in it": answering(answer(200, msgspec.json.encode({"keys": [OLD.as_dict(private=True)]}))),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_address_that_gives_no_set_lets_nobody_in(asking: Callable[..., Asking], fault: str) -> None:
    """Slow, endless, too large, led elsewhere, or no set of public keys: one answer, in bounded time."""
    async with receiving(FAULTS[fault]) as there:
        one = await asking(there.url).register()
        begun = asyncio.get_running_loop().time()
        assert not await one.is_let_in(OLD)
        assert asyncio.get_running_loop().time() - begun < 2 * BOUNDS.deadline_s
        assert not await one.is_let_in(OLD)
        assert len(there.asked) == 1


async def test_an_address_that_was_away_is_asked_again_after_half_a_minute(
    asking: Callable[..., Asking],
) -> None:
    """Nothing listens there; then it does."""
    async with receiving(answering(served(OLD))) as there:
        url, port = there.url, there.port
    one = await asking(url).register()
    assert not await one.is_let_in(OLD)
    async with receiving(answering(served(OLD)), port=port) as again:
        assert not await one.is_let_in(OLD)
        assert not again.asked
        one.at_s += AGAIN_S
        assert await one.is_let_in(OLD)


async def test_an_address_inside_is_not_asked_whatever_is_on_record(
    scene: Scene, asking: Callable[..., Asking]
) -> None:
    """A process that may not speak to this machine connects to nothing; nor can such an address be given."""
    async with receiving(answering(served(OLD))) as there:
        one = await asking(there.url, Allowed()).register()
        assert not await one.is_let_in(OLD)
        assert (there.connections, there.asked) == (0, [])
    for url in (
        "http://10.0.0.1/jwks",
        "https://169.254.169.254/jwks",
        "https://[::1]/jwks",
        "ftp://x.example/",
    ):
        new = NewSmartClient(("system/*.rs",), jwks_url=url)
        assert (await scene.refusal(partial(register_client, new=new, allowed=Allowed())))[0] in {
            "url_not_allowed",
            "invalid",
        }


async def test_sets_that_are_kept_are_bounded(asking: Callable[..., Asking]) -> None:
    """The oldest go: whoever registers thousands of addresses takes no memory for it."""
    async with receiving(answering(served(OLD))) as there:
        one = asking(there.url)
        for number in range(SETS_MAX + 5):
            assert await one.sets.fetch(f"{there.url}&n={number}") is not None
        assert len(there.asked) == SETS_MAX + 5
        await one.sets.fetch(f"{there.url}&n={SETS_MAX + 4}")
        assert len(there.asked) == SETS_MAX + 5
        await one.sets.fetch(f"{there.url}&n=0")
        assert len(there.asked) == SETS_MAX + 6
