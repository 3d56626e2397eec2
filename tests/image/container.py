"""One process in the image's files, shut in as a container engine or systemd would do it, by the kernel's own means.

Its own mounts and pids, the network of whoever starts it. Everything started here is stopped by `Container.stop`.
"""

import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.stack.product import wait_for

#: in a mount namespace of its own: $1 is the image's root, then `here:there:how` for each volume, `--`, and the command
ENTER = """
set -eu
export PATH_WITHIN=$PATH PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1; shift
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
while [ "$1" != -- ]; do
    IFS=: read -r here there how <<EOF
$1
EOF
    if [ -d "$here" ]; then mkdir -p "$root$there"; else mkdir -p "$(dirname "$root$there")"; touch "$root$there"; fi
    mount --bind "$here" "$root$there"
    [ "$how" = rw ] || mount -o remount,bind,ro "$root$there"
    shift
done
shift
mount -o remount,bind,ro "$root"
export PATH=$PATH_WITHIN
exec /usr/sbin/chroot "$root" "$@"
"""


@dataclass
class Container:
    """`start` it, or `run` it to its end. The files are read-only but for `/tmp` and volumes `here:there:rw`."""

    name: str
    root: str
    command: list[str]
    environment: dict[str, str]
    volumes: list[str]
    log: Path
    user: str = "gamehub"
    folder: str = "/srv/gamehub"
    capability: str = ""
    umask: str = "022"
    #: seconds from SIGTERM to SIGKILL
    grace: float = 10
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> "Container":
        """Start it and return at once; what it prints goes to `log`."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._words(self.command),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def run(self, *command: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Another command to its end: beside the process, as `docker compose exec` does; before it, in its place."""
        running = self.process is not None and self.pid
        words = [*self._beside(), *self._shut_in(list(command))] if running else self._words(list(command))
        return subprocess.run(
            words, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds
        )

    def _beside(self) -> list[str]:
        return ["/usr/bin/nsenter", f"--target={self.pid}", "--mount", "--pid", "--root"]

    def _words(self, command: list[str]) -> list[str]:
        how = ["/usr/bin/unshare", "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", ENTER, "sh"]
        return [*how, self.root, *self.volumes, "--", *self._shut_in(command)]

    def _shut_in(self, command: list[str]) -> list[str]:
        """The command as the user, with no capability but the one, in its folder."""
        kept = f"-all,+{self.capability}" if self.capability else "-all"
        words = ["/usr/bin/setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups", "--no-new-privs"]
        words += [f"--{which}={kept}" for which in ("inh-caps", "ambient-caps", "bounding-set")]
        return [*words, "/bin/sh", "-c", f'umask {self.umask}; cd {self.folder}; exec "$@"', "sh", *command]

    @property
    def told(self) -> str:
        """The last of what it printed."""
        return self.log.read_text(errors="replace")[-3000:]

    @property
    def pid(self) -> int:
        """Of the command itself, which is 1 in its own eyes; 0 when it is gone."""
        assert self.process is not None
        own = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int((own.read_text().split() or ["0"])[0]) if own.exists() else 0

    def status(self) -> int | None:
        """How it ended; None while it runs."""
        assert self.process is not None
        return self.process.poll()

    def wait(self, seconds: float) -> int:
        """How it ended. Raises `AssertionError` with its log when it did not."""
        wait_for(lambda: self.status() is not None, seconds, lambda: f"{self.name}: {self.told}")
        return self.status() or 0

    def stop(self) -> bool:
        """SIGTERM as to a container, and SIGKILL to all of it after its grace; whether it ended by itself."""
        if self.process is None or self.status() is not None:
            return True
        if pid := self.pid:
            os.kill(pid, signal.SIGTERM)
        try:
            self.process.wait(self.grace)
            return True
        except subprocess.TimeoutExpired:
            self.process.kill()  # takes the first of the pids with it, and that one all the others
            self.process.wait()
            return False
