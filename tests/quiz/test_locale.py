"""Every text of the quiz is there in Russian and Ukrainian, and the compiled catalogs are those of the .po files.

To compile after a change: `pybabel compile -d quiz/locale -D django`.
"""

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from config.env import BASE_DIR
from tests.accounts.test_locale import KEYWORDS

QUIZ = BASE_DIR / "quiz"


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_catalog_has_every_text(language: str):
    folder = QUIZ / "locale" / language / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as source, (folder / "django.mo").open("rb") as compiled:
        written, read = read_po(source), read_mo(compiled)
    texts = {message.id: message.string for message in written if message.id}
    assert texts == {message.id: message.string for message in read if message.id}
    needed = {str(text) for *_, text, _, _ in extract_from_dir(QUIZ, [("**.py", "python")], keywords=KEYWORDS)}
    assert (needed - texts.keys(), texts.keys() - needed) == (set(), set())
    assert all(texts.values())
