"""SockJS: the only place that knows the sockjs-tornado package (see package.py for what is kept of it).

| file | what it is |
| --- | --- |
| `handshake.py` | takes WebSocket upgrades off Tornado's HTTP server, for wsgateway/sockets/websocket.py |
| `websocket.py` | SockJS's frames on the slim WebSocket |
| `sockets.py` | taking a socket off Tornado |
| `router.py` | the package's router: sessions, and which address is answered by what |
| `options.py` | what an endpoint can be told, and the pattern of its session addresses |
| `handler.py` | what every answer has in common: Origin, CORS, caching, cookie, bare errors |
| `pages.py` | greeting, /info, iframe page, and why a WebSocket could not be |
| `session.py` | one session, with one receiver at a time |
| `http_connection.py` | the session as a connection of the hub, with its bounded queue |
| `streaming.py`, `stream.py` | xhr_streaming, eventsource, htmlfile: the request, and the response on a bare socket |
| `polling.py` | xhr and jsonp |
| `sending.py` | xhr_send and jsonp_send |

Where protocol 0.3.3, its later text and npm's `sockjs` (the oracle of tests/wsgateway/sockjs) differ in words, we say
what the later two say, which today's sockjs-client was written for: `no-transform` among the caching headers, `/**/`
before a JSONP callback, the iframe page's script, `text/event-stream` without a charset, credentials allowed only where
there is an Origin. `Origin: null` is nobody's page and is refused like any other that is not listed. The suite of 0.3.3
was run once (transcribed, not kept here): 50 of its 68 cases pass as they stand, 17 more with those words, and the last
one wants `Origin: null`.
"""
