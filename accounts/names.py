"""Names of users and addresses of mail: how they are stored, compared and refused.

Compared by key, so that no two players look alike to the others: `name_key` for names, `email_key` for addresses.
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import lookalikes

NAME_MIN, NAME_MAX = 2, 32
KEY_MAX = 255  # a name of 32 characters decomposes into at most 4 each (plus room)
MARKS_MAX = 2  # combining marks in a row that a living language needs; more is "zalgo" that covers the lines above

# Default_Ignorable_Code_Point characters that str.isprintable() lets through: they show as nothing.
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0") | frozenset(
    map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)


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


def _marks_in_a_row(name: str) -> int:
    longest = run = 0
    for char in unicodedata.normalize("NFD", name):
        run = run + 1 if unicodedata.combining(char) else 0
        longest = max(longest, run)
    return longest


def validate_name(name: str) -> None:
    """Raises `ValidationError` unless this may be a user's name: 2 to 32 printable characters, no `@`.

    No control, bidi, zero-width or otherwise invisible characters, no blank at an end or twice in a row.
    `@` is kept out because people log in by name or e-mail in one field.
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
    if unicodedata.combining(shown[0]) or _marks_in_a_row(shown) > MARKS_MAX:
        raise ValidationError(_("The name has too many marks above or below a letter."), code="marks")
    if not any(char.isalnum() for char in shown):
        raise ValidationError(_("A name has at least one letter or digit."), code="letters")
