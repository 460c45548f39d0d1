"""Cycles of faults under load, held against an independent model: `make faults ARGS="--cycles 50 --seed 7"`.

Each cycle does one thing to what runs, chosen by chance from the seed and the cycle's number, and waits until
events are acknowledged again. Now and then, and at the end, what is on record is held against what was
acknowledged. It ends with 1 and the words to run the cycle again where anything was lost, is there twice, is
worth something else, or did not come back.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress

from tests.faults.conftest import Ground, Served, frozen, grounded
from tests.faults.load import LINES, Load
from tests.faults.proxies import Proxy, before_postgresql, before_valkey, through
from tests.walks.conftest import clean_environment, folder, run

CHECK_EVERY = 25
"""How many cycles pass between two looks at what is on record."""
BACK_S_MAX = 60.0
"""How long nothing may be acknowledged after a fault; a web process takes its time on a busy machine."""
CROWD = 300
SLOW = 60


class World:
    """What runs, and what may happen to it."""

    def __init__(
        self, ground: Ground, served: Served, proxies: dict[str, Proxy], load: Load, key: str
    ) -> None:
        self.ground = ground
        self.served = served
        self.proxies = proxies
        self.load = load
        self.key = key
        self.chance = random.Random()
        self.worker: subprocess.Popen[bytes] | None = None

    def seconds(self) -> float:
        """How long something stays frozen or silent: from a blink to what people notice."""
        return self.chance.choice((0.05, 0.3, 1.0, 2.5))

    def start_worker(self) -> None:
        """Start the worker beside the web processes."""
        environment = clean_environment(**self.ground.stores.environment(), LOG_LEVEL="error")
        command = [sys.executable, "-m", "service.cli", "work"]
        self.worker = subprocess.Popen(command, env=environment)

    async def kill_postgresql(self) -> None:
        """End PostgreSQL without a warning; its keeper starts it again."""
        os.kill(self.ground.postgresql()[0], signal.SIGKILL)

    async def kill_valkey(self) -> None:
        """End Valkey without a warning."""
        for pid in self.ground.valkey():
            os.kill(pid, signal.SIGKILL)

    async def kill_web(self) -> None:
        """End a web process in the middle of its requests."""
        os.kill(self.chance.choice(self.served.web()), signal.SIGKILL)

    async def kill_worker(self) -> None:
        """End the worker, and start another."""
        if self.worker is not None:
            self.worker.kill()
            self.worker.wait()
        self.start_worker()

    async def freeze_postgresql(self) -> None:
        """Stop PostgreSQL for a while: it is there, and does nothing."""
        with frozen(self.ground.postgresql()):
            await asyncio.sleep(self.seconds())

    async def freeze_valkey(self) -> None:
        """Stop Valkey for a while."""
        if pids := self.ground.valkey():
            with frozen(pids):
                await asyncio.sleep(self.seconds())

    async def freeze_web(self) -> None:
        """Stop a web process for a while, with the locks that it holds."""
        with frozen([self.chance.choice(self.served.web())]):
            await asyncio.sleep(self.seconds())

    async def swallow_postgresql(self) -> None:
        """Let the network swallow what is said to and by PostgreSQL, and then cut."""
        await self._swallow(self.proxies["postgresql"])

    async def swallow_valkey(self) -> None:
        """Let the network swallow what is said to and by Valkey, and then cut."""
        await self._swallow(self.proxies["valkey"])

    async def cut_answer(self) -> None:
        """Cut a line in the middle of what PostgreSQL answers: before, in or after a commit."""
        self.proxies["postgresql"].cut_after = self.chance.randrange(1, 4000)
        await asyncio.sleep(0.2)

    async def cut_lines(self) -> None:
        """Cut every line to PostgreSQL at once."""
        self.proxies["postgresql"].cut_all()

    async def send_slowly(self) -> None:
        """Open connections on which half a head, or half a body, comes and no more."""
        head = f"POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.key}\r\n".encode()
        halves = (head, head + b"Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
        opened = await asyncio.gather(*(self._open(self.chance.choice(halves)) for _ in range(SLOW)))
        await asyncio.to_thread(self.load.wait_for, LINES, BACK_S_MAX)
        for writer in opened:
            writer.transport.abort()

    async def read_slowly(self) -> None:
        """Ask for much, and read none of it."""
        asked = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 20
        opened = await asyncio.gather(*(self._open(asked) for _ in range(SLOW // 6)))
        await asyncio.to_thread(self.load.wait_for, LINES, BACK_S_MAX)
        for writer in opened:
            writer.transport.abort()

    async def crowd(self) -> None:
        """Ask for more than can be answered at once: everybody hears something."""
        head = f"GET /v1/programs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.key}\r\n\r\n".encode()

        async def ask() -> bytes:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            try:
                writer.write(head)
                return (await reader.readline()).split(b" ")[1]
            finally:
                writer.transport.abort()

        async with asyncio.timeout(BACK_S_MAX):
            heard = await asyncio.gather(*(ask() for _ in range(CROWD)))
        assert set(heard) <= {b"200", b"503"}, set(heard)

    @property
    def _port(self) -> int:
        return int(self.served.url.rpartition(":")[2])

    async def _open(self, said: bytes) -> asyncio.StreamWriter:
        _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(said)
        return writer

    async def _swallow(self, proxy: Proxy) -> None:
        proxy.mode = "swallows"
        await asyncio.sleep(self.seconds())
        proxy.mode = "passes"
        proxy.cut_all()


FAULTS: tuple[Callable[[World], Awaitable[None]], ...] = (
    World.kill_postgresql,
    World.kill_valkey,
    World.kill_web,
    World.kill_worker,
    World.freeze_postgresql,
    World.freeze_valkey,
    World.freeze_web,
    World.swallow_postgresql,
    World.swallow_valkey,
    World.cut_answer,
    World.cut_lines,
    World.send_slowly,
    World.read_slowly,
    World.crowd,
)


async def cycled(world: World, cycles: int, seed: int, first: int) -> dict[str, list[float]]:
    """Go through the cycles; gives how long each kind of fault took to be over, in seconds."""
    took: dict[str, list[float]] = defaultdict(list)
    for number in range(first, first + cycles):
        world.chance = random.Random(f"{seed} {number}")
        fault = world.chance.choice(FAULTS)
        began = time.monotonic()
        try:
            await fault(world)
            await asyncio.to_thread(world.load.wait_for, LINES * 2, BACK_S_MAX)
            if (number + 1) % CHECK_EVERY == 0:
                await asyncio.to_thread(hold, world.load)
        except (AssertionError, OSError) as why:
            again = f"--seed {seed} --first {number} --cycles 1"
            raise SystemExit(f"cycle {number}, {fault.__name__}: {why}\nagain: {again}") from why
        took[fault.__name__].append(time.monotonic() - began)
        print(f"{number:5} {fault.__name__:20} {took[fault.__name__][-1]:6.2f} s", flush=True)
    return took


def hold(load: Load) -> None:
    """Stop for a moment, and hold what is on record against the model."""
    load.stop()
    assert load.refused == [], load.refused
    found = load.faults()
    assert found == [], found[:10]
    load.start()


async def main() -> None:
    """Run the cycles that the command line asks for, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    print(f"{asked.cycles} cycles, seed {asked.seed}", flush=True)
    with folder() as made:
        async with grounded(made / "data") as ground:
            direct = ground.stores.environment()
            proxies = {
                "postgresql": before_postgresql(direct["DATABASE_URL"]),
                "valkey": before_valkey(direct["REDIS_URL"]),
            }
            for proxy in proxies.values():
                await proxy.start()
            urls = {
                "DATABASE_URL": through(direct["DATABASE_URL"], proxies["postgresql"]),
                "REDIS_URL": through(direct["REDIS_URL"], proxies["valkey"]),
            }
            # Load and crowd come from one address, and where one process serves alone, it serves all of them.
            share = str(2 * CROWD)
            async with ground.served(WEB_WORKERS="2", UNFINISHED_REQUESTS_MAX=share, **urls) as served:
                await _against(ground, served, proxies, asked)
            for proxy in proxies.values():
                await proxy.stop()


async def _against(
    ground: Ground, served: Served, proxies: dict[str, Proxy], asked: argparse.Namespace
) -> None:
    clinic = await ground.clinic(served.url)
    key = clinic.keys["manager"]
    headers = {"Authorization": f"Bearer {key}"}
    load = await asyncio.to_thread(Load, served.url, headers, seed=asked.seed)
    world = World(ground, served, proxies, load, key)
    world.start_worker()
    try:
        took = await cycled(world, asked.cycles, asked.seed, asked.first)
    finally:
        await asyncio.to_thread(load.stop)
        if world.worker is not None:
            world.worker.terminate()
            with suppress(subprocess.TimeoutExpired):
                world.worker.wait(30)
    faults = await asyncio.to_thread(load.ended)
    await clinic.close()
    for name, each in sorted(took.items()):
        print(
            f"{name:20} {len(each):5} times, {max(each):6.2f} s at most, {sum(each) / len(each):6.2f} s each"
        )
    verified = await asyncio.to_thread(run, "verify", "--data", str(ground.stores.data), check=False)
    print(f"{load.tries} requests, {len(load.receipts)} acknowledged; {len(faults)} lost, doubled or wrong")
    print(f"verify: {verified.stdout.strip().splitlines()[-1] if verified.stdout else verified.stderr}")
    if faults or load.refused or verified.returncode:
        raise SystemExit(f"seed {asked.seed}: {(faults + load.refused)[:10]}")


if __name__ == "__main__":
    asyncio.run(main())
