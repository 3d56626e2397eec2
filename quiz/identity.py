"""When two questions are the same one, when one has changed, and whether it is a question at all. No I/O.

"Asked" below is anything with the fields of `quiz.models.Question`: a row, or a question just read from a pack.
"""

import hashlib
from typing import Any, Protocol

import msgspec

from config.languages import CODES
from quiz.media import KINDS, is_stored_name
from quiz.packs.format import ELSEWHERE, PackErrors, Question, parse_pack


class Asked(Protocol):
    """The fields that make a question."""

    texts: Any
    answers: Any
    hints: Any
    explanation: Any
    image: Any
    audio: Any
    video: Any
    difficulty: Any


def question_key(asked: Asked) -> str:
    """What an import recognises a question by: its text in the first language it has, and its media."""
    language = next((each for each in CODES if each in asked.texts), "")
    text = " ".join(str(asked.texts.get(language, "")).casefold().split())
    return _hash([language, text, *_media_of(asked)])


def content_hash(asked: Asked) -> str:
    """Differs when anything that a pack says of the question differs; the order of languages does not count."""
    said = [asked.texts, asked.answers, asked.hints, asked.explanation, asked.difficulty]
    return _hash([*said, *_media_of(asked)])


def question_fields(question: Question) -> dict[str, Any]:
    """A pack's question as the fields of the model."""
    return {
        "texts": question.q,
        "answers": question.answers,
        "hints": question.hints,
        "explanation": question.explanation,
        "image": question.image or "",
        "audio": question.audio or "",
        "video": question.video or "",
        "difficulty": question.difficulty,
    }


def check_names(names: Any) -> list[str]:
    """What a pack with a category of these names would be refused for; empty when they are right."""
    question = {"q": {CODES[0]: "any"}, "answers": {CODES[0]: ["any"]}}
    pack = {"format": 1, "category": names, "license": "any", "source": "any", "questions": [question]}
    try:
        parse_pack(msgspec.json.encode(pack))
    except PackErrors as error:
        return [f"{problem.path} {problem.message}" for problem in error.problems]
    return []


def check_question(asked: Asked) -> dict[str, list[str]]:
    """What a pack with this one question would be refused for: model field -> messages; empty when it is right."""
    question = {"q": asked.texts, "answers": asked.answers, "hints": asked.hints or None}
    question |= {"explanation": asked.explanation or None, "difficulty": asked.difficulty}
    pack = {"format": 1, "category": {CODES[0]: "any"}, "license": "any", "source": "any", "questions": [question]}
    strange = [kind for kind, name in zip(KINDS, _media_of(asked), strict=True) if name and not is_stored_name(name)]
    problems: dict[str, list[str]] = {
        kind: [f"{kind} {ELSEWHERE}: take it out, or upload the file"] for kind in strange
    }
    try:
        parse_pack(msgspec.json.encode(pack))
    except PackErrors as error:
        for problem in error.problems:
            field = problem.path.split(".")[0]
            problems.setdefault("texts" if field == "q" else field, []).append(f"{problem.path} {problem.message}")
    return problems


def _media_of(asked: Asked) -> list[str | None]:
    """Names of the stored files, in the order of `KINDS`; a model's field is a file that reads as its name."""
    return [str(getattr(asked, kind) or "") or None for kind in KINDS]


def _hash(parts: list[Any]) -> str:
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()
