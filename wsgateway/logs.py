"""Structured logs: one JSON object a line on stderr. Ids of connection, user and room; never a token or an answer."""

import logging
import sys

import structlog

from config.json_lines import SHARED, adding, formatter, rendering


def set_up_logs(level: str, node: str) -> None:
    """Both structlog's and the standard library's (Tornado's, the live rooms') records."""
    numeric = logging.getLevelName(level.upper())
    structlog.configure(
        processors=[*SHARED, adding(node=node), *rendering()],
        wrapper_class=structlog.make_filtering_bound_logger(numeric),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(node=node))
    logging.basicConfig(level=numeric, handlers=[handler], force=True)
    logging.getLogger("tornado.access").setLevel(logging.WARNING)
