"""What a client sends over HTTP: xhr_send and jsonp_send."""

from urllib.parse import parse_qs

import msgspec

from wsgateway.sockjs.handler import SockJSHandler, session_headers

_messages = msgspec.json.Decoder(list[str])

FORM = "application/x-www-form-urlencoded"


class Sending(SockJSHandler):
    """A JSON array of messages for a session that is open."""

    def receive(self, session_id: str, payload: bytes) -> bool:
        """Hand the messages over; False when an error was said instead."""
        messages = read_messages(payload)
        session = self.server.get_session(session_id)
        if isinstance(messages, str):
            self.text(500, messages)
        elif session is None or session.is_closed:
            self.set_status(404)
        elif any(len(message) > self.server.limits.frame_bytes for message in messages):
            self.text(413, "Message too big.")
        else:
            session.on_messages(messages)
            return True
        return False


def read_messages(payload: bytes) -> list[str] | str:
    """The messages of a body, or what is wrong with it in the protocol's words."""
    if not payload:
        return "Payload expected."
    try:
        return _messages.decode(payload)
    except msgspec.ValidationError:
        return "Payload expected." if payload.lstrip()[:1] != b"[" else "Broken JSON encoding."
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "Broken JSON encoding."


class XhrSend(Sending):
    """204 without a body."""

    def post(self, session_id: str) -> None:
        """Whatever the Content-Type says."""
        session_headers(self)
        if self.receive(session_id, self.request.body):
            self.set_status(204)
            self.set_header("Content-Type", "text/plain; charset=UTF-8")


class JsonpSend(Sending):
    """From a form (`d=...`) or as plain text; `ok`, because Konqueror does strange things on 204."""

    access_methods = "POST"

    def post(self, session_id: str) -> None:
        """A form is told by its Content-Type."""
        session_headers(self)
        payload = self.request.body
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower() == FORM:
            payload = form_field(payload)
        if self.receive(session_id, payload):
            self.text(200, "ok")


def form_field(body: bytes) -> bytes:
    """The `d` of a form; b"" when there is none."""
    try:
        return parse_qs(body.decode(), max_num_fields=8).get("d", [""])[0].encode()
    except ValueError:
        return b""
