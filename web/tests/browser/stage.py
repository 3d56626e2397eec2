"""The cast and props of the pictures: people, rooms, a question, tries, a final table."""

import time
from typing import Any

Json = dict[str, Any]

NAMES = ["bogdan", "Anna", "Ґаламаґа", "quizzard", "Мария Петровна", "zed", "longest-name-in-the-house", "Олег", "Sam"]
SCORES = [3, 4, 1, 2, 0, 0, 1, 0, 0]
PLAYERS = [
    {"id": 23 + i, "name": name, "account": 100 + i, "rating": 1500 + 7 * i, "score": SCORES[i], "player": None}
    for i, name in enumerate(NAMES)
]
ONLINE = [{"id": one["id"], "name": one["name"]} for one in PLAYERS]
ACCOUNT = {"id": 23, "name": "bogdan", "email": "bogdan@example.org", "email_confirmed": True,
           "new_email": "", "language": "en", "about": "Plays at lunch.",
           "avatar": None, "account": 1240, "rating": 1512}  # fmt: skip

TITLES = {
    "en": ["Capitals", "Countries", "Currencies", "Chemical elements", "Arithmetic", "Languages", "Flags", "History"],
    "ru": ["Столицы", "Страны", "Валюты", "Химические элементы", "Арифметика", "Языки", "Флаги", "История"],
}
CATEGORIES = {
    language: [{"id": i + 1, "name": name, "language": language, "cnt_questions": 90 + 37 * i}
               for i, name in enumerate(names)]
    for language, names in TITLES.items()
}  # fmt: skip
ROOM_NAMES = {
    "en": ["Lunch break", "Anna’s geography night", "Friday elements, bring coffee and friends", "numbers"],
    "ru": ["Обеденный перерыв", "География с Анной", "Пятничные элементы: берите кофе и друзей", "числа"],
}
ROOMS = {
    language: [
        {"room_id": 7 + i, "game": "quiz", "name": name, "state": "waiting" if i == 1 else "running",
         "category": {"id": i + 1, "name": TITLES[language][i]}, "private": i == 2, "cnt_players": 9 - 2 * i}
        for i, name in enumerate(names)
    ]
    for language, names in ROOM_NAMES.items()
}  # fmt: skip
ASKED = {"en": "Which city is the capital of Austria?", "ru": "Какой город — столица Австрии?"}


def now_ms() -> int:
    return int(time.time() * 1000)


def room(language: str) -> Json:
    """The room in the middle of its fourth question."""
    return {
        "room_id": 7, "game": "quiz", "name": ROOM_NAMES[language][0], "state": "running", "v": 40, "max_time": 20,
        "cnt_questions": 10, "category": {"id": 1, "name": TITLES[language][0]}, "players": PLAYERS,
        "question": {"id": 310, "q": "?", "image": None, "audio": None, "video": None, "number": 3,
                     "texts": {"en": "What is the capital of France?", "ru": "Столица Франции?"}},
        "phase": "question", "phase_ends": now_ms() + 14_000, "time": now_ms(), "hint": None, "owner": 23,
        "capacity": 50, "private": False, "min_players": 1, "language": language, "results": None,
        "tries": [attempt(1, "Lyon"), attempt(0, "Marseille")],
    }  # fmt: skip


def unknown_game() -> Json:
    """A room of a game that this client has no module for."""
    shared = ("room_id", "name", "state", "v", "time", "owner", "capacity", "private", "results")
    fields = {name: value for name, value in room("en").items() if name in shared}
    return {**fields, "game": "chess", "phase": "play", "phase_ends": None, "players": PLAYERS[:2], "mark": None,
            "board": ["e2", "e4"]}  # fmt: skip


def attempt(who: int, answer: str, *, right: bool = False) -> Json:
    return {"user": PLAYERS[who], "answer": answer, "is_true": right, "time": now_ms()}


def tries(language: str) -> list[Json]:
    """What happens from version 41 on: somebody comes, knows, the next question, and wrong tries."""
    said = {
        "en": ["Salzburg", "Budapest, I am almost sure of that one", "Graz"],
        "ru": ["Зальцбург", "Будапешт, почти уверена в этом", "Грац"],
    }[language]
    question = {"id": 311, "q": ASKED["en"], "image": None, "audio": None, "video": None, "number": 4, "texts": ASKED}
    events = [
        {"action": "player_joined", "user": PLAYERS[3]},
        {"action": "new_answer", **attempt(1, {"en": "Paris", "ru": "Париж"}[language], right=True)},
        {"action": "next_question", "is_answered": True, "who_won": 24,
         "right_answer": {"en": "Paris", "ru": "Париж"}[language], "question": question,
         "phase_ends": now_ms() + 13_000, "explanation": None},
        {"action": "new_answer", **attempt(2, said[0])},
        {"action": "new_answer", **attempt(4, said[1])},
        {"action": "new_answer", **attempt(0, said[2])},
    ]  # fmt: skip
    return [{**event, "room_id": 7, "v": 41 + i} for i, event in enumerate(events)]


def results() -> list[Json]:
    ranked = sorted(PLAYERS, key=lambda one: -one["score"])
    return [
        {"id": one["id"], "name": one["name"], "score": one["score"], "rating": one["rating"] + 12 - 4 * place,
         "prize": max(0, 50 - 25 * place)}
        for place, one in enumerate(ranked)
    ]  # fmt: skip


def closed(v: int, reason: str = "finished", message: str = "The quiz is over.") -> Json:
    """The end of the game."""
    return {"action": "close_room", "room_id": 7, "v": v, "message": message, "reason": reason, "results": results()}
