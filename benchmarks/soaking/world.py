"""The processes of a soak: a Valkey with its file on disk, gateways at fixed addresses, and what may befall them."""

import asyncio
import contextlib
import random
import signal
import tempfile
from pathlib import Path
from typing import Any

import redis

from tests.conftest import Valkey
from tests.wsgateway.gateway_process import GatewayProcess, give_token

GRACE_S, LEASE_S, RENEW_S = 2.0, 3.0, 0.5
#: presence twice as quick as shipped, so that an hour holds more quiet points; `connected` lists everybody
LIVE_LIMITS = '{"answers_per_s": 1e6}'
LIMITS: dict[str, Any] = {
    "presence_grace_s": GRACE_S,
    "presence_lease_s": LEASE_S,
    "presence_renew_s": RENEW_S,
    "online_listed": 100_000,
    "redis_reply_s": 2.0,
    "redis_retry_s": 0.5,
    "linger_s": 1.0,
}
DRAIN_S = 2.0


class World:
    """Started by `async with`; everything is stopped at its end."""

    def __init__(self, gateways: int, limits: dict[str, Any] | None = None, drain_s: float = DRAIN_S) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="gs-")
        self.folder = folder = Path(self._folder.name)
        self.valkey = Valkey(folder)
        chosen = LIMITS if limits is None else limits
        self.gateways = [
            GatewayProcess(
                folder,
                self.valkey.url,
                chosen,
                DRAIN_SECONDS=str(drain_s),
                LOG_LEVEL="WARNING",
                LIVE_LIMITS=LIVE_LIMITS,
            )
            for _ in range(gateways)
        ]
        self.in_trouble: set[GatewayProcess] = set()
        self.happened: dict[str, int] = {}

    async def __aenter__(self) -> "World":
        await asyncio.to_thread(self.valkey.start)
        await asyncio.gather(*(asyncio.to_thread(gateway.start) for gateway in self.gateways))
        return self

    async def __aexit__(self, *error: object) -> None:
        for gateway in self.gateways:
            gateway.stop()
        self.valkey.stop(kill=True)
        self._folder.cleanup()

    def tokens(self, users: range) -> dict[int, str]:
        """A token for each, good for a day."""
        client = self.valkey.client()
        tokens = {user: give_token(client, user) for user in users}
        for key in client.keys("token:*"):
            client.expire(key, 86_400)
        client.close()
        return tokens

    def online(self) -> set[int]:
        """As Redis has it."""
        client = self.valkey.client()
        try:
            return {int(user) for user in client.hkeys("presence:online")}
        finally:
            client.close()

    # ------------------------------------------------------------------------------------------------ what befalls

    def healthy(self) -> GatewayProcess | None:
        """A random gateway that nothing befalls now."""
        chosen = [gateway for gateway in self.gateways if gateway not in self.in_trouble]
        return random.choice(chosen) if chosen else None

    async def kill_gateway(self, gateway: GatewayProcess) -> None:
        """kill -9; it is back after a while, as under any process runner."""
        await self._end_and_start(gateway, signal.SIGKILL, random.uniform(0, 6))

    async def drain_gateway(self, gateway: GatewayProcess) -> None:
        """A deploy."""
        await self._end_and_start(gateway, signal.SIGTERM, 0)

    async def _end_and_start(self, gateway: GatewayProcess, number: signal.Signals, pause_s: float) -> None:
        self._note(f"{number.name} of a gateway")
        self.in_trouble.add(gateway)
        await asyncio.to_thread(gateway.stop, number)
        await asyncio.sleep(pause_s)
        await asyncio.to_thread(gateway.start)
        self.in_trouble.discard(gateway)

    async def restart_redis(self) -> None:
        """kill -9 or an orderly stop; what was written is on disk."""
        self._note("restart of Redis")
        await asyncio.to_thread(self.valkey.stop, kill=random.random() < 0.5)
        await asyncio.sleep(random.uniform(0, 4))
        await asyncio.to_thread(self.valkey.start)

    async def freeze_redis(self, seconds: float) -> None:
        """It stands still."""
        self._note(f"Redis frozen for {seconds:.0f} s" if seconds >= 30 else "Redis frozen for a while")
        process = self.valkey.process
        assert process is not None
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        process.send_signal(signal.SIGCONT)

    async def cut_subscribers(self) -> None:
        """CLIENT KILL TYPE pubsub."""
        self._note("subscribers killed")
        client = self.valkey.client()
        with contextlib.suppress(redis.RedisError):  # another misfortune took Redis away: nobody subscribes now
            client.client_kill_filter(_type="pubsub")
        client.close()

    def _note(self, what: str) -> None:
        self.happened[what] = self.happened.get(what, 0) + 1
