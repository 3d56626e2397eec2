"""Pictures and sounds of questions in a real browser, under the policy of the real pages."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Route, expect

from tests.stack.black_box.player import Player
from tests.stack.product import Product
from tests.stack.visitor import DESK, PHONE, WAIT_MS, Visitor, visiting

pytestmark = pytest.mark.browser

NAME = "Gallery"
#: a second of silence: a frame header of MPEG-1 layer III at 128 kbit/s and 44.1 kHz, and nothing in the frame
SILENCE = (b"\xff\xfb\x90\x64" + b"\0" * 413) * 40


def painted(color: str, size: tuple[int, int] = (900, 600)) -> bytes:
    """A picture to be recognised by a person as well."""
    picture = Image.new("RGB", size, color)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((size[0] // 4, size[1] // 4, size[0] * 3 // 4, size[1] * 3 // 4), fill="white")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def gallery(stack: Product, tmp_path_factory: pytest.TempPathFactory) -> int:
    """Id of a category whose questions came in a zip with a picture and a sound each."""
    asked = [
        {"q": {"en": f"What colour is picture {n}?"}, "answers": {"en": [color]}, "image": f"media/{color}.png",
         "audio": "media/silence.mp3"}
        for n, color in enumerate(("green", "navy"), 1)
    ]  # fmt: skip
    pack = {"format": 1, "category": {"en": NAME}, "license": "CC0-1.0", "source": "gallery", "questions": asked}
    path = tmp_path_factory.mktemp("gallery") / "gallery.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("pack.json", json.dumps(pack))
        archive.writestr("media/silence.mp3", SILENCE)
        for color in ("green", "navy"):
            archive.writestr(f"media/{color}.png", painted(color))
    assert ": 2 created" in stack.manage("import_questions", str(path))
    rows = Player(stack.url).rest("GET", "quiz/categories?page_size=100")["results"]
    return int({row["name"]: row["id"] for row in rows}[NAME])


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_picture_shows_and_sound_plays_under_the_page_s_policy_and_nothing_jumps(
    stack: Product, chromium: Browser, gallery: int, size: dict[str, int], tmp_path: Path
):
    waiting: list[Route] = []
    with visiting(Visitor(chromium, stack.url, size=size)) as visitor:
        visitor.page.emulate_media(reduced_motion="reduce")  # what comes in stands still at once
        visitor.page.route("**/media/questions/*.webp", lambda route: waiting.append(route))
        visitor.sign_up(f"Looks at {size['width']}")
        visitor.start_quiz(gallery, questions=2, max_time=60)
        _, text = visitor.question()
        places = ("screen", "question", "countdown", "answer")
        before = [visitor.see(testid).bounding_box() for testid in places]
        answer = before[-1]
        assert answer is not None
        assert answer["y"] + answer["height"] <= size["height"]

        waiting.pop().continue_()

        picture = visitor.see("question-image")
        expect(picture).to_have_js_property("complete", True, timeout=WAIT_MS)
        expect(picture).to_have_js_property("naturalWidth", 900, timeout=WAIT_MS)
        assert [visitor.see(testid).bounding_box() for testid in places] == before
        assert picture.get_attribute("alt") == "Picture for the question"
        address = picture.get_attribute("src") or ""
        assert address.startswith("/media/questions/")
        visitor.page.wait_for_function("document.querySelector('audio').duration > 1", timeout=WAIT_MS)
        visitor.page.screenshot(path=tmp_path / f"media-{size['width']}.png")
        visitor.page.unroute("**/media/questions/*.webp")
        visitor.answer("green" if "picture 1" in text else "navy")
        visitor.see("reveal")
    served = stack.get(address)
    told = {name: served.headers[name] for name in ("Content-Type", "X-Content-Type-Options")}
    assert told == {"Content-Type": "image/webp", "X-Content-Type-Options": "nosniff"}
    assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_operator_uploads_a_picture_and_sees_it(stack: Product, chromium: Browser, gallery: int, tmp_path: Path):
    login = json.loads((stack.var / "operator.json").read_text())
    picture = tmp_path / "the answer is maroon.png"
    picture.write_bytes(painted("maroon"))
    with visiting(Visitor(chromium, stack.url)) as operator:
        page = operator.page
        page.goto("/admin/quiz/question/add/")
        page.locator("input[name=username]").fill(login["name"])
        page.locator("input[name=password]").fill(login["password"])
        page.get_by_role("button", name="Log in").click()
        page.locator("textarea[name=texts]").fill('{"en": "What colour is this?"}')
        page.locator("textarea[name=answers]").fill('{"en": ["maroon"]}')
        page.evaluate(
            "id => document.querySelector('select[name=category]').append(new Option('Gallery', id, true, true))",
            gallery,
        )
        page.locator("input[name=image]").set_input_files(picture)
        page.locator("button[name=_continue], input[name=_continue]").first.click()
        link = page.locator("a[href^='/media/questions/']").first
        expect(link).to_be_attached(timeout=WAIT_MS)
        address = link.get_attribute("href") or ""
        page.screenshot(path=tmp_path / "admin-question.png", full_page=True)
    with Image.open(BytesIO(stack.get(address).content)) as stored:
        assert (stored.format, stored.size) == ("WEBP", (900, 600))
    assert "maroon" not in address
