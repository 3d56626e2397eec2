"""What a SockJS endpoint can be told; the bounds are in wsgateway/limits.py."""

import msgspec


class SockJSOptions(msgspec.Struct, frozen=True):
    """The product's endpoint is the default; tests make others, as the protocol's own tests do."""

    #: the client's script that the iframe page loads: from our own origin, never from somebody's CDN
    sockjs_url: str = "/sockjs.min.js"
    #: a JSESSIONID cookie for load balancers that stick by it; ours go by the path
    cookie: bool = False
    websocket: bool = True
    #: what a streaming response sends before the client must open the next one; browsers keep all of it in memory
    response_bytes: int = 128 * 1024
    #: how long a session lives without a request that receives, and its closing can still be told, seconds
    disconnect_s: float = 5.0


#: `/<server>/<session>`: anything but empty, a dot or a slash; the length is ours, because sessions are kept by it
SESSION = r"/[^/.]{1,256}/(?P<session_id>[^/.]{1,256})"
