"""Names of users and addresses of mail: how they are stored, compared and refused.

Compared by key, so that no two players look alike to the others: `name_key` for names, `email_key` for addresses.
"""

import re
import unicodedata
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import lookalikes
from wsgateway.wire.text import INVISIBLE, MARKS_MAX, marks_on_a_letter

NAME_MIN, NAME_MAX = 2, 32
KEY_MAX = 255  # a name of 32 characters decomposes into at most 4 each (plus room)

#: what only we may be called, as a word of the name or as all of it; the brand not even as a part of a word
RESERVED = (
    "admin", "administrator", "moderator", "operator", "support", "system", "staff", "root", "security", "official",
    "webmaster", "postmaster", "noreply", "админ", "администратор", "модератор", "оператор", "поддержка",
    "техподдержка", "адмін", "адміністратор", "підтримка", "техпідтримка",
)  # fmt: skip
BRAND = "gamehub"
#: dots of domain names, those that IDNA takes for one included (UTS 46)
DOTS = ".\u3002"
#: of what mail programs make a link without a domain behind it
SCHEME = re.compile(r"//|\bwww[.\u3002]|\b(mailto|tel|sms|javascript|data):", re.IGNORECASE)


def normalize_name(name: str) -> str:
    """The name as shown: NFKC, so that full-width and styled letters become plain ones."""
    return unicodedata.normalize("NFKC", name)


def name_key(name: str) -> str:
    """What a name is compared by: NFKC, casefold, then look-alikes of other scripts become one letter.

    Idempotent; the same for every case of a name. At most `KEY_MAX` characters, longer ones are cut (no valid name is).
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).casefold()
    decomposed = unicodedata.normalize("NFD", folded)
    skeleton = unicodedata.normalize("NFD", decomposed.translate(lookalikes.table()))
    return " ".join(skeleton.split())[:KEY_MAX]


def email_key(email: str) -> str:
    """What an address is compared by: NFKC and casefold of all of it, blanks around it taken off."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email).casefold()).strip()


def login_key(name_or_email: str) -> str:
    """The key of what somebody types to log in: an address when it has an `@`, else a name. Idempotent."""
    return email_key(name_or_email) if "@" in name_or_email else name_key(name_or_email)


def is_link(text: str) -> bool:
    """Whether mail programs would make a link of it: `example.com`, `пример.рф`, `//host`; not `J.R.R. Tolkien`."""
    if SCHEME.search(text):
        return True
    spots = [at for at, char in enumerate(text) if char in DOTS and at and _in_a_label(text[at - 1])]
    return any(_top_level(text[at + 1 : at + 3]) for at in spots)


def _in_a_label(char: str) -> bool:
    return char.isalnum() or char == "-" or unicodedata.category(char)[0] == "M"


def _top_level(start: str) -> bool:
    """The first two characters of a domain's last label: no digit, which keeps 1.5 and v2.0 a number."""
    return len(start) == 2 and start[0].isalpha() and (start[1].isalpha() or unicodedata.category(start[1])[0] == "M")


def is_reserved(name: str) -> bool:
    """Whether somebody of that name would be taken for one of us, in any script, with digits or blanks put in."""
    shown = normalize_name(name)
    whole = _letters_key(shown)
    parts = [shown, *_words(shown)]
    parts += [part.strip("0123456789") for part in parts]  # admin1; and as it is, because 0perator has one for a letter
    return BRAND in whole or any(_letters_key(part) in _reserved_keys() for part in parts)


def _words(name: str) -> list[str]:
    """Parted at what is no letter and where a small letter meets a capital: AdminTeam is two."""
    parted = "".join(
        f" {char}" if char.isupper() and name[at - 1 : at].islower() else char for at, char in enumerate(name)
    )
    return re.findall(r"[^\W_]+", parted)


def _letters_key(text: str) -> str:
    """The name's key by its letters and digits alone: without marks, and rn is the m that it looks like."""
    key = "".join(char for char in name_key(text) if char.isalnum())
    return key.replace("rn", "m")


@cache
def _reserved_keys() -> frozenset[str]:
    return frozenset(_letters_key(word) for word in RESERVED)


def validate_new_name(name: str) -> None:
    """Raises `ValidationError` unless somebody may take this name now: a valid one that is not reserved for us."""
    validate_name(name)
    if is_reserved(name):
        raise ValidationError(_("This name is kept for those who run the site."), code="reserved")


def validate_name(name: str) -> None:
    """Raises `ValidationError` unless this may be a user's name: 2 to 32 printable characters, no `@`, no link.

    No control, bidi, zero-width or otherwise invisible characters, no blank at an end or twice in a row.
    `@` is kept out because people log in by name or e-mail in one field, links because names stand in our mails.
    """
    shown = normalize_name(name)
    if not NAME_MIN <= len(shown) <= NAME_MAX or len(name) > NAME_MAX:
        raise ValidationError(_("A name has 2 to 32 characters."), code="length")
    if not shown.isprintable() or not INVISIBLE.isdisjoint(shown):
        raise ValidationError(_("The name has characters that can't be seen."), code="invisible")
    if " ".join(shown.split()) != shown:
        raise ValidationError(_("A name has no spaces at its ends and no two in a row."), code="spaces")
    if "@" in shown:
        raise ValidationError(_("A name has no @ in it."), code="at_sign")
    if is_link(shown):
        raise ValidationError(_("A name can't be a link."), code="link")
    if unicodedata.category(shown[0])[0] == "M" or marks_on_a_letter(shown) > MARKS_MAX:
        raise ValidationError(_("The name has too many marks above or below a letter."), code="marks")
    if not any(char.isalnum() for char in shown):
        raise ValidationError(_("A name has at least one letter or digit."), code="letters")
