"""The transports that stream: xhr_streaming, eventsource, htmlfile."""

import re
from typing import Any, ClassVar

from wsgateway.sockjs.handler import SockJSHandler, session_headers
from wsgateway.sockjs.sockets import take_socket
from wsgateway.sockjs.stream import Framing, script_string

#: what a callback may be called, and how long: sockjs-client's are `_jp.abcd1234`
CALLBACK = re.compile(r"[a-zA-Z0-9_.-]{1,32}")

HTMLFILE = """<!doctype html>
<html><head>
  <meta http-equiv="X-UA-Compatible" content="IE=edge" />
  <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
</head><body><h2>Don't panic!</h2>
  <script>
    document.domain = document.domain;
    var c = parent.{callback};
    c.start();
    function p(d) {{c.message(d);}};
    window.onload = function() {{c.stop();}};
  </script>"""


def callback_of(handler: SockJSHandler) -> str | None:
    """The `c` of htmlfile and jsonp; None, and 500 said, when it is missing or could be more than a name."""
    callback = str(handler.get_query_argument("c", "") or handler.get_query_argument("callback", ""))
    if CALLBACK.fullmatch(callback):
        return callback
    handler.disable_cache()
    handler.set_header("X-Content-Type-Options", "nosniff")
    given = handler.request.query_arguments.keys() & {"c", "callback"}
    handler.text(500, 'invalid "callback" parameter' if given else '"callback" parameter required')
    handler.finish()
    return None


class Streaming(SockJSHandler):
    """Answers a request that stays open: the head is written, the socket leaves Tornado and becomes a `Stream`."""

    content_type: ClassVar[str]
    framings: ClassVar[dict[bool, Framing]]

    def stream(self, session_id: str, prelude: bytes) -> None:
        """Open the response and give it to the session."""
        session = self.server.session_for(session_id, self.request.remote_ip)
        if session is None:
            self.server.refuse(self)
            return
        session_headers(self)
        self.set_header("Content-Type", self.content_type)
        framing = self.framings[self.request.version == "HTTP/1.1"]
        head = response_head(self, chunked=framing.chunked)
        info = self.get_conn_info()
        if (taken := take_socket(self.detach())) is None:
            return
        stream = self.server.open_stream(taken[0], self.name, info, framing)
        stream.begin(head, prelude)
        if stream.sock is not None:
            session.attach(stream)


def response_head(handler: SockJSHandler, *, chunked: bool) -> bytes:
    """Status line and headers of a response that ends with its connection."""
    handler.set_header("Connection", "close")
    handler.set_header("X-Accel-Buffering", "no")  # nginx that is not ours: pass on what comes as it comes
    if chunked:
        handler.set_header("Transfer-Encoding", "chunked")
    lines = [f"{name}: {value}\r\n" for name, value in handler._headers.get_all()]
    return ("HTTP/1.1 200 OK\r\n" + "".join(lines) + "\r\n").encode("latin-1")


def framings(wrap: Any) -> dict[bool, Framing]:
    """For HTTP/1.1 (True) and older."""
    return {chunked: Framing(wrap, chunked=chunked) for chunked in (False, True)}


class XhrStreaming(Streaming):
    """A frame a line, after 2 KiB that make browsers begin to show what comes."""

    name = "xhr_streaming"
    content_type = "application/javascript; charset=UTF-8"
    framings = framings(lambda frame: frame + b"\n")

    def post(self, session_id: str) -> None:
        """The body is ignored."""
        self._auto_finish = False
        self.stream(session_id, b"h" * 2048 + b"\n")


class EventSource(Streaming):
    """A frame an event; JSON has no line ends of its own. The empty line in front is for an Opera of old."""

    name = "eventsource"
    access_methods = "GET"
    content_type = "text/event-stream"
    framings = framings(lambda frame: b"data: " + frame + b"\r\n\r\n")

    def get(self, session_id: str) -> None:
        """`text/event-stream`."""
        self._auto_finish = False
        self.stream(session_id, b"\r\n")


class HtmlFile(Streaming):
    """A page that never ends, in a hidden frame: every frame a script that calls the parent's callback."""

    name = "htmlfile"
    access_methods = "GET"
    content_type = "text/html; charset=UTF-8"
    framings = framings(lambda frame: b"<script>\np(" + script_string(frame) + b");\n</script>\r\n")

    def get(self, session_id: str) -> None:
        """`c` names the callback; the page begins with 1 KiB, before which old browsers show nothing."""
        self._auto_finish = False
        callback = callback_of(self)
        if callback is not None:
            page = HTMLFILE.format(callback=callback)
            self.stream(session_id, page.encode().ljust(1024) + b"\r\n\r\n")
