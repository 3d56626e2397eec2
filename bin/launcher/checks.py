"""`bin/test [PART...] [-- pytest options]`: every check and test, or the parts named. Inside the environment.

Parts: lint, web, unit, postgres, stack, image. What follows `--` goes to pytest: `bin/test unit -- -k join`.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bin.launcher.browser import find_browser
from bin.launcher.client import WEB, build_client, install_packages, node_command, node_environment
from bin.launcher.console import fail, say
from bin.launcher.image import built_image, what_is_missing
from bin.launcher.installation import ROOT
from bin.launcher.postgres import postgres

CODE = ["accounts", "bin", "config", "deploy", "docs", "quiz", "rooms", "tests", "wsgateway", "manage.py"]
#: what talks to the database, and so is tested on both
ON_POSTGRES = ["tests/accounts", "tests/config", "tests/quiz", "tests/rooms", "tests/upgrade"]
PURE = ["tests/quiz/rules", "tests/quiz/packs", "tests/rooms/live"]

#: every port is free, and nothing outside can be reached
OWN_NETWORK = ["unshare", "--net", sys.executable, "-m", "bin.launcher.loopback"]

#: name of a step, whether it passed, its last line, seconds
Result = tuple[str, bool, str, float]


class Checks:
    """Runs steps one after the other and remembers how each ended; a failure stops nothing, so that all are seen."""

    def __init__(self, pytest_options: list[str]) -> None:
        self.pytest_options = pytest_options
        self.results: list[Result] = []
        #: settings need a secret to load; the checks that load them outside pytest have this one
        self.environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "NO_COLOR": "1"}

    def step(self, name: str, command: list[str], folder: Path = ROOT, **environment: str) -> None:
        """Run one command, its output passed through; its last line goes into the summary."""
        say(f"\n=== {name}")
        begun, last = time.monotonic(), ""
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        assert child.stdout is not None
        for line in child.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
        self.results.append((name, child.wait() == 0, last.strip("= "), time.monotonic() - begun))

    def lint(self) -> None:
        """Style, types, layers, migrations, and what is generated from code."""
        self.step("ruff check", [sys.executable, "-m", "ruff", "check", "."])
        self.step("ruff format", [sys.executable, "-m", "ruff", "format", "--check", "."])
        self.step("mypy", [sys.executable, "-m", "mypy", *CODE])
        lint_imports = "from importlinter.cli import lint_imports_command as main; main()"
        self.step("layers", [sys.executable, "-c", lint_imports])
        self.step("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"])
        self.step("docs/PROTOCOL.md is current", [sys.executable, "-m", "docs.generate.protocol", "--check"])

    def web(self) -> None:
        """The browser client: types that are generated, style, types, tests, build."""
        install_packages()
        with TemporaryDirectory() as folder:
            schema = str(Path(folder, "openapi.yaml"))
            self.step(
                "OpenAPI schema", [sys.executable, "manage.py", "spectacular", "--fail-on-warn", "--file", schema]
            )
            self.npm("generated types are current", "generate", "--", "--check", OPENAPI_FILE=schema)
        self.npm("biome", "lint")
        self.npm("svelte-check", "check")
        self.npm("vitest", "test")
        self.npm("vite build", "build")

    def npm(self, name: str, script: str, *arguments: str, **environment: str) -> None:
        """One script of web/package.json."""
        environment = node_environment() | {"PYTHON": sys.executable} | environment
        self.step(name, node_command("run", "--silent", script, *arguments), WEB, **environment)

    def unit(self) -> None:
        """Everything that needs no running product, on SQLite."""
        chosen = [option for option in self.pytest_options if option.startswith("tests")]
        where = [] if chosen else ["tests", "--ignore=tests/stack", "--ignore=tests/image"]
        self.pytest("pytest, SQLite", "-n", "2", "--dist", "loadfile", *where)

    def postgres(self) -> None:
        """The apps' tests on PostgreSQL, and on it the path that a player takes through the running product."""
        with postgres() as url:
            ignored = [f"--ignore={folder}" for folder in PURE]
            self.pytest("pytest, PostgreSQL", "-n", "2", "--dist", "loadfile", *ON_POSTGRES, *ignored, DATABASE_URL=url)
            build_client()
            # the server's folder is its own user's and root's: nobody else gets to its socket
            environment = {"DATABASE_URL": url, "RUN_AS": "root"}
            self.pytest("pytest, whole path on PostgreSQL", "tests/stack", "-m", "whole_path", **environment)

    def stack(self) -> None:
        """The running product: started, used by browsers, broken, stopped."""
        build_client()
        self.pytest("pytest, the running product", "tests/stack")

    def image(self) -> None:
        """Both documented deployments: the image is built, all of compose and of the units is run in it."""
        name = "pytest, the image and the units"
        say("\n=== the image")
        if why := what_is_missing():
            say(f"LEFT OUT: {why}")
            self.results.append((name, True, f"LEFT OUT: {why}", 0.0))
            return
        begun = time.monotonic()
        with ExitStack() as open_ones:
            try:
                image = open_ones.enter_context(built_image())
            except SystemExit:
                self.results.append(("the image", False, "not built; see above", time.monotonic() - begun))
                return
            self.results.append(("the image", True, "built", time.monotonic() - begun))
            self.pytest(name, "tests/image", before=OWN_NETWORK, GAMEHUB_IMAGE=json.dumps(image))

    def pytest(self, name: str, *arguments: str, before: Sequence[str] = (), **environment: str) -> None:
        """One run of pytest, with the options given on the command line."""
        command = [*before, sys.executable, "-m", "pytest", "--no-header", "-rfE", *arguments, *self.pytest_options]
        self.step(name, command, ROOT, CHROMIUM=os.environ.get("CHROMIUM", ""), **environment)

    def summary(self) -> bool:
        """Print how each step ended; whether all passed."""
        say("\n=== summary")
        for name, passed, last, seconds in self.results:
            say(f"{'ok    ' if passed else 'FAILED'} {seconds:6.1f} s  {name}: {last}")
        failed = [name for name, passed, _, _ in self.results if not passed]
        say(f"{len(self.results) - len(failed)} passed, {len(failed)} failed")
        return not failed


#: in this order; the quick ones first
PARTS: dict[str, Callable[[Checks], None]] = {
    "lint": Checks.lint,
    "web": Checks.web,
    "unit": Checks.unit,
    "postgres": Checks.postgres,
    "stack": Checks.stack,
    "image": Checks.image,
}


def main() -> None:
    """Run the parts named on the command line, or all."""
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    parts, pytest_options = words[:cut] or list(PARTS), words[cut + 1 :]
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        fail(f"there is no part {unknown[0]!r}.", f"Parts: {', '.join(PARTS)}. What follows -- goes to pytest.")
    checks = Checks(pytest_options)
    if {"postgres", "stack"} & set(parts):
        os.environ["CHROMIUM"] = find_browser()
    for part in parts:
        PARTS[part](checks)
    raise SystemExit(not checks.summary())


if __name__ == "__main__":
    main()
