"""py-spy on one kind of process while the bots enter and while they play: `--profile "gateway 1"`."""

import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

TOP = 25


@contextmanager
def profiled(roots: dict[str, int], what: str, phase: str) -> Iterator[None]:
    """Sample that kind of process (and its children) meanwhile; prints the frames with most time. '': nothing."""
    if not what:
        yield
        return
    spy = shutil.which("py-spy", path=str(Path(sys.executable).parent))
    assert spy, "py-spy is not installed: pip install py-spy"
    with TemporaryDirectory() as folder:
        out = Path(folder, "stacks")
        command = [spy, "record", "--pid", str(roots[what]), "--subprocesses", "--format", "raw",
                   "--rate", "200", "--duration", "600", "--nonblocking", "--output", str(out)]  # fmt: skip
        sampler = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            sampler.send_signal(signal.SIGINT)
            sampler.wait(30)
        print(f"\n## {what}, {phase}\n" + summary(out.read_text()), file=sys.stderr, flush=True)


def summary(stacks: str) -> str:
    """Frames by samples: with what they called, and alone."""
    whole: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    total = 0
    for line in stacks.splitlines():
        stack, _, count = line.rpartition(" ")
        frames = [frame.rpartition(":")[0] or frame for frame in stack.split(";")]
        total += int(count)
        alone[frames[-1]] += int(count)
        for frame in set(frames):
            whole[frame] += int(count)
    rows = [f"{total} samples", "-- with what they call"]
    rows += [f"{100 * count / total:5.1f} %  {frame}" for frame, count in whole.most_common(TOP * 2)]
    rows += ["-- alone"]
    return "\n".join(rows + [f"{100 * count / total:5.1f} %  {frame}" for frame, count in alone.most_common(TOP)])
