"""`python -m quiz.packs.build --out DIR`: write the packs and tell how many questions each has."""

from __future__ import annotations

import argparse
from pathlib import Path

from quiz.packs.build import READY, report_lines, write_packs


def main() -> None:
    """Parse the command line and build."""
    parser = argparse.ArgumentParser(prog="python -m quiz.packs.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=READY, help="directory for the files (default: %(default)s)")
    print("\n".join(report_lines(write_packs(parser.parse_args().out))))


if __name__ == "__main__":
    main()
