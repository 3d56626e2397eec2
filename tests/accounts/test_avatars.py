"""One picture at a time is drawn in a process."""

import threading
from io import BytesIO

import pytest
from django.db import connection

from accounts import avatars, limits
from accounts.errors import TooManyPictures
from accounts.models import User
from tests.accounts import bombs


@pytest.fixture
def drawing(monkeypatch):
    """`redraw` that waits for `go`, and how many were in it at once."""

    class Drawing:
        def __init__(self) -> None:
            self.inside = self.most = 0
            self.begun, self.go = threading.Event(), threading.Event()

        def redraw(self, raw: bytes) -> bytes:
            self.inside += 1
            self.most = max(self.most, self.inside)
            self.begun.set()
            assert self.go.wait(20)
            self.inside -= 1
            return raw

    drawing = Drawing()
    monkeypatch.setattr(avatars, "redraw", drawing.redraw)
    return drawing


def upload_in_a_thread(user: User, raw: bytes) -> None:
    """Gives the thread's connection to the database back, or the test's database could not be dropped."""
    try:
        avatars.set_avatar(user=user, upload=BytesIO(raw))
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_second_picture_waits_for_the_first(user, drawing, monkeypatch):
    monkeypatch.setattr(limits, "AVATAR_WAIT_S", 20)
    uploads = [threading.Thread(target=upload_in_a_thread, args=(user, bombs.png(8, 8))) for _ in range(3)]
    for upload in uploads:
        upload.start()
    assert drawing.begun.wait(20)
    drawing.go.set()
    for upload in uploads:
        upload.join(20)
    assert (drawing.most, [upload.is_alive() for upload in uploads]) == (1, [False] * 3)


@pytest.mark.django_db(transaction=True)
def test_upload_that_waits_too_long_is_told_to_come_again(user, client, drawing, monkeypatch):
    monkeypatch.setattr(limits, "AVATAR_WAIT_S", 0.01)
    first = threading.Thread(target=upload_in_a_thread, args=(user, b"x"))
    first.start()
    assert drawing.begun.wait(20)
    try:
        with pytest.raises(TooManyPictures):
            avatars.set_avatar(user=user, upload=BytesIO(b"x"))
        response = client.post("/api/v1/profile/avatar", {"avatar": BytesIO(bombs.png(8, 8))}, format="multipart")
        assert (response.status_code, response.json()["code"], response["Retry-After"]) == (503, "degraded", "5")
    finally:
        drawing.go.set()
        first.join(20)
