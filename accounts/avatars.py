"""Avatars: the picture drawn anew (`accounts.pictures`), stored, and the old one gone."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import limits
from accounts.errors import TooManyPictures
from accounts.models import User
from accounts.pictures import redraw
from accounts.publisher import after_commit

#: one picture at a time in this process: its threads together then cost no more memory than one of them
_turn = BoundedSemaphore(1)


def set_avatar(*, user: User, upload: BinaryIO) -> User:
    """Store the picture as the user's avatar; the old file goes when that is committed.

    Raises `BadImage`, `TooManyPictures`.
    """
    raw = upload.read(limits.AVATAR_BYTES + 1)
    with _one_at_a_time():
        drawn = redraw(raw)
    old, name = user.avatar.name, f"avatars/{uuid.uuid4().hex}.webp"
    name = default_storage.save(name, ContentFile(drawn))
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(avatar=name)
            if old:
                after_commit(partial(default_storage.delete, old))
    except BaseException:
        default_storage.delete(name)
        raise
    user.avatar.name = name
    return user


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _turn.acquire(timeout=limits.AVATAR_WAIT_S):
        raise TooManyPictures(_("Many pictures are being drawn at this moment."))
    try:
        yield
    finally:
        _turn.release()
