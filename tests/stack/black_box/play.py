"""Playing known questions over a socket."""

from typing import Any

from tests.stack.black_box.player import Socket
from tests.stack.pack import Pack

Json = dict[str, Any]


def check_me(room_id: int, question: Json, answer: str, **added: Any) -> Json:
    """The message of an answer."""
    return {"action": "check_me", "room_id": room_id, "id": question["id"], "answer": answer, **added}


async def win_round(socket: Socket, room_id: int, question: Json, pack: Pack) -> Json:
    """Answer the open question right; the `next_question` that follows."""
    socket.send(check_me(room_id, question, pack.answer_to(question)))
    return await round_after(socket, room_id, question)


async def round_after(socket: Socket, room_id: int, question: Json) -> Json:
    """The `next_question` that ends the round of this question."""

    def found() -> Json | None:
        asked: Json | None = None
        for each in socket.heard:
            if each.get("room_id") != room_id or "question" not in each:
                continue
            if asked and asked["id"] == question["id"] and each["action"] == "next_question":
                return each
            asked = each["question"]
        return None

    message: Json = await socket.wait_for(found)
    return message


def gap_free(socket: Socket, room_id: int) -> bool:
    """Whether the versions of the room's events that this socket heard have no gap and no double."""
    versions = [event["v"] for event in socket.of_room(room_id) if event.get("since") != event["v"]]
    return versions == list(range(versions[0], versions[0] + len(versions)))
