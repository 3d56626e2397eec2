"""/livez and /readyz on every listener, /metrics on the private one."""

from collections.abc import Callable

from tornado.web import Application, RequestHandler

from wsgateway.metrics import GatewayCollector, exposition


class Livez(RequestHandler):
    """200 as long as the loop turns."""

    def get(self) -> None:
        """Plain text."""
        self.set_header("Content-Type", "text/plain")
        self.write("ok\n")


class Readyz(RequestHandler):
    """200 when new sockets are welcome; 503 with the reason in a drain or while Redis is away."""

    def initialize(self, unready: Callable[[], str]) -> None:
        """Tornado's constructor; `unready` gives the reason or ""."""
        self._unready = unready

    def get(self) -> None:
        """Plain text."""
        reason = self._unready()
        self.set_status(503 if reason else 200)
        self.set_header("Content-Type", "text/plain")
        self.write((reason or "ok") + "\n")


class Metrics(RequestHandler):
    """Prometheus's text format."""

    def initialize(self, collector: GatewayCollector) -> None:
        """Tornado's constructor."""
        self._collector = collector

    def get(self) -> None:
        """The page."""
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.write(exposition(self._collector))


def health_urls(unready: Callable[[], str]) -> list[tuple[str, type[RequestHandler], dict[str, object]]]:
    """For the public listener."""
    return [(r"/livez", Livez, {}), (r"/readyz", Readyz, {"unready": unready})]


def private_application(unready: Callable[[], str], collector: GatewayCollector) -> Application:
    """For the private listener."""
    return Application([*health_urls(unready), (r"/metrics", Metrics, {"collector": collector})])
