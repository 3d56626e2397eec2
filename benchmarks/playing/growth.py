"""PLAYERS.json -> PLAYERS.md and charts: the cases as a table, and how cost grows, as exponents and log-log lines."""

import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.gateway.report import bar_chart, number

#: (players, rooms) of `--sweep`: more players in rooms of 10, one room of more and more, 500 players in rooms of other sizes
CASES = [(100, 10), (500, 50), (2000, 200), (125, 1), (250, 1), (500, 1), (1000, 1), (500, 250), (500, 10)]

Row = dict
Points = list[tuple[float, float]]
SERVERS = ("nginx", "uWSGI", "gateway", "Redis", "PostgreSQL", "Celery")


def cpu(row: Row, phase: str, kind: str = "") -> float:
    """Cores that the product used in a phase, the bots left out; `kind`: of processes whose name begins so."""
    return sum(value for name, value in row[phase]["cpu"].items() if name != "bots" and name.startswith(kind))


def seconds_of(row: Row, phase: str) -> float:
    """CPU seconds of the product in a phase."""
    return cpu(row, phase) * row[phase]["seconds"]


def exponent(points: Points) -> float:
    """b of y = a x^b, by least squares on the logarithms."""
    logs = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    mx, my = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    return sum((x - mx) * (y - my) for x, y in logs) / sum((x - mx) ** 2 for x, _ in logs)


def fitted(rows: Iterable[Row], x: str, y: Callable[[Row], float]) -> Points:
    """(x, y) of the rows in order of x."""
    return sorted((float(row[x]), y(row)) for row in rows)


def series(measured: dict) -> dict[str, dict[str, Points]]:
    """Chart -> line -> points. CPU is without what the idle product uses."""
    rows, idle = measured["cases"], measured["idle_cores"]
    tens = [row for row in rows if row["size"] == 10]
    one = [row for row in rows if row["rooms"] == 1]
    sizes = [row for row in rows if row["players"] == 500]
    playing: Callable[[Row], float] = lambda row: 1000 * (cpu(row, "playing") - idle)  # noqa: E731
    entering: Callable[[Row], float] = lambda row: seconds_of(row, "entering") - idle * row["entering"]["seconds"]  # noqa: E731
    gateways: Callable[[Row], float] = lambda row: cpu(row, "entering", "gateway") * row["entering"]["seconds"]  # noqa: E731
    received: Callable[[Row], float] = lambda row: row["received_per_s"]  # noqa: E731
    lines = {
        "players": ("players", tens, {"playing: ms of CPU a second": playing, "entering: s of CPU": entering,
                                      "deliveries a second": received}),
        "room": ("players", one, {"playing: ms of CPU a second": playing, "entering: s of CPU": entering,
                                  "entering: s of CPU, gateways alone": gateways, "deliveries a second": received}),
        "size": ("size", sizes, {"playing: ms of CPU a second": playing, "entering: s of CPU": entering,
                                 "deliveries a second": received}),
    }  # fmt: skip
    return {
        chart: {line: fitted(chosen, x, y) for line, y in many.items()} for chart, (x, chosen, many) in lines.items()
    }


TITLES = {
    "players": ("More players, in rooms of 10 (so more rooms)", "players"),
    "room": ("One room, more members, everybody types", "members"),
    "size": ("500 players in rooms of other sizes", "players in a room"),
}
COLOURS = ("#e4572e", "#2e86ab", "#4a7c59", "#8d6a9f")


def line_chart(title: str, label: str, lines: dict[str, Points]) -> str:
    """Log-log lines as SVG text, each with its exponent."""
    xs = [x for points in lines.values() for x, _ in points]
    ys = [y for points in lines.values() for _, y in points if y > 0]
    left, right = math.log10(min(xs)) - 0.05, math.log10(max(xs)) + 0.05
    low, high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    place_x: Callable[[float], float] = lambda x: 70 + 560 * (math.log10(x) - left) / (right - left)  # noqa: E731
    place_y: Callable[[float], float] = lambda y: 330 - 280 * (math.log10(y) - low) / (high - low)  # noqa: E731
    parts = [f'<text x="12" y="22" font-size="15" font-weight="600">{title}</text>']
    for power in range(low, high + 1):
        y = place_y(10.0**power)
        parts.append(f'<path d="M70 {y:.0f}H630" stroke="#dde"/><text x="62" y="{y + 4:.0f}" text-anchor="end">{10.0**power:,g}</text>')  # fmt: skip
    for x in sorted(set(xs)):
        parts.append(f'<text x="{place_x(x):.0f}" y="348" text-anchor="middle">{x:,.0f}</text>')
    parts.append(f'<text x="350" y="366" text-anchor="middle" fill="#667">{label}</text>')
    for index, (name, points) in enumerate(lines.items()):
        colour = COLOURS[index % len(COLOURS)]
        path = " ".join(f"{place_x(x):.0f},{place_y(y):.0f}" for x, y in points if y > 0)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        y = 388 + 19 * index
        parts.append(f'<rect x="70" y="{y - 10}" width="14" height="10" fill="{colour}"/><text x="90" y="{y}">{name}: grows with the power {exponent(points):.2f}</text>')  # fmt: skip
    height = 394 + 19 * len(lines)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {height}" font-family="system-ui,sans-serif" font-size="13" fill="#222">'
    return f'{head}<rect width="680" height="{height}" fill="#fff"/>{"".join(parts)}</svg>\n'


def case_rows(rows: list[Row]) -> list[str]:
    """The cases as Markdown: what was played, how fast it was, what was lost."""
    lines = [
        "| players x rooms | tries/s | turns/s | deliveries/s | answer to everyone p50, p99 ms | lost | games stored | results |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        lines.append(
            f"| {row['players']:,} in {row['rooms']:,} of {row['size']:,} | {number(row['tries_per_s'])} "
            f"| {number(row['playing']['room_turns_total'])} | {number(row['received_per_s'])} "
            f"| {number(row['p50_ms'])}, {number(row['p99_ms'])} | {row['lost'] + row['partly']} "
            f"| {row['games_stored']} of {row['rooms']} | {row['results_stored']:,} of {row['players']:,} |"
        )
    return lines


def cpu_rows(rows: list[Row], phase: str) -> list[str]:
    """CPU by kind of process: playing as % of a core, entering as ms a player."""
    lines = [f"| players x rooms | {' | '.join(SERVERS)} | all | bots | others' | ", "| --- |" + " --- |" * 9]
    for row in rows:
        scale = 100.0 if phase == "playing" else 1000 * row[phase]["seconds"] / row["players"]
        kinds = [number(scale * cpu(row, phase, kind)) for kind in SERVERS]
        rest = [scale * cpu(row, phase), scale * row[phase]["cpu"]["bots"], 100 * row[phase]["foreign"]]
        lines.append(f"| {row['players']:,} in {row['rooms']:,} | {' | '.join([*kinds, *map(number, rest)])} |")
    return lines


def memory_rows(rows: list[Row]) -> list[str]:
    """PSS and RSS by kind, MiB."""
    kinds = list(rows[0]["memory"])
    lines = [f"| players x rooms | {' | '.join(kinds)} |", "| --- |" + " --- |" * len(kinds)]
    for row in rows:
        cells = [f"{row['memory'][kind]['pss']:.0f} ({row['memory'][kind]['rss']:.0f})" for kind in kinds]
        lines.append(f"| {row['players']:,} in {row['rooms']:,} | {' | '.join(cells)} |")
    return lines


def write(out: Path) -> None:
    """PLAYERS.md and charts/players-*.svg from PLAYERS.json in `out`."""
    measured = json.loads((out / "PLAYERS.json").read_text())
    rows, charts = measured["cases"], out / "charts"
    charts.mkdir(exist_ok=True)
    lines = [
        "# The whole path: bots that play", "",
        f"Made by `{measured['command']}` on {measured['date']}, {measured['machine']}; {measured['gateways']} gateways, "
        f"each case played {measured['seconds']:.0f} s, the whole took {measured['took_s']} s.", "",
        "nginx, uWSGI, gateways, Redis, Celery and PostgreSQL as bin/run starts them; users and tokens are written in bulk "
        "(over REST, Argon2 would be all one measures). Bots speak raw WebSocket through nginx, enter by the socket and type "
        "a try every 3 s each; a round takes some 6 s. *Answer to everyone*: from a bot's sending to the receipt by the last "
        "member of its room; rooms above 50 move in steps of 100 ms. *Lost*: gaps in `v`, and tries that some members have "
        "and others don't. The client and everything it measures share the machine's cores; where *others'* (% of a core "
        "used by strangers) is not near 0, believe CPU and not times.", "",
        *case_rows(rows), "", "## CPU while playing, % of a core", "", *cpu_rows(rows, "playing"), "",
        f"The idle product uses {100 * measured['idle_cores']:.1f} %.", "",
        "## CPU while entering, ms a player", "", *cpu_rows(rows, "entering"), "",
        "## Memory while playing, PSS (RSS) MiB", "", *memory_rows(rows), "", "## Growth", "",
        "Exponents, least squares on logarithms; 1 is linear. CPU is the whole product's, less what it uses when idle.", "",
        "| | " + " | ".join(["CPU playing", "CPU entering", "deliveries/s"]) + " |", "| --- | --- | --- | --- |",
    ]  # fmt: skip
    for name, many in series(measured).items():
        title, label = TITLES[name]
        shown = [exponent(many[line]) for line in ("playing: ms of CPU a second", "entering: s of CPU", "deliveries a second")]  # fmt: skip
        lines.append(f"| {title} | {' | '.join(f'{value:.2f}' for value in shown)} |")
        (charts / f"players-{name}.svg").write_text(line_chart(title, label, many))
    kinds = {f"{row['players']:,} in {row['rooms']:,}": 100 * cpu(row, "playing") for row in rows}
    (charts / "players-cpu.svg").write_text(bar_chart("CPU of the whole product while playing", kinds, "% of a core"))
    lines += ["", *(f"![{name}](charts/players-{name}.svg)" for name in (*TITLES, "cpu")), ""]
    lines.append((Path(__file__).parent / "findings.md").read_text())
    (out / "PLAYERS.md").write_text("\n".join(lines))
