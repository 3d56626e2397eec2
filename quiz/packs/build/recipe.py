"""What a category is made of: its name, its licence, and the function that asks its questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quiz.packs.build.words import phrases
from quiz.packs.format import Pack, Question

OURS = "CC0-1.0"
CLDR = "Unicode-3.0"
COUNTRYINFO = "MIT"


@dataclass(frozen=True)
class Recipe:
    """One pack to be. `slug` names its file and its category; `questions` may give None for what can't be asked."""

    slug: str
    licenses: tuple[str, ...]  # SPDX names of all that went in
    source: str
    questions: Callable[[], Iterable[Question | None]]

    def pack(self) -> Pack:
        """The finished pack; the order of the questions is the recipe's, the same in every run."""
        return Pack(
            category=vars(phrases("categories"))[self.slug],
            license=" AND ".join(self.licenses),
            source=self.source,
            questions=[question for question in self.questions() if question is not None],
        )
