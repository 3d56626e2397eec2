"""What people write for others to read: whether it can be seen, and whether it stays in its own line.

Pure. Names, room names and answers are held against it by Django, by the gateway and by the games' rules.
"""

import unicodedata

#: combining marks on one letter: Thai and Vietnamese need two, Hebrew with niqqud three; more is a stack that covers
#: the lines above and below ("zalgo")
MARKS_MAX = 3

#: characters that str.isprintable() lets through and that show as nothing: Default_Ignorable_Code_Point of Unicode,
#: the blank Braille pattern and the null notehead
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U0001d159") | frozenset(
    map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)

#: embeddings, overrides and isolates: they turn round what others wrote behind them. The plain direction marks, which
#: Hebrew and Arabic keyboards type, are none of them
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def marks_on_a_letter(text: str) -> int:
    """The most combining marks that stand on one letter. Vowel signs with a width of their own count as letters;
    joiners and the like part no mark from its letter.
    """
    if text.isascii():
        return 0
    longest = run = 0
    for char in unicodedata.normalize("NFD", text):
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            run += 1
        elif category != "Cf":
            run = 0
        longest = max(longest, run)
    return longest


def has_something_to_see(text: str) -> bool:
    """Whether there is a letter, digit or sign in it; marks alone, blanks and what shows as nothing are none."""
    return any(_is_seen(char) for char in text)


def fault_of_answer(answer: str) -> str:
    """What is wrong with a player's answer, for the message of a `bad_message`; empty when nothing is."""
    if answer.isascii():
        return "answer: a NUL character" if "\0" in answer else ""
    if not BIDI_CONTROLS.isdisjoint(answer):
        return "answer: characters that change the direction of writing"
    if "\0" in answer:
        return "answer: a NUL character"
    if marks_on_a_letter(answer) > MARKS_MAX:
        return f"answer: at most {MARKS_MAX} marks on a letter"
    return "" if has_something_to_see(answer) else "answer: nothing in it can be seen"


def _is_seen(char: str) -> bool:
    return char.isprintable() and char not in INVISIBLE and unicodedata.category(char)[0] in "LNPS"
