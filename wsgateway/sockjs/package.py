"""sockjs-tornado, imported in one place: of 2020, it warns about `@asynchronous` (and, from Python 3.12, its regexes)
when imported, which is no news to anybody here.

Kept of it: the router's settings and its container of sessions with their expiry, the session's states and its
`SockJSConnection`, and the base of its handlers. Not used: its transports, its send queue, its timers and its
WebSockets, which are what was wrong with it (see wsgateway/sockjs/__init__.py).
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", SyntaxWarning)
    from sockjs.tornado import SockJSConnection, SockJSRouter, session
    from sockjs.tornado.basehandler import CACHE_TIME, PreflightHandler
    from sockjs.tornado.transports.base import BaseTransportMixin

__all__ = ["CACHE_TIME", "BaseTransportMixin", "PreflightHandler", "SockJSConnection", "SockJSRouter", "session"]
