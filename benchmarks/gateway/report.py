"""RESULTS.json -> RESULTS.md and bar charts (SVG): medians over rounds, ratios within the run, the issue's figures."""

import json
import statistics
from collections.abc import Callable
from pathlib import Path

Row = tuple[str, float | None, str, float, bool]
Measured = Callable[["Results"], float | None]


class Results:
    """Medians by (peer, case, number), whatever group of cases they were measured in."""

    def __init__(self, path: Path) -> None:
        self.raw = json.loads(path.read_text())
        self.rows: dict[tuple[str, str], list[dict]] = {}
        for peers in self.raw["results"].values():
            for peer, rounds in peers.items():
                for numbers in rounds:
                    for case, row in numbers.items():
                        if isinstance(row, dict):
                            self.rows.setdefault((peer, case), []).append(row)

    def median(self, peer: str, case: str, number: str) -> float | None:
        values = [row[number] for row in self.rows.get((peer, case), []) if row.get(number) is not None]
        return statistics.median(values) if values else None

    def ratio(self, case: str, number: str, over: str, ours: str = "ours") -> float | None:
        a, b = self.median(ours, case, number), self.median(over, case, number)
        return a / b if a and b else None

    def peers(self, case: str) -> list[str]:
        return [peer for peer, name in self.rows if name == case]

    def lost(self) -> list[str]:
        return sorted({f"{peer}/{case}: {row['deliveries']} of {row['expected']}" for (peer, case), rows in self.rows.items()
                       for row in rows if row.get("expected") and row["deliveries"] != row["expected"]})  # fmt: skip

    def errors(self) -> list[str]:
        return sorted(
            {
                f"{peer}: {n['error']}"
                for peers in self.raw["results"].values()
                for peer, rounds in peers.items()
                for n in rounds
                if "error" in n
            }
        )


def over(case: str, what: str, peer: str, ours: str = "ours") -> Measured:
    """Ours divided by a peer's."""
    return lambda r: r.ratio(case, what, peer, ours)


def plain(case: str, what: str) -> Measured:
    """Ours as it is."""
    return lambda r: r.median("ours", case, what)


def over_the_better(case: str, what: str, *peers: str) -> Measured:
    """Ours divided by the highest of the peers'."""

    def measured(r: Results) -> float | None:
        mine, theirs = r.median("ours", case, what), [r.median(peer, case, what) for peer in peers]
        best = max((value for value in theirs if value), default=None)
        return mine / best if mine and best else None

    return measured


STOCK = "sockjs_tornado"
#: every figure asked of the gateway: what, how it is got, at most or at least, the bound
FIGURES: list[tuple[str, Measured, str, float]] = [
    ("CPU per delivery, 20 broadcasts/s, to C limit", over("paced", "cpu_us", "c_limit"), "<=", 1.30),
    ("CPU per delivery, 20 broadcasts/s, to ws", over("paced", "cpu_us", "ws"), "<=", 0.75),
    ("CPU per delivery, 20 broadcasts/s, to centrifuge", over("paced", "cpu_us", "centrifuge"), "<=", 0.65),
    ("p99 latency in that case, to C limit", over("paced", "p99_ms", "c_limit"), "<=", 1.5),
    ("p99 latency in that case, to ws", over("paced", "p99_ms", "ws"), "<=", 0.75),
    ("broadcast burst, x stock sockjs-tornado", over("burst", "per_second", STOCK), ">=", 50),
    ("broadcast burst, x centrifuge", over("burst", "per_second", "centrifuge"), ">=", 4),
    ("single-user burst, x stock", over("user", "per_second", STOCK), ">=", 4),
    ("single-user burst, x the better of ws and centrifuge", over_the_better("user", "per_second", "ws", "centrifuge"), ">=", 1.5),
    ("room of 1,000 burst, x stock", over("room", "per_second", STOCK), ">=", 35),
    ("room of 1,000 burst, x centrifuge", over("room", "per_second", "centrifuge"), ">=", 1.5),
    ("KiB per idle connection at 5,000", plain("memory_many", "kib"), "<=", 8),
    ("memory per connection at 5,000, to ws", over("memory_many", "kib", "ws"), "<=", 0.7),
    ("CPU per connect, to stock without token check and presence", over("connect", "cpu_us", STOCK), "<=", 0.75),
    ("1,000 connects announced: settled, to stock", over("storm_100", "settled_s", STOCK), "<=", 1 / 40),
    ("1,000 connects announced: settled, to ws", over("storm_100", "settled_s", "ws"), "<=", 1 / 6),
    ("2,000 connects two at a time: frames / (N^2/2)", plain("storm_2", "frames_share"), "<=", 0.03),
    ("2,000 connects two at a time: settled after the last is ready, ms", plain("storm_2", "after_ready_ms"), "<=", 250),
    ("two processes behind nginx, CPU per delivery to one process", over("paced", "cpu_us", "ours", "ours_x2"), "<=", 1.1),
    ("xhr-streaming burst at 1,000, x stock", over("streaming_burst", "per_second", STOCK), ">=", 3),
    ("xhr-polling burst at 1,000, x stock", over("polling_burst", "per_second", STOCK), ">=", 1),
]  # fmt: skip


def figures(r: Results) -> list[Row]:
    """(what, measured, at most/least, bound, whether it holds) for every figure."""
    rows = []
    for what, measured, sign, bound in FIGURES:
        value = measured(r)
        holds = value is not None and (value <= bound if sign == "<=" else value >= bound)
        rows.append((what, value, sign, bound, holds))
    return rows


def number(x: float | None) -> str:
    """A number as a reader wants it: 1,234,567, 12.3, 0.024; `-` for none."""
    if x is None:
        return "-"
    return f"{x:,.0f}" if abs(x) >= 1000 else f"{x:.3g}"


CASES = {
    "paced": ("Spaced broadcasts (nothing to batch)", ["cpu_us", "p50_ms", "p99_ms"]),
    "burst": ("Broadcast burst", ["per_second", "cpu_us", "p99_ms"]),
    "user": ("Single users, burst", ["per_second", "cpu_us", "p99_ms"]),
    "room": ("Room of 1,000, burst", ["per_second", "cpu_us", "p99_ms"]),
    "connect": ("Connecting", ["cpu_us", "seconds"]),
    "memory": ("Memory per idle connection, KiB", ["kib"]),
    "memory_many": ("Memory per idle connection with many, KiB", ["kib"]),
    "storm_100": ("Connect storm, every join announced to all", ["settled_s", "frames", "cpu_s"]),
    "storm_2": ("Connects two at a time, every join announced to all", ["settled_s", "after_ready_ms", "frames_share"]),
    "streaming_burst": ("xhr-streaming, broadcast burst", ["per_second", "cpu_us"]),
    "streaming_paced": ("xhr-streaming, spaced broadcasts", ["cpu_us", "p99_ms"]),
    "polling_burst": ("xhr-polling, broadcast burst", ["per_second", "cpu_us"]),
    "polling_paced": ("xhr-polling, spaced broadcasts", ["cpu_us", "p99_ms"]),
}
#: case and number each chart shows, and whether more is better
CHARTS = [
    ("paced", "cpu_us", False),
    ("burst", "per_second", True),
    ("user", "per_second", True),
    ("room", "per_second", True),
    ("memory_many", "kib", False),
    ("storm_100", "settled_s", False),
]


def case_table(r: Results, case: str) -> list[str]:
    """A Markdown table of one case, peers in order of the first number."""
    title, numbers = CASES[case]
    peers = sorted(set(r.peers(case)), key=lambda p: r.median(p, case, numbers[0]) or 0)
    if not peers:
        return []
    lines = [f"### {title}", "", "| peer | " + " | ".join(numbers) + " |", "| --- |" + " --- |" * len(numbers)]
    lines += [f"| {p} | " + " | ".join(number(r.median(p, case, n)) for n in numbers) + " |" for p in peers]
    return [*lines, ""]


def bar_chart(title: str, values: dict[str, float], note: str) -> str:
    """A horizontal bar chart as SVG text; ours stands out."""
    top, height = max(values.values()) or 1, 26
    rows = []
    for i, (name, value) in enumerate(values.items()):
        y, width = 44 + i * height, max(2.0, 420 * value / top)
        colour = "#e4572e" if name.startswith("ours") else "#7a8ca3"
        rows.append(f'<text x="150" y="{y + 14}" text-anchor="end">{name}</text><rect x="160" y="{y}" width="{width:.0f}" height="18" rx="3" fill="{colour}"/>'
                    f'<text x="{166 + width:.0f}" y="{y + 14}">{number(value)}</text>')  # fmt: skip
    full = 44 + len(values) * height + 10
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {full}" font-family="system-ui,sans-serif" font-size="13" fill="#222">'
    return f'{head}<rect width="680" height="{full}" fill="#fff"/><text x="12" y="20" font-size="15" font-weight="600">{title}</text><text x="12" y="37" fill="#667">{note}</text>{"".join(rows)}</svg>\n'


def write_charts(r: Results, folder: Path) -> list[str]:
    """One SVG a chart; the answer is their Markdown lines."""
    lines = []
    for case, what, more in CHARTS:
        values = {p: v for p in dict.fromkeys(r.peers(case)) if (v := r.median(p, case, what)) is not None}
        if values:
            ordered = dict(sorted(values.items(), key=lambda item: item[1], reverse=more))
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{case}.svg").write_text(
                bar_chart(CASES[case][0], ordered, f"{what}, {'more' if more else 'less'} is better")
            )
            lines.append(f"![{CASES[case][0]}]({folder.name}/{case}.svg)")
    return lines


def write(out: Path) -> None:
    """Write RESULTS.md and charts/ from RESULTS.json in `out`."""
    r = Results(out / "RESULTS.json")
    rounds = max((len(v) for peers in r.raw["results"].values() for v in peers.values()), default=0)
    lines = [
        "# Gateway benchmark",
        "",
        f"Made by `benchmarks/gateway/run` on {r.raw.get('date', 'an unknown day')}, {r.raw['machine']}; medians of {rounds} rounds, took {r.raw['took_s']} s.",
        "",
    ]
    begun = sorted(set(r.raw["measured"].values()))
    if len(begun) > 1:
        apart = (f"{at}: {', '.join(c for c, then in r.raw['measured'].items() if then == at)}" for at in begun)
        lines += [f"Measured apart (UTC): {'; '.join(apart)}.", ""]
    lines += ["## Figures", "", "| figure | measured | bound | holds |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {what} | {number(value)} | {sign} {number(bound)} | {'yes' if ok else '**no**' if value is not None else 'not measured'} |"
        for what, value, sign, bound, ok in figures(r)
    ]
    lines += [
        "",
        f"Lost deliveries: {'; '.join(r.lost()) or 'none'}. Errors: {'; '.join(r.errors()) or 'none'}. Peers that could not be had: {r.raw['absent'] or 'none'}.",
        "",
    ]
    foreign = [row["foreign_cores"] for rows in r.rows.values() for row in rows if "foreign_cores" in row]
    if foreign:
        lines += [
            f"Other processes' CPU while measuring: median {statistics.median(foreign):.2f}, worst {max(foreign):.2f} of a core.",
            "",
        ]
    lines += [*write_charts(r, out / "charts"), "", "## All cases", ""]
    for case in CASES:
        lines += case_table(r, case)
    (out / "RESULTS.md").write_text("\n".join(lines))
