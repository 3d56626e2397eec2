"""What a SockJS endpoint answers without a session: greeting, /info, the iframe page, a WebSocket that is none."""

import hashlib
import json
import secrets

from wsgateway.sockjs.handler import SockJSHandler

# The page's text is the protocol's after 0.3.3 (its hash is its ETag), to the letter.
IFRAME = """<!DOCTYPE html>
<html>
<head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
  <script src="{sockjs_url}"></script>
  <script>
    document.domain = document.domain;
    SockJS.bootstrap_iframe();
  </script>
</head>
<body>
  <h2>Don't panic!</h2>
  <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
</body>
</html>"""


class Greeting(SockJSHandler):
    """`/ws` and `/ws/`."""

    access_methods = "GET"

    def get(self) -> None:
        """A word, so that one sees that it is here."""
        self.text(200, "Welcome to SockJS!\n")


class Info(SockJSHandler):
    """What the client asks before it chooses a transport; it also measures the round trip by it."""

    access_methods = "OPTIONS, GET"

    def get(self) -> None:
        """`entropy` is a fresh random number of 32 bits for browsers that have none."""
        self.preflight()
        self.disable_cache()
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        options = self.server.options
        answer = {
            "websocket": options.websocket,
            "cookie_needed": options.cookie,
            "origins": ["*:*"],
            "entropy": secrets.randbits(32),
        }
        self.write(json.dumps(answer, separators=(",", ":")))


class IframePage(SockJSHandler):
    """The page through which a client on another site talks to us; kept by browsers for a year."""

    access_methods = "GET"

    def get(self) -> None:
        """304 when the browser has it already."""
        page = IFRAME.format(sockjs_url=self.server.options.sockjs_url)
        etag = f'"{hashlib.sha256(page.encode()).hexdigest()[:32]}"'
        if etag in self.request.headers.get("If-None-Match", ""):
            self.set_status(304)
            return
        self.enable_cache()
        self.set_header("Etag", etag)
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.write(page)


class NoWebSocket(SockJSHandler):
    """A request for a WebSocket that wsgateway/sockjs/handshake.py could not take: why not."""

    access_methods = "GET"

    def get(self, session_id: str = "") -> None:
        """400, or 404 when this endpoint has no WebSockets."""
        headers = self.request.headers
        self.set_header("Connection", "close")
        if not self.server.options.websocket:
            self.text(404, "WebSockets are off.")
        elif headers.get("Upgrade", "").lower() != "websocket":
            self.text(400, 'Can "Upgrade" only to "WebSocket".')
        elif "upgrade" not in [part.strip().lower() for part in headers.get("Connection", "").split(",")]:
            self.text(400, '"Connection" must be "Upgrade".')
        else:
            self.set_header("Sec-WebSocket-Version", "13, 8, 7")
            self.text(400, "Not a valid WebSocket handshake.")
