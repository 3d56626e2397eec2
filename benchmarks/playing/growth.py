"""placeholder"""

CASES = [(100, 10)]


def write(out): ...
