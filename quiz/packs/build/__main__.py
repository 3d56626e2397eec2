"""`python -m quiz.packs.build --out DIR`: write the packs and tell how many questions each has."""

from __future__ import annotations

import argparse
from pathlib import Path

from quiz.packs.build import write_packs

READY = Path(__file__).resolve().parent.parent / "ready"


def main() -> None:
    """Parse the command line and build."""
    parser = argparse.ArgumentParser(prog="python -m quiz.packs.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=READY, help="directory for the files (default: %(default)s)")
    report(write_packs(parser.parse_args().out))


def report(counts: dict[str, int]) -> None:
    """Print the number of questions of each category, and in all."""
    for slug, count in counts.items():
        print(f"{count:6} {slug}")
    print(f"{sum(counts.values()):6} questions in {len(counts)} categories")


if __name__ == "__main__":
    main()
