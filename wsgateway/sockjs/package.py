"""sockjs-tornado, imported in one place: of 2020, it warns about `@asynchronous` (and, from Python 3.12, its regexes)
when imported, which is no news to anybody here."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", SyntaxWarning)
    from sockjs.tornado import SockJSConnection, SockJSRouter, session

__all__ = ["SockJSConnection", "SockJSRouter", "session"]
