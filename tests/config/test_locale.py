"""Every text that an app marks for translation is there in every language, and the compiled catalogues are current.

To compile after a change: `msgfmt -o django.mo django.po` in the catalogue's folder (or `pybabel compile`).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation import override, templatize

from config.env import BASE_DIR
from config.languages import CODES
from rooms.errors import NameTaken, RoomFull
from wsgateway.wire.errors import ERRORS

KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None}
APPS = ("accounts", "config", "quiz", "rooms")
#: texts that an app translates although they are written elsewhere
BORROWED = {"rooms": set(ERRORS.values())}


def python_texts(app: Path) -> set[str]:
    return {str(text) for *_, text, _, _ in extract_from_dir(app, [("**.py", "python")], keywords=KEYWORDS)}


def template_texts(app: Path, folder: Path) -> Iterator[str]:
    for template in app.glob("templates/**/*.*"):
        source = folder / f"{template.name}.py"
        lines = templatize(template.read_text("utf-8")).splitlines()  # read as Python, which minds how lines begin
        source.write_text("\n".join(line.strip() for line in lines), "utf-8")
        with source.open("rb") as code:
            yield from (str(text) for _, _, text, _ in extract_python(code, KEYWORDS, [], {}))


@pytest.mark.parametrize("language", CODES[1:])
@pytest.mark.parametrize("app", APPS)
def test_catalogue_has_exactly_the_texts_of_its_app(app: str, language: str, tmp_path: Path):
    folder = BASE_DIR / app / "locale" / language / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as source, (folder / "django.mo").open("rb") as compiled:
        written, read = read_po(source), read_mo(compiled)
    texts = {message.id: message.string for message in written if message.id}
    assert texts == {message.id: message.string for message in read if message.id}
    needed = python_texts(BASE_DIR / app) | set(template_texts(BASE_DIR / app, tmp_path)) | BORROWED.get(app, set())
    assert (needed - texts.keys(), texts.keys() - needed) == (set(), set())
    assert all(texts.values())


def test_no_other_app_marks_texts():
    marking = {path.name for path in BASE_DIR.iterdir() if (path / "__init__.py").is_file() and python_texts(path)}
    assert marking - {"tests"} == set(APPS)


@pytest.mark.parametrize(
    ("language", "full", "taken"),
    [
        ("en", "This room is full.", "There is an open room of this name."),
        ("ru", "В этой комнате нет мест.", "Комната с таким названием уже открыта."),
        ("uk", "У цій кімнаті немає місць.", "Кімната з такою назвою вже відкрита."),
        ("de", "Dieser Raum ist voll.", "Ein Raum mit diesem Namen ist schon offen."),
    ],
)
def test_errors_of_rooms_are_in_the_language_of_the_request(language: str, full: str, taken: str):
    with override(language):
        assert (str(RoomFull()), str(NameTaken())) == (full, taken)
