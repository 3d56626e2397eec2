"""Draws public/icon-*.png from public/icon.svg: `python tests/browser/icons.py`."""

from pathlib import Path

from playwright.sync_api import sync_playwright

PUBLIC = Path(__file__).parents[2] / "public"

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
    for side in (180, 512):
        page = browser.new_page(viewport={"width": side, "height": side})
        drawing = (PUBLIC / "icon.svg").read_text()
        page.set_content(f"<style>*{{margin:0}}svg{{display:block;width:{side}px}}</style>{drawing}")
        page.screenshot(path=str(PUBLIC / f"icon-{side}.png"))
    browser.close()
