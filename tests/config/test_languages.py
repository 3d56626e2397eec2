"""There is one list of languages, and nothing outside a language's own files is named after one."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import User, language_choices
from config.env import BASE_DIR
from config.languages import CODES, LANGUAGES
from quiz.packs import format as packs
from quiz.rules.judge.languages import languages

CLIENT = BASE_DIR / "web/src/lib/i18n"
#: a language's code as a literal, or at the end of a name (`name_uk`)
LITERAL = re.compile(rf"""["'](?:{"|".join(CODES[1:])})["']|\b\w+_(?:{"|".join(CODES[1:])})\b""")
#: what is a language's own, or history
OWN = (
    "config/languages.py",
    "quiz/rules/judge/languages/",
    "quiz/packs/build/",
    "accounts/migrations/",
    "quiz/migrations/",
    "web/src/lib/i18n/",
    "web/src/generated/",
)


def code_files() -> list[Path]:
    files = subprocess.run(
        ["git", "ls-files", "accounts", "config", "quiz", "rooms", "wsgateway", "web/src"],
        cwd=BASE_DIR, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return [BASE_DIR / file for file in files if file.endswith((".py", ".ts", ".svelte")) and not file.startswith(OWN)]


def test_no_literal_outside_the_language_files_names_a_language():
    found = {
        f"{path.relative_to(BASE_DIR)}:{number}: {line.strip()}"
        for path in code_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if LITERAL.search(line) and "help_text=" not in line
    }
    assert found == set()


def test_every_list_is_the_one_of_config():
    assert language_choices() == settings.LANGUAGES == list(LANGUAGES.items())
    assert User._meta.get_field("language").choices == list(LANGUAGES.items())
    assert packs.LANGUAGES is CODES
    assert len(languages()) == len(CODES)


def test_the_client_has_the_languages_of_the_servers_in_their_order_under_their_names():
    source = (CLIENT / "languages.ts").read_text("utf-8")
    listed = re.search(r"MESSAGES = \{ (.+?) \}", source)
    names = {}
    for code in listed[1].split(", ") if listed else []:
        named = re.search(r'"app\.language_name": "(.+?)"', (CLIENT / f"{code}.ts").read_text("utf-8"))
        names[code] = named and named[1]
    assert list(names.items()) == list(LANGUAGES.items())


FIFTH = """
from config import languages
languages.LANGUAGES["fi"] = "Suomi"
languages.CODES = tuple(languages.LANGUAGES)

import django
django.setup()
from accounts.models import language_choices
from django.conf import settings
from quiz.packs.format import LANGUAGES
from quiz.rules.hint import hints_for
from quiz.rules.judge.accepted import accept, is_right
from quiz.rules.setup import in_language

print(language_choices()[-1], settings.LANGUAGES[-1], LANGUAGES[-1])
accepted = accept({"fi": ["Pariisi"], "en": ["Paris"]}, [])
print(is_right(accepted, "pariisi"), is_right(accepted, "paris"), is_right(accepted, "lontoo"))
print(in_language({"en": "Which city?"}, "fi"))

from quiz.packs.build import build_packs

asked = [question.q for pack in build_packs().values() for question in pack.questions]
print(len(asked) > 1000, sum("en" in texts for texts in asked) > 1000, any("fi" in texts for texts in asked))
"""


@pytest.mark.timeout(120)
def test_a_fifth_language_works_with_gaps():
    """One line in the list: it can be chosen and packs may have it; what has no text in it is shown in English."""
    ran = subprocess.run([sys.executable, "-c", FIFTH], cwd=BASE_DIR, capture_output=True, text=True, check=False)
    assert (ran.stdout.splitlines(), ran.stderr) == (
        ["('fi', 'Suomi') ('fi', 'Suomi') fi", "True True False", "Which city?", "True True False"],
        "",
    )
