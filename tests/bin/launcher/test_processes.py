"""Nothing is started by a script that names the place where the environment was made."""

from pathlib import Path

from bin.launcher.processes import all_processes
from config.env import Env


def test_every_process_is_a_program_and_no_script():
    begins = {process.name: Path(process.command[0]).read_bytes()[:4] for process in all_processes(Env(var_dir="/v"))}

    assert begins == dict.fromkeys(["redis", "web", "gateway-1", "gateway-2", "worker", "beat", "nginx"], b"\x7fELF")
