"""One case as text."""

from benchmarks.gateway.report import number


def one_case(row: dict) -> str:
    """Everything about a case, for the terminal."""
    playing, entering = row["playing"], row["entering"]
    cpu = ", ".join(f"{kind} {100 * value:.0f} %" for kind, value in playing["cpu"].items())
    memory = ", ".join(f"{kind} {m['pss']:.0f} ({m['rss']:.0f})" for kind, m in row["memory"].items())
    while_entering = ", ".join(f"{kind} {value * entering['seconds']:.1f}" for kind, value in entering["cpu"].items())
    return "\n".join([
        f"== {row['players']} players, {row['rooms']} rooms of {row['size']}",
        f"entering: {entering['seconds']:.1f} s, {row['players'] / entering['seconds']:.0f} players/s, CPU s: {while_entering}"
        f"; {row['received_while_entering']:,} messages received; others used {entering['foreign']:.2f} cores",
        f"playing {playing['seconds']:.1f} s: {row['tries_per_s']:.0f} tries/s, {playing['room_turns_total']:.0f} turns/s, "
        f"{row['received_per_s']:,.0f} deliveries/s; answer to everyone p50 {number(row['p50_ms'])} ms, "
        f"p99 {number(row['p99_ms'])} ms of {row['measured']}; unshown tries to their author p99 {number(row['author_p99_ms'])} ms",
        f"CPU of a core: {cpu}; others used {playing['foreign']:.2f} cores",
        f"PSS (RSS) MiB: {memory}",
        f"lost events {row['lost']}, tries not everywhere {row['partly']}, errors {row['errors'] or 'none'}; "
        f"finished {row['finished']} of {row['rooms']} games, stored {row['games_stored']} with {row['results_stored']} results",
    ])  # fmt: skip
