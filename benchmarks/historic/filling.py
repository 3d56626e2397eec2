"""Years of play, written in bulk: one INSERT ... SELECT a table, its indexes taken off meanwhile.

The same SQL on both databases but for times and series. Who plays where is arithmetic, so every run has the same rows:
five players, five questions a room; a winner in four rounds of five; user 1 has been in every hundredth room.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axes.models import AccessAttempt
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from knox.models import AuthToken

from accounts.models import LedgerEntry, User
from quiz.models import PlayerRating, Question, QuizGame, QuizResult, QuizRound
from rooms.models import Membership, ParkedOutcome, Room

#: once: what the product's own tables held when it was first found slow
USERS, ROOMS, SEATS = 50_000, 100_000, 5
OPEN_ROOMS, ATTEMPTS, PARKED = 1_000, 5_000, 100
YEARS_S = 2 * 365 * 24 * 3600
HEAVY = 100  # user 1 sits in every so many-th room


def fill(times: int) -> dict[str, int]:
    """Everything, `times` as much as once. Rows by table."""
    users, rooms = USERS * times, ROOMS * times
    with all_at_once():
        _people(users)
        _rooms(rooms, OPEN_ROOMS * times)
        _memberships(users, rooms, OPEN_ROOMS * times)
        _games(users, rooms)
        _elsewhere(users, times)
    return count()


def empty() -> bool:
    """Whether nothing has been filled in yet."""
    return not Room.objects.exists()


def count() -> dict[str, int]:
    """Rows by table."""
    models: list[type[Model]] = [User, AuthToken, Room, Membership, QuizGame, QuizRound, QuizResult, PlayerRating]
    models += [LedgerEntry, Question, AccessAttempt, ParkedOutcome]
    return {str(model._meta.verbose_name_plural): model._default_manager.count() for model in models}


def _people(users: int) -> None:
    """Names begin in a hundred ways, so that the beginning of one finds one in a hundred of them."""
    name = "'p' || (i % 100) || 'layer ' || i"
    joined = at("i", users)
    language = "CASE WHEN i % 50 = 0 THEN 'uk' WHEN i % 3 = 0 THEN 'ru' ELSE 'en' END"
    banned = f"CASE WHEN i % 5000 = 7 THEN {joined} ELSE NULL END"
    key = {
        "name": name,
        "name_key": name,
        "email": f"{name} || '@example.org'",
        "email_key": f"{name} || '@example.org'",
    }
    insert(
        User, users, **key, id="i", password="'!'", language=language, date_joined=joined, banned_at=banned,
        is_active=boolean("i % 1000 <> 3"),
    )  # fmt: skip
    insert(AuthToken, users, digest="'d' || i", token_key="'k' || i", user_id="i", created=joined, expiry="NULL")
    insert(PlayerRating, users, id="i", user_id="i", mu="20 + (i % 1000) / 100.0", sigma="5.0", games="10",
           updated_at=joined)  # fmt: skip


def _rooms(closed: int, open_ones: int) -> None:
    display = """'{"category": null, "language": "en", "max_time": 20, "min_players": 1, "cnt_questions": 5}'"""
    shared = {"id": "i", "game": "'quiz'", "capacity": "50", "password": "''", "options": "'{}'", "display": display}
    made, name = at("i", closed + open_ones), "'r' || (i % 50) || 'oom ' || i"
    shared |= {"name": name, "name_key": name, "created_at": made, "opened_at": made, "close_message": "''"}
    owner = f"CASE WHEN i % {HEAVY} = 0 THEN 1 ELSE 2 + i % {closed // 2 - 10} END"
    insert(Room, closed, **shared, owner_id=owner, state="'closed'", closed_at=made, recorded_at=made)
    state = "CASE WHEN i % 4 = 0 THEN 'waiting' ELSE 'running' END"
    insert(Room, open_ones, first=closed, **shared, owner_id=owner, state=state, closed_at="NULL", recorded_at="NULL")


def player(seat: str, users: int) -> str:
    """Who sits on a seat of room `i`."""
    return f"CASE WHEN i % {HEAVY} = 0 AND {seat} = 0 THEN 1 ELSE 2 + (i * 7 + {seat} * 10007) % {users - 1} END"


def _memberships(users: int, closed: int, open_ones: int) -> None:
    made = at("i", closed + open_ones)
    shared = {"room_id": "i", "user_id": player("seat", users), "joined_at": made}
    ending = "CASE WHEN i % 500 = 1 AND seat = 4 THEN 'kicked' WHEN i % 20 = 1 THEN 'left' ELSE 'finished' END"
    insert(Membership, closed, seats=SEATS, **shared, id=f"(i - 1) * {SEATS} + seat + 1", left_at=made, ending=ending)
    insert(Membership, open_ones, first=closed, seats=SEATS, **shared, id=f"(i - 1) * {SEATS} + seat + 1",
           left_at="NULL", ending="''")  # fmt: skip


def _games(users: int, rooms: int) -> None:
    """One room in fifty was left by everybody, one in a thousand closed by an operator."""
    ended = at("i", rooms)
    categories = list(Question.objects.order_by("category_id").values_list("category_id", flat=True).distinct())
    reason = "CASE WHEN i % 1000 = 1 THEN 'closed' WHEN i % 50 = 1 THEN 'everybody left' ELSE 'finished' END"
    category = f"{categories[0]} + i % {len(categories) - 1}"
    insert(QuizGame, rooms, id="i", room_id="i", category_id=category, language="'en'", reason=reason,
           started_at=ended, ended_at=ended)  # fmt: skip
    first, count = Question.objects.order_by("pk")[0].pk, Question.objects.count()
    winner = f"CASE WHEN (i + seat) % 5 = 0 THEN NULL ELSE {player('seat', users)} END"
    insert(QuizRound, rooms, seats=SEATS, id=f"(i - 1) * {SEATS} + seat + 1", game_id="i", number="seat + 1",
           question_id=f"{first} + (i * 11 + seat) % {count}", winner_id=winner, answer="'answer ' || seat",
           tries="i % 7", started_at=ended, ended_at=ended)  # fmt: skip
    insert(QuizResult, rooms, seats=SEATS, id=f"(i - 1) * {SEATS} + seat + 1", game_id="i",
           user_id=player("seat", users), score=f"{SEATS} - seat", place="seat + 1", rating_before="1500",
           rating="1510 - seat", prize="0", left=boolean("i % 200 = 1 AND seat = 4"))  # fmt: skip
    insert(LedgerEntry, rooms, id="i", user_id=player("0", users), amount="5", reason="'Prize'",
           key="'quiz:' || i", created=ended)  # fmt: skip


def _elsewhere(users: int, times: int) -> None:
    insert(AccessAttempt, ATTEMPTS * times, id="i", username="'p' || i", ip_address="'10.0.0.1'", user_agent="'x' || i",
           http_accept="'x'", path_info="'/api/v1/login'", attempt_time=at("i", ATTEMPTS * times), get_data="''",
           post_data="''", failures_since_start="i % 12")  # fmt: skip
    insert(ParkedOutcome, PARKED * times, id="i", room_id="i", entry="'{}'", error="'KeyError'",
           first_tried_at=at("i", PARKED * times), parked_at="NULL")  # fmt: skip


# --- SQL


def postgres() -> bool:
    return connection.vendor == "postgresql"


def at(i: str, count: int) -> str:
    """The time of row `i` of `count`, spread over the years up to this moment."""
    begun = int(timezone.now().timestamp()) - YEARS_S
    seconds = f"{begun} + CAST({i} AS bigint) * {YEARS_S} / {count}"
    return f"to_timestamp({seconds})" if postgres() else f"strftime('%Y-%m-%d %H:%M:%S', {seconds}, 'unixepoch')"


def boolean(condition: str) -> str:
    """A condition as a column."""
    return f"({condition})" if postgres() else f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def series(name: str, first: int, last: int) -> str:
    """A table of one column with the whole numbers from `first` to `last`."""
    if postgres():
        return f"generate_series({first}, {last}) AS {name}_({name})"
    steps = f"SELECT {first} UNION ALL SELECT {name} + 1 FROM {name}_ WHERE {name} < {last}"
    return f"(WITH RECURSIVE {name}_({name}) AS ({steps}) SELECT {name} FROM {name}_) AS {name}__"


def insert(model: type[Model], count: int, *, first: int = 0, seats: int = 0, **given: str) -> None:
    """`count` rows behind `first`, times `seats`; SQL by column, the model's default for a column not given."""
    columns, values, params = [], [], []
    for field in model._meta.local_concrete_fields:
        columns.append(connection.ops.quote_name(str(field.column)))
        if field.attname in given:
            values.append(given.pop(field.attname))
        else:
            values.append("%s")
            params.append(field.get_db_prep_save(field.get_default(), connection))
    assert not given, f"{model.__name__} has no {given}"
    source = series("i", first + 1, first + count)
    if seats:
        source += ", " + series("seat", 0, seats - 1)
    table = connection.ops.quote_name(model._meta.db_table)
    text = ", ".join(values).replace("%", "%%").replace("%%s", "%s")
    with without_indexes(model._meta.db_table), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {text} FROM {source}", params)


@contextmanager
def without_indexes(table: str) -> Iterator[None]:
    """They are made anew at the end, which is much quicker than row by row."""
    with connection.cursor() as cursor:
        if postgres():
            cursor.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN (SELECT conname FROM "
                "pg_constraint)",
                [table],
            )
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name = %s", [table]
            )
        indexes: list[Any] = cursor.fetchall()
        for name, _sql in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    with connection.cursor() as cursor:
        for _name, sql in indexes:
            cursor.execute(sql)


@contextmanager
def all_at_once() -> Iterator[None]:
    """Without foreign keys looked up, nor the disk waited for; numbers go on behind what was written."""
    with connection.cursor() as cursor:
        if postgres():
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET maintenance_work_mem = '512MB'")
        else:
            for pragma in ("foreign_keys = OFF", "synchronous = OFF", "journal_mode = OFF", "cache_size = -1000000"):
                cursor.execute(f"PRAGMA {pragma}")
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), [User, Room, Membership, QuizGame, QuizRound]):
                cursor.execute(sql)
    if postgres():
        with connection.cursor() as cursor:  # autovacuum does so in a product that runs
            cursor.execute("VACUUM ANALYZE")
    connection.close()
