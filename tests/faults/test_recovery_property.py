"""Whatever breaks at whatever byte: who reconnects ends with exactly the events that an undisturbed player saw.

`RECOVERY_RUNS=1000` runs more of it (`benchmarks/recovery --runs 1000`); `RECOVERY_SEED` begins at another seed.
"""

import os
from pathlib import Path

import pytest

from tests.faults.conftest import Pair
from tests.faults.racing import play_runs
from tests.faults.stage import Stage

RUNS = int(os.environ.get("RECOVERY_RUNS", "25"))
SEED = int(os.environ.get("RECOVERY_SEED", "0"))


@pytest.mark.timeout(60 + RUNS * 3)
async def test_any_cut_at_any_byte_loses_nothing_and_doubles_nothing(stage: Stage, pair: Pair, folder: Path):
    connections = await play_runs(stage, pair, folder, range(SEED, SEED + RUNS))
    assert connections > RUNS, "nothing was ever cut"
    print(f"{RUNS} runs, {connections} connections of the shaken players")
