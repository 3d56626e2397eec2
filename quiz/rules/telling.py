"""Who sees which try.

In an ordinary room everybody sees every try as it comes. In a large one, where each of 1,000 members would get the
tries of 1,000 others, a turn shows everybody the right tries and a fair sample of the wrong ones, and each author
their own: what a turn costs grows with the members and not with their square. A try that is not shown counts all the
same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from zlib import crc32

import msgspec

from quiz.protocol import Attempt
from quiz.rules.messages import new_answer
from quiz.rules.state import Player
from quiz.rules.turn import Turn
from rooms.live.game import Event

#: above this many members a room is large: a chat of 50 talkers is about what one still can follow
LARGE_ROOM = 50
#: between two turns of a large room; what comes in the meantime is one turn
LARGE_ROOM_PACE_MS = 100
#: wrong tries that a turn of a large room shows to everybody: 100 lines a second at that pace
SAMPLE = 10
#: tries kept for those who come late
KEPT_TRIES = 50


def tell(turn: Turn) -> list[Event]:
    """The turn's events in their order, with each try addressed to those who are to see it."""
    if len(turn.seats) > LARGE_ROOM:
        events, seen = _tell_sample(turn)
    else:
        events = [new_answer(entry) if isinstance(entry, Attempt) else entry for entry in turn.told]
        seen = [entry for entry in turn.told if isinstance(entry, Attempt)]
    turn.change(tries=(*turn.state.tries, *seen)[-KEPT_TRIES:])
    return events


def choose_sample(wrong: Sequence[Attempt], players: Mapping[int, Player], turn: int) -> set[int]:
    """Indices of the wrong tries to show: one of each author before a second of any, the least lately shown first.

    Ties are broken by a hash of turn and user that nobody can steer. Who tries in every turn is shown at least once in
    ceil(authors / SAMPLE) turns.
    """
    nth: Counter[int] = Counter()
    ranks = []
    for index, attempt in enumerate(wrong):
        user = attempt.user.id
        ranks.append((nth[user], players[user].shown, crc32(f"{turn}:{user}".encode()), index))
        nth[user] += 1
    return {rank[-1] for rank in sorted(ranks)[:SAMPLE]}


def _tell_sample(turn: Turn) -> tuple[list[Event], list[Attempt]]:
    wrong = [entry for entry in turn.told if isinstance(entry, Attempt) and not entry.is_true]
    chosen = {id(wrong[index]) for index in choose_sample(wrong, turn.state.players, turn.state.turns)}
    for attempt in wrong:
        if id(attempt) in chosen:
            _mark_shown(turn, attempt.user.id)
    shown: list[Event] = []
    events: list[Event] = []
    own: list[Event] = []
    seen: list[Attempt] = []
    for entry in turn.told:
        if isinstance(entry, Event) and entry.to is None:
            # what came before a new question is told before it
            events += [*_by_recipient(own), *shown, entry]
            own, shown = [], []
        elif isinstance(entry, Event):
            own.append(entry)
        elif entry.is_true or id(entry) in chosen:
            shown.append(new_answer(entry))
            seen.append(entry)
        else:
            own.append(new_answer(entry, only_for=entry.user.id))
    return [*events, *_by_recipient(own), *shown], seen


def _by_recipient(own: list[Event]) -> list[Event]:
    """Events for single users, those of one user together, because neighbours to the same address travel as one."""
    return sorted(own, key=lambda event: event.to or ())


def _mark_shown(turn: Turn, user: int) -> None:
    turn.change_player(msgspec.structs.replace(turn.state.players[user], shown=turn.state.turns))
