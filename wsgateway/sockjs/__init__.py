"""SockJS: the only place that knows the sockjs-tornado package.

`handshake.py` takes WebSocket upgrades (SockJS's and raw) straight off Tornado's HTTP server and hands the socket to
wsgateway/websocket.py; everything else under /ws goes to sockjs-tornado's router, mended in `router.py`. An HTTP
session is an `HttpConnection` (http_connection.py), to the hub a connection like any other.
"""
