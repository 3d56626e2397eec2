"""A question pack whose answers the tests know."""

import json
from pathlib import Path
from typing import Any, ClassVar

Json = dict[str, Any]


class Pack:
    """Questions whose answers are known, as `manage.py import_questions` takes them."""

    NAME = "Black box"
    NAMES: ClassVar = {"en": NAME, "ru": "Чёрный ящик"}
    WORDS = (
        "alfa",
        "bravo",
        "charlie",
        "delta",
        "echo",
        "foxtrot",
        "golf",
        "hotel",
        "india",
        "juliett",
        "kilo",
        "lima",
    )

    def __init__(self) -> None:
        #: text of a question in English -> its answer
        self.answers = {f"Which word stands at place {n} of the list?": word for n, word in enumerate(self.WORDS, 1)}
        self.russian = [f"Какое слово стоит в списке на месте {n}?" for n, _ in enumerate(self.WORDS, 1)]
        #: text of a question in either language -> its answer
        self.by_text = self.answers | dict(zip(self.russian, self.WORDS, strict=True))
        self.hints = {word: f"It begins with {word[0].upper()}" for word in self.WORDS}

    def write(self, folder: Path) -> Path:
        """The file."""
        path = folder / "black-box.json"
        path.write_text(json.dumps(self._content(), ensure_ascii=False), encoding="utf-8")
        return path

    def answer_to(self, question: Json) -> str:
        """The right answer to a question as a message shows it."""
        return self.answers[question["texts"]["en"]]

    def hint_of(self, question: Json) -> str:
        """The hint the pack has for it."""
        return self.hints[self.answer_to(question)]

    def _content(self) -> Json:
        return {
            "format": 1,
            "category": self.NAMES,
            "license": "CC0-1.0",
            "source": "black box test",
            "questions": [
                {
                    "q": {"en": text, "ru": self.russian[n - 1]},
                    "answers": {"en": [word], "ru": [word]},
                    "hints": {"en": [self.hints[word]], "ru": [f"Начинается на {word[0].upper()}"]},
                    "explanation": {"en": f"{word} is word {n}."},
                }
                for n, (text, word) in enumerate(self.answers.items(), 1)
            ],
        }
