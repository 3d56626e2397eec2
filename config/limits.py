"""The bounds that belong to no app, each with its reason."""

#: seconds in which a process writes one traceback of the same exception at the same place; whoever can cause one can
#: cause thousands, and they would push everything else out of a log that rotates
TRACEBACK_EVERY_S = 60.0

#: characters of a traceback, of a longer one the middle is left out; a recursion's has 148,000
TRACEBACK_CHARS = 16_000

#: places whose tracebacks are counted; the one that was silent longest is forgotten first
TRACEBACK_PLACES = 1_000
