"""Who takes part: how each peer is started, what its client says to be ready, how its events look on Redis."""

from dataclasses import dataclass, field

from .build import HERE
from .machine import TMP

PYTHON, NODE = str(TMP / "venv/bin/python"), "node"
PEERS_DIR = HERE / "peers"

AUTH = r'send:["{\"type\":\"auth\",\"user\":{i}}"]'
SOCKJS = ["--path", "/ws/000/{rand}{rand}/websocket", "--step", "expect:o", "--step", AUTH, "--step", "expect:ready"]
SOCKET_IO = ["--path", "/socket.io/?EIO=4&transport=websocket", "--eio", "--step", "expect:0{", "--step", "send:40",
             "--step", "expect:40{", "--step", 'send:42["join",{i}]', "--step", "expect:ready"]  # fmt: skip
PLAIN = ["--path", "/", "--step", 'send:{"type":"auth","user":{i}}', "--step", "expect:ready"]
CHANNELS = ["--path", "/ws/?user={i}", "--step", "expect:ready"]
CENTRIFUGE = ["--path", "/ws?user={i}", "--step", 'send:{"id":1,"params":{}}', "--step", 'expect:"client"']
OURS_CONNECT = r'send:["{\"action\":\"connect\",\"id\":{i},\"name\":\"U\",\"token\":\"bench-token-{i}\"}"]'
OURS = [
    "--path",
    "/ws/000/{rand}{rand}/websocket",
    "--step",
    "expect:o",
    "--step",
    OURS_CONNECT,
    "--step",
    "expect:connected",
]
#: arguments of the project's own Python
OURS_COMMAND = ["-m", "wsgateway"]
UVICORN = [PYTHON, "-m", "uvicorn", "--host", "127.0.0.1", "--port", "{port}", "--log-level", "warning", "--no-access-log",
           "--backlog", "4096", "--app-dir", str(PEERS_DIR)]  # fmt: skip


@dataclass(frozen=True)
class Peer:
    """One server to measure. `wire` names the publisher's dialect, `needs` what build.py may report missing."""

    command: list[str]
    steps: list[str]
    wire: str = "plain"
    needs: str = ""
    #: a text that stands once in every announcement of a join
    joined: str = "U@"
    #: what the server finds in its environment besides
    env: dict[str, str] = field(default_factory=dict)


def _script(name: str) -> list[str]:
    return [PYTHON, str(PEERS_DIR / name), "{port}", "{redis}"]


def _node(name: str) -> list[str]:
    return [NODE, str(PEERS_DIR / name), "{port}", "{redis}"]


PEERS: dict[str, Peer] = {
    "c_limit": Peer([str(TMP / "bin/climit"), "{port}", "300"], ["--path", "/", "--step", "expect:ready"]),
    "ours": Peer(OURS_COMMAND, OURS, "ours", joined="someone_connected"),
    "ours_x2": Peer(OURS_COMMAND, OURS, "ours", joined="someone_connected"),
    "sockjs_tornado": Peer(_script("sockjs_naive.py"), SOCKJS),
    "channels_uvicorn": Peer([*UVICORN, "channels_asgi:application"], CHANNELS, "channels"),
    "channels_daphne": Peer([PYTHON, "-m", "daphne", "-b", "127.0.0.1", "-p", "{port}", "-v", "0", "channels_asgi:application"], CHANNELS, "channels"),
    "python_socketio": Peer([*UVICORN, "pysio_asgi:application"], SOCKET_IO, "pysio"),
    "websockets": Peer(_script("py_websockets.py"), PLAIN, "rooms"),
    "socket_io": Peer(_node("node_sio.js"), SOCKET_IO, "node_sio", "node"),
    "ws": Peer(_node("node_ws.js"), PLAIN, "rooms", "node"),
    "sockjs_node": Peer(_node("node_sockjs.js"), SOCKJS, "rooms", "node"),
    "centrifuge": Peer([str(TMP / "bin/centrifuge"), "{port}", "{redis}"], CENTRIFUGE, "centrifuge", "go"),
}  # fmt: skip
