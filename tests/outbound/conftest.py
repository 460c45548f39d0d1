"""A courier with short bounds that may speak to this machine, and names that lead where a test says."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from service.core.notices.deliveries import Failed, Failure, Outcome
from service.outbound.addresses import Allowed
from service.outbound.post import Bounds, WebhookClient
from tests.outbound.receivers import Receiver

SHORT = Bounds(deadline_s=1.0, connect_s=0.5, read_s=0.4, answer_bytes=1024)


BODY = b'{"type":"award.posted","data":{"amount":1750}}'
HEADERS = {"content-type": "application/json", "webhook-id": "0198", "webhook-signature": "v1,abc="}


@dataclass
class World:
    """The names of an invented world; each look-up takes the next of a name's answers, the last for good."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def resolve(self, host: str, port: int) -> list[str]:
        """Answer as a resolver would."""
        del port
        self.asked.append(host)
        if host not in self.names:
            raise OSError(f"no address for {host}")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture
def world() -> World:
    """Give a world without names."""
    return World()


@pytest.fixture
def webhook_client(world: World) -> Iterator[WebhookClient]:
    """Give a courier in that world, allowed to speak to this machine and to nothing else inside."""
    made = WebhookClient(SHORT, Allowed(loopback=True), world.resolve)
    yield made
    made.close()


async def send(webhook_client: WebhookClient, receiver: Receiver | str) -> Outcome:
    """Post the notice once, and see that it ended in time."""
    begun = time.monotonic()
    outcome = await webhook_client.post(
        receiver if isinstance(receiver, str) else receiver.url, HEADERS, BODY
    )
    assert time.monotonic() - begun < SHORT.deadline_s + 1
    return outcome


def failure(outcome: Outcome) -> tuple[Failure, int | None]:
    """Give why an attempt failed, and the status where there was one."""
    assert isinstance(outcome, Failed)
    return outcome.why, outcome.status
