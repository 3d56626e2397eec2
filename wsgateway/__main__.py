"""`python -m wsgateway`: one gateway process, told everything by its environment (config/env.py)."""

import asyncio

from config.env import load_env
from wsgateway.gateway import Gateway, node_name
from wsgateway.limits import read_limits
from wsgateway.logs import set_up_logs


async def main() -> None:
    """Serve until SIGTERM."""
    env, node = load_env(), node_name()
    set_up_logs(env.log_level, node)
    await Gateway(env, read_limits(), node).serve()


if __name__ == "__main__":
    asyncio.run(main())
