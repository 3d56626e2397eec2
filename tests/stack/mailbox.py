"""The mails the product wrote into its folder."""

import email
import re
from email import policy
from pathlib import Path
from urllib.parse import urlsplit

from tests.stack.product import Product


def mailed_link(stack: Product, address: str, page: str = "reset") -> str | None:
    """The link to that page in the newest mail to that address, once the worker has sent it."""
    for path in sorted((stack.var / "mail").glob("*"), key=lambda path: path.stat().st_mtime, reverse=True):
        link = _link(path, address)
        if link and urlsplit(link).path == f"/{page}":
            return link
    return None


def _link(path: Path, address: str) -> str | None:
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    if (address not in str(message["To"]).lower() and address not in str(message["To"])) or body is None:
        return None
    found = re.search(r"http\S+", body.get_content())
    return found[0] if found else None
