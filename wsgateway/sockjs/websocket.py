"""SockJS's own frames on the slim WebSocket."""

from typing import ClassVar

import msgspec

from wsgateway.sockets.frames import SOCKJS, close_frame, sockjs_close, text_frame
from wsgateway.sockets.rfc6455 import NORMAL, PROTOCOL_ERROR, ProtocolError
from wsgateway.sockets.websocket import PING_FRAME, WebSocket

_sockjs_messages = msgspec.json.Decoder(str | list[str])


class SockJSWebSocket(WebSocket):
    """SockJS over WebSocket: `o`, `h`, `a[...]`, `c[...]` frames out, JSON strings or arrays of them in."""

    __slots__ = ()

    kind: ClassVar[int] = SOCKJS
    transport: ClassVar[str] = "websocket"
    heartbeat: ClassVar[bytes] = text_frame(b"h") + PING_FRAME
    opening: ClassVar[bytes] = text_frame(b"o")

    def take_message(self, payload: bytes) -> None:
        """Messages of one SockJS frame; an empty frame is ignored, as the protocol has it."""
        if not payload:
            return
        try:
            messages = _sockjs_messages.decode(payload)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise ProtocolError(PROTOCOL_ERROR, "broken framing") from None
        for text in [messages] if isinstance(messages, str) else messages:
            if not self.closing:
                self.door.received(self, text.encode("utf-8", "surrogatepass"))

    def farewell(self, code: int, reason: str) -> bytes:
        """SockJS tells the code in a message of its own."""
        return text_frame(sockjs_close(code, reason)) + close_frame(NORMAL, "")
