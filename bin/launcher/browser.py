"""A Chromium for the browser tests: the machine's, Playwright's own, or one that is installed here and now."""

import os
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import sync_playwright

from bin.launcher.console import fail, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str:
    """Path of a Chromium; CHROMIUM=/path names one. Fails, saying what to do, when none can be had."""
    found = os.environ.get("CHROMIUM") or first_on_path() or playwright_s_own() or install_browser()
    if not found or not Path(found).exists():
        fail("the browser tests need Chromium, and there is none.", "Debian: apt install chromium", "or CHROMIUM=/path")
    return found


def first_on_path() -> str | None:
    """The machine's browser."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def playwright_s_own() -> str | None:
    """The one `playwright install` downloaded, if somebody did."""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install_browser() -> str | None:
    """apt-get install, where there is apt and we may."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    say("Installing Chromium for the browser tests")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "--yes", "chromium"]):
        subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return first_on_path()
