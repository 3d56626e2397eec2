"""Connects per second as bars, the restarts as bands: an SVG without a library."""

from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 960, 320, 56, 40, 44


def chart(per_second: Sequence[int], restarts: Sequence[tuple[float, float]], title: str) -> str:
    """`per_second[i]`: connects in second i; `restarts`: (SIGTERM, ready again), seconds."""
    top = max(max(per_second, default=0), 10)
    step = (WIDTH - LEFT - 16) / max(1, len(per_second))
    scale = (HEIGHT - TOP - BOTTOM) / top
    floor = HEIGHT - BOTTOM
    bands = "".join(
        f'<rect x="{LEFT + begin * step:.1f}" y="{TOP}" width="{(end - begin) * step:.1f}" height="{floor - TOP}" '
        f'fill="#f3d9c9"/><text x="{LEFT + begin * step + 3:.1f}" y="{TOP - 6}">restart {n}</text>'
        for n, (begin, end) in enumerate(restarts, 1)
    )
    bars = "".join(
        f'<rect x="{LEFT + i * step + 0.5:.1f}" y="{floor - count * scale:.1f}" width="{max(0.5, step - 1):.1f}" '
        f'height="{count * scale:.1f}" fill="#2f6f8f"/>'
        for i, count in enumerate(per_second)
    )
    lines = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - 16}" y1="{floor - mark * scale:.1f}" y2="{floor - mark * scale:.1f}" '
        f'stroke="#bbb" stroke-dasharray="2 4"/><text x="{LEFT - 6}" y="{floor - mark * scale + 4:.1f}" '
        f'text-anchor="end">{mark:.0f}</text>'
        for mark in (0, top / 2, top)
    )
    ticks = "".join(
        f'<text x="{LEFT + second * step:.1f}" y="{floor + 18}" text-anchor="middle">{second} s</text>'
        for second in range(0, len(per_second) + 1, 10)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/><text x="{LEFT}" y="18" font-size="14">{title}</text>'
        f"{bands}{lines}{bars}{ticks}</svg>\n"
    )
