"""Structured logs: one JSON object a line on stderr. Ids of connection, user and room; never a token or an answer."""

import logging
import sys

import structlog


def set_up_logs(level: str, node: str) -> None:
    """Both structlog's and the standard library's (Tornado's) records."""
    numeric = logging.getLevelName(level.upper())
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        lambda _logger, _method, event: {**event, "node": node},
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(numeric),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                                                  structlog.processors.format_exc_info,
                                                  structlog.processors.JSONRenderer()],
        )
    )  # fmt: skip
    logging.basicConfig(level=numeric, handlers=[handler], force=True)
    logging.getLogger("tornado.access").setLevel(logging.WARNING)
