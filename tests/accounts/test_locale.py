"""Every text of accounts is there in Russian and Ukrainian, and the compiled catalogs are those of the .po files.

To compile after a change: `pybabel compile -d accounts/locale -D django`.
"""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation import templatize

from config.env import BASE_DIR

ACCOUNTS = BASE_DIR / "accounts"
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None}


def python_texts() -> set[str]:
    return {str(text) for *_, text, _, _ in extract_from_dir(ACCOUNTS, [("**.py", "python")], keywords=KEYWORDS)}


def template_texts(folder: Path) -> set[str]:
    from babel.messages.extract import extract_python

    found = set()
    for template in ACCOUNTS.glob("templates/**/*.*"):
        source = folder / f"{template.name}.py"
        lines = templatize(template.read_text("utf-8")).splitlines()  # read as Python, which minds how lines begin
        source.write_text("\n".join(line.strip() for line in lines), "utf-8")
        with source.open("rb") as code:
            found |= {str(text) for _, _, text, _ in extract_python(code, KEYWORDS, [], {})}
    return found


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_catalog_has_every_text(language, tmp_path):
    folder = ACCOUNTS / "locale" / language / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as source, (folder / "django.mo").open("rb") as compiled:
        written, read = read_po(source), read_mo(compiled)
    texts = {message.id: message.string for message in written if message.id}
    assert texts == {message.id: message.string for message in read if message.id}
    needed = python_texts() | template_texts(tmp_path)
    assert (needed - texts.keys(), texts.keys() - needed) == (set(), set())
    assert all(texts.values())
