"""Latencies out of what the bots received: from a try's sending to the last member's receipt of it."""

from benchmarks.playing.wire import Reading


class Tally:
    """Tries by their stamp. Settle it when all is quiet: a try is counted once all members of the room have it."""

    def __init__(self, room_size: int) -> None:
        self.room_size = room_size
        self.deliveries = 0
        self._shown: dict[int, list[float]] = {}
        self._own: dict[int, float] = {}
        self._right: list[float] = []

    def add(self, reading: Reading, sent_right: dict[int, float]) -> None:
        """Take in one reading with how many got it and when."""
        self.deliveries += reading.messages * reading.members
        for key, right in reading.tries:
            if right:
                if reading.members == self.room_size and key in sent_right:
                    self._right.append(reading.got - sent_right[key])
                continue
            seen = self._shown.setdefault(key, [0, 0.0])
            seen[0] += reading.members
            seen[1] = max(seen[1], reading.got)
        for key in reading.own:
            self._own[key] = reading.got

    def everyone_ms(self) -> list[float]:
        """Sorted: ms from sending a try to its receipt by the last member of its room."""
        times = [got - stamp / 1e6 for stamp, (members, got) in self._shown.items() if members >= self.room_size]
        return sorted(1000 * time for time in times + self._right if time > 0)

    def partly(self) -> int:
        """Tries that some members have and some not: 0 when all is quiet."""
        return sum(0 < members < self.room_size for members, _ in self._shown.values())

    def author_ms(self) -> list[float]:
        """Sorted: ms from sending a try that a large room does not show to the others to its author's own receipt."""
        return sorted(1000 * (got - stamp / 1e6) for stamp, got in self._own.items())


def share(ordered: list[float], part: float) -> float | None:
    """The percentile `part` (0 to 1) of ordered values; None of none."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else None
