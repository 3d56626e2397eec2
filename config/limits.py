"""The bounds that belong to no app, each with its reason."""

#: pixels of an uploaded picture, read from its header before anything is decoded. The dearest of that size, a WebP with
#: transparency, costs 114 MiB for a moment, drawn anew and all; a PNG 60, a JPEG 44
PICTURE_PIXELS = 6_000_000
#: pixels of its longer side: one row of six million passes a bound on the area of a decoder that works by rows
PICTURE_SIDE = 8_192
#: scans of a JPEG: a progressive one has about ten, and each costs a pass over the whole picture
PICTURE_SCANS = 64
#: bytes of text and colour profile that a PNG may unpack to; none of it is kept
PICTURE_TEXT_BYTES = 1024 * 1024
#: seconds a picture waits for its turn: a process decodes one at a time, 0.1 to 1 s each
PICTURE_WAIT_S = 10

#: seconds in which a process writes one traceback of the same exception at the same place; whoever can cause one can
#: cause thousands, and they would push everything else out of a log that rotates
TRACEBACK_EVERY_S = 60.0

#: characters of a traceback, of a longer one the middle is left out; a recursion's has 148,000
TRACEBACK_CHARS = 16_000

#: places whose tracebacks are counted; the one that was silent longest is forgotten first
TRACEBACK_PLACES = 1_000
