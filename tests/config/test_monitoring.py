"""Every metric and label that the dashboard and the alert rules name is on the pages that the product really serves."""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from django.test import Client

from config.env import BASE_DIR, Env
from deploy import nginx
from tests.conftest import Valkey
from tests.wsgateway.gateway_process import GatewayProcess

DASHBOARD: dict[str, Any] = json.loads((BASE_DIR / "deploy" / "grafana" / "dashboard.json").read_text())
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((BASE_DIR / "deploy" / "prometheus" / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]
]
SCRAPES = yaml.safe_load((BASE_DIR / "deploy" / "prometheus" / "prometheus.yml").read_text())["scrape_configs"]
OPERATIONS = (BASE_DIR / "docs" / "OPERATIONS.md").read_text()
#: Prometheus adds these itself
ITS_OWN_LABELS = {"job", "instance"}
#: labels of our families whose samples come only with the first event
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("",), "gauge": ("",)}


@pytest.fixture(scope="module")
def gateway_page(valkey_server: Valkey) -> str:
    """What a real gateway shows on its private listener."""
    with tempfile.TemporaryDirectory(prefix="gw-") as folder:
        gateway = GatewayProcess(Path(folder), valkey_server.url).start()
        page = gateway.get("/metrics", private=True)[1]
        gateway.stop()
    return page


@pytest.fixture
def shown(gateway_page: str, client: Client, db: None, valkey: Valkey) -> set[str]:
    """The name of every metric there is."""
    client.get("/livez")
    page = gateway_page + client.get("/internal/metrics").content.decode()
    types = re.findall(r"^# TYPE (\S+) (\S+)$", page, re.MULTILINE)
    return {"up"} | {name + suffix for name, kind in types for suffix in SUFFIXES[kind]}


def expressions() -> dict[str, str]:
    """Where -> PromQL, of every panel and every rule."""
    panels = {
        f"{panel['title']} {target['refId']}": target["expr"].replace("$__rate_interval", "5m")
        for panel in DASHBOARD["panels"]
        for target in panel.get("targets", [])
    }
    return panels | {rule["alert"]: rule["expr"] for rule in RULES}


def selectors(expression: Any) -> Iterator[Any]:
    """The vector selectors of a parsed expression, however deep."""
    if isinstance(expression, promql_parser.VectorSelector):
        yield expression
    for name in ("vector_selector", "vs", "expr", "lhs", "rhs"):
        if (inner := getattr(expression, name, None)) is not None:
            yield from selectors(inner)
    for inner in getattr(expression, "args", None) or []:
        yield from selectors(inner)


@pytest.mark.parametrize("where", expressions())
def test_expression_names_metrics_that_are_served(where: str, shown: set[str]):
    named = {selector.name for selector in selectors(promql_parser.parse(expressions()[where]))}

    assert named
    assert named - shown == set()


def test_labels_looked_for_are_those_the_metrics_have():
    looked = {
        (selector.name, matcher.name)
        for expression in expressions().values()
        for selector in selectors(promql_parser.parse(expression))
        for matcher in selector.matchers.matchers
        if matcher.name not in ITS_OWN_LABELS
    }

    assert looked == {
        ("gamehub_gateway_closes_total", "code"),
        ("gamehub_gateway_drops_total", "reason"),
        ("gamehub_gateway_refusals_total", "reason"),
        ("gamehub_django_requests_total", "status"),
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_rule_is_whole_and_explained(rule: dict[str, Any]):
    assert rule.keys() == {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"\d+[sm]", rule["for"])
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert rule["annotations"]["summary"]
    assert f"| {rule['alert']} |" in OPERATIONS


def test_no_rule_or_panel_twice():
    titles = [panel["title"] for panel in DASHBOARD["panels"]]
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    alerts = [rule["alert"] for rule in RULES]

    assert (len(set(titles)), len(set(ids)), len(set(alerts))) == (len(titles), len(ids), len(alerts))


def test_scraped_pages_are_those_nginx_serves():
    env = Env(var_dir="/v", gateway_processes=2, metrics_address="0.0.0.0:9100")
    served = set(re.findall(r"location = (/\S+) \{ proxy_pass", nginx.render(env)))
    scraped = {
        static["labels"].get("__metrics_path__", job.get("metrics_path"))
        for job in SCRAPES
        for static in job["static_configs"]
    }
    jobs = set(re.findall(r'job="([^"]+)"', " ".join(expressions().values())))

    assert scraped == served == {"/gateway-1", "/gateway-2", "/django"}
    assert jobs == {job["job_name"] for job in SCRAPES}


def test_compose_mounts_files_that_exist():
    services = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())["services"]
    mounts = [volume for name in ("prometheus", "grafana") for volume in services[name]["volumes"]]
    files = [BASE_DIR / mount.partition(":")[0] for mount in mounts if mount.startswith("./")]

    assert [path for path in files if not path.exists()] == []
    assert services["prometheus"]["profiles"] == services["grafana"]["profiles"] == ["monitoring"]
    assert "9100" not in str(services["nginx"]["ports"])
