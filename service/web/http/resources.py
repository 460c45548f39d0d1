"""The open stores and settings that every request is served with."""

import asyncio
from dataclasses import dataclass, field

from redis.asyncio import Redis

from schemas.receipts import BalanceSheet
from service.core.refusals import Refused
from service.flows.access.send_code import Senders
from service.flows.batcher import Batcher
from service.flows.ledger.balances import ToRead
from service.flows.screens.changes import Followed, ToFollow
from service.flows.trail.denials import Denials
from service.flows.visits.record_events import Recorded, ToRecord
from service.outbound.jwks import KeySets, key_sets_of
from service.outbound.provider import Provider
from service.scratch.rate_limits import RateLimits
from service.settings import Settings
from service.store.database.pool import Database
from service.store.live import Changes
from service.store.readiness import Readiness
from service.web.http.admission import BATCH_WAIT_S_MAX, BATCHES_AT_ONCE_MAX, BATCHES_WAITING_MAX, Gate
from service.web.http.draw_monitor import DrawMonitor
from service.web.http.keyring import KeyRing
from service.web.http.watchers import Watchers


@dataclass(slots=True)
class Resources:
    """The open stores and what stands on them; there while the app runs."""

    settings: Settings
    database: Database
    redis: Redis
    events: Batcher[ToRecord, Recorded | Refused]
    balances: Batcher[ToRead, BalanceSheet | Refused]
    keys: KeyRing
    limits: RateLimits | None
    watchers: Watchers
    followed: Batcher[ToFollow, Followed]
    changed: Batcher[int, Changes]
    senders: Senders = field(default_factory=dict)
    """The ways to send a text or a mail."""
    sending: set[asyncio.Task[None]] = field(default_factory=set)
    """Tasks that send in the background."""
    provider: Provider | None = None
    """The clinic's identity provider, where one is configured."""
    set_up: bool = False
    """Whether this process has once seen a clinic: until then the pages lead to the set-up."""
    draws: DrawMonitor = field(default_factory=DrawMonitor)
    """Measures how even draws are, for the metrics."""
    readiness: Readiness = field(init=False)
    """Looks whether PostgreSQL can be worked with."""
    denials: Denials = field(init=False)
    """Tells the audit trail of calls that are refused."""
    key_sets: KeySets = field(init=False)
    """Fetches the public keys of programs that show who they are by a signature."""
    places: Gate = field(init=False)
    """The places of requests that are worked on, and those of large batches among them."""
    batches: Gate = field(init=False)

    def __post_init__(self) -> None:
        """Begin what stands on the stores alone."""
        self.denials = Denials(self.database)
        given = self.settings
        self.key_sets = key_sets_of(given)
        self.readiness = Readiness(given.database_url)
        self.places = Gate(given.requests_at_once_max, given.requests_waiting_max, given.request_wait_s_max)
        self.batches = Gate(BATCHES_AT_ONCE_MAX, BATCHES_WAITING_MAX, BATCH_WAIT_S_MAX)
