"""The languages of the house, in the order in which they are tried: the one list, and no other place names them all.

What each language brings of its own is found by its code: `quiz/rules/judge/languages/<code>.py` (what the judge must
know of it), `quiz/packs/build/languages/<code>/` (words of the generated packs), `<app>/locale/<code>/` (the servers'
sentences) and `web/src/lib/i18n/<code>.ts` (the client's). docs/ADDING_A_LANGUAGE.md goes through them.
"""

#: code -> the language's own name
LANGUAGES: dict[str, str] = {"en": "English", "ru": "Русский", "uk": "Українська", "de": "Deutsch"}

CODES: tuple[str, ...] = tuple(LANGUAGES)
