"""GET and PATCH profile, POST profile/avatar, POST profile/password."""

import json
from io import BytesIO
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import tokens
from accounts.authentication import find_token, token_digest
from accounts.models import User
from tests.accounts.api.bodies import invalid, ok, own
from tests.factories import PASSWORD, UserFactory

URL, AVATAR = "/api/v1/profile", "/api/v1/profile/avatar"
pytestmark = pytest.mark.django_db


def test_profile_change_of_everything(client, user):
    change = {"name": "Богдан", "language": "uk", "about": "I play.\nOften."}
    response = client.patch(URL, change)
    user.refresh_from_db()
    assert (response.status_code, response.json()) == (200, ok(user=own(user, **change)))
    assert (user.name, user.language, user.about) == tuple(change.values())


def test_profile_change_of_nothing(client, user):
    response = client.patch(URL, {})
    assert (response.status_code, response.json()) == (200, ok(user=own(user)))


def test_profile_change_of_case_of_the_own_name(client, user):
    assert client.patch(URL, {"name": "Bogdan"}).status_code == 200


def test_profile_change_to_what_is_taken(client):
    UserFactory(name="Olga")
    response = client.patch(URL, {"name": "оlga"})
    assert (response.status_code, response.json()) == (400, invalid(name=["This name is taken."]))


@pytest.mark.parametrize("name", ["evil.example.com", "Gamehub support", "q" + "\u0301" * 9])
def test_profile_keeps_a_name_that_nobody_may_take_any_more(client, user, name):
    User.objects.update(name=name)
    kept = client.patch(URL, {"name": name, "about": "still here"})
    user.refresh_from_db()
    assert (kept.status_code, user.name, user.about) == (200, name, "still here")
    client.patch(URL, {"name": "fine"})
    assert client.patch(URL, {"name": name}).status_code == 400


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("language", "fr", '"fr" is not a valid choice.'),
        ("about", "x" * 501, "Ensure this field has no more than 500 characters."),
        ("about", None, "This field may not be null."),
        ("name", "evil.example.com", "A name can't be a link."),
        ("name", "Gаmehub", "This name is kept for those who run the site."),
        ("name", "a\u200bb", "The name has characters that can't be seen."),
    ],
)
def test_profile_change_to_a_wrong_value(client, field, value, message):
    response = client.patch(URL, {field: value})
    assert (response.status_code, response.json()) == (400, invalid(**{field: [message]}))


def test_profile_does_not_change_what_is_not_the_players(client, user):
    client.patch(URL, {"account": 10**6, "rating": 3000, "is_staff": True, "date_joined": "2001-01-01T00:00:00Z"})
    user.refresh_from_db()
    assert (user.account, user.rating, user.is_staff, user.date_joined.year > 2001) == (0, 1500, False, True)


@pytest.mark.django_db(transaction=True)
def test_profile_change_of_name_reaches_the_gateways_cache(client, valkey):
    token = find_token(client.token.encode())
    assert token is not None
    tokens.cache_session(token=token)
    client.patch(URL, {"name": "Newname"})
    tokens.cache_session(token=find_token(client.token.encode()))
    assert json.loads(valkey.client().get(f"token:{token.digest}"))["name"] == "Newname"


def picture(form="PNG", size=(300, 200), color="red", **options) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, color).save(out, form, **options)
    return SimpleUploadedFile("my face.png", out.getvalue(), "image/png")


def upload(client, file):
    return client.post(AVATAR, {"avatar": file}, format="multipart")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_avatar_is_drawn_anew(client, user, form, settings):
    response = upload(client, picture(form))
    user.refresh_from_db()
    assert (response.status_code, response.json()) == (200, ok(user=own(user, avatar=f"/media/{user.avatar.name}")))
    with Image.open(settings.MEDIA_ROOT / user.avatar.name) as stored:
        assert (stored.format, stored.size) == ("WEBP", (256, 256))


def test_avatar_keeps_no_metadata(client, user, settings):
    exif = Image.Exif()
    exif[0x010E] = "shot at home"
    upload(client, picture("JPEG", exif=exif))
    user.refresh_from_db()
    raw = (settings.MEDIA_ROOT / user.avatar.name).read_bytes()
    assert (b"shot at home" in raw, b"EXIF" in raw) == (False, False)


@pytest.mark.django_db(transaction=True)
def test_avatar_replaces_the_old_file(client, user, settings):
    upload(client, picture())
    upload(client, picture(color="blue"))
    user.refresh_from_db()
    files = [path.name for path in (settings.MEDIA_ROOT / "avatars").iterdir()]
    assert files == [user.avatar.name.removeprefix("avatars/")]


def test_avatar_is_throttled_by_user(client, client_of, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"avatar": "2/hour"}}
    statuses = [upload(client, picture()).status_code for _ in range(3)]
    elsewhere = upload(client_of(UserFactory()), picture())
    assert (statuses, elsewhere.status_code) == ([200, 200, 429], 200)


def bomb() -> bytes:
    """A PNG of a few KiB that decodes to 40,000 x 40,000 pixels, cut short: its header alone must be enough."""
    out = BytesIO()
    Image.new("1", (40_000, 2)).save(out, "PNG")
    raw = bytearray(out.getvalue())
    raw[20:24] = (40_000).to_bytes(4, "big")
    import zlib

    raw[29:33] = zlib.crc32(raw[12:29]).to_bytes(4, "big")
    return bytes(raw)


def animated(form: str) -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


UNREADABLE = "This is not a picture we can read. Take a JPEG, PNG or WebP."
MOVES = "The picture moves. Take a still one."


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNREADABLE),
        (b"nonsense", UNREADABLE),
        (b"GIF89a" + b"\0" * 20, UNREADABLE),
        (picture().read()[:60], UNREADABLE),
        (bomb(), "The picture has too many pixels."),
        (animated("PNG"), MOVES),
        (animated("WEBP"), MOVES),
        (animated("GIF"), UNREADABLE),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 2 * 1024 * 1024, "The picture is larger than 2 MiB."),
        (b"", "The submitted file is empty."),
    ],
    ids=["svg", "nonsense", "gif head", "cut", "bomb", "apng", "awebp", "agif", "large", "empty"],
)
def test_avatar_that_is_no_picture_we_take(client, user, raw, message, settings):
    response = upload(client, SimpleUploadedFile("x.png", raw, "image/png"))
    assert (response.status_code, response.json()) == (400, invalid(avatar=[message]))
    user.refresh_from_db()
    assert (user.avatar.name, (settings.MEDIA_ROOT / "avatars").exists()) == ("", False)


@pytest.mark.parametrize("body", [{}, {"avatar": "text"}, {"other": "x"}])
def test_avatar_without_a_file(client, body):
    response = client.post(AVATAR, body, format="multipart")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["avatar"])


def test_avatar_as_json(client):
    response = client.post(AVATAR, {"avatar": "x"}, format="json")
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


def test_avatar_with_a_broken_form(client):
    response = client.generic("POST", AVATAR, b"--x\r\n\xff", content_type="multipart/form-data; boundary=x")
    assert response.status_code == 400


@pytest.mark.django_db(transaction=True)
def test_password_change_kills_the_other_tokens(client, client_of, user, control, valkey):
    other = client_of(user)
    body = {"old_password": PASSWORD, "new_password": "another horse 43"}
    response = client.post("/api/v1/profile/password", body)
    user.refresh_from_db()
    digest = token_digest(other.token)
    assert (response.status_code, response.json()) == (200, ok())
    assert user.check_password("another horse 43")
    assert [device.get(URL).status_code for device in (client, other)] == [200, 401]
    closed = {"do": "close", "user": user.pk, "code": 4501, "reason": "password changed", "digest": digest}
    assert control.messages() == [closed]
    assert valkey.client().get(f"token:{digest}") == '{"gone":4501}'
    assert valkey.client().get(f"token:{token_digest(client.token)}") is None


@pytest.mark.parametrize(
    ("old", "new", "errors"),
    [
        ("wrong", "another horse 43", {"old_password": ["The old password is wrong."]}),
        (
            PASSWORD,
            "12345678",
            {"new_password": ["This password is too common.", "This password is entirely numeric."]},
        ),
    ],
)
def test_password_change_refused(client, client_of, user, old, new, errors):
    other = client_of(user)
    response = client.post("/api/v1/profile/password", {"old_password": old, "new_password": new})
    assert (response.status_code, response.json()) == (400, invalid(**errors))
    assert other.get(URL).status_code == 200


def test_guesses_of_the_old_password_count_by_account(user, client_of):
    """Whichever token and address they come with; the right one is held up as well, or guessing would go on."""
    tried = [
        client_of(user).post(
            "/api/v1/profile/password", {"old_password": old, "new_password": "another horse 43"},
            REMOTE_ADDR=f"10.0.{number}.1",
        ).status_code
        for number, old in enumerate(["x"] * 12 + [PASSWORD])
    ]  # fmt: skip
    assert tried == [400] * 10 + [429] * 3
    other = UserFactory()
    body = {"old_password": PASSWORD, "new_password": "another horse 43"}
    assert client_of(other).post("/api/v1/profile/password", body).status_code == 200


def test_right_old_passwords_do_not_count(client, user):
    passwords = [PASSWORD, *(f"another horse {number}" for number in range(12))]
    changes = [
        client.post("/api/v1/profile/password", {"old_password": old, "new_password": new}).status_code
        for old, new in pairwise(passwords)
    ]
    assert changes == [200] * 12
