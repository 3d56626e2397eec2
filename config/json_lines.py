"""One JSON object a line: what gateways, Django and Celery all make of a log record. Imports no Django.

Ids come as fields of their own: `extra={"room": 7}` of a standard logger, keywords of structlog's, or what a request
has bound for all its lines (`structlog.contextvars`).
"""

from typing import Any

import structlog
from structlog.typing import Processor

from config.tracebacks import Tracebacks

#: before rendering, for structlog's own records and for the standard library's
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def rendering() -> list[Processor]:
    """The last steps. A traceback becomes text without the values of variables: those may be secrets."""
    return [Tracebacks(), structlog.processors.JSONRenderer()]


def formatter(**fields: Any) -> structlog.stdlib.ProcessorFormatter:
    """For handlers of the standard library; `fields` stand in every line."""
    own: list[Processor] = [*SHARED, structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder(), adding(**fields)]
    remove: Processor = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=own, processors=[remove, *rendering()])


def adding(**fields: Any) -> Processor:
    """A step that adds the same fields to every line."""
    return lambda _logger, _method, event: {**event, **fields}
