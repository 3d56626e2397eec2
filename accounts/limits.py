"""The bounds of accounts, each with its reason. Rates (attempts in a time) are in the environment (config/env.py)."""

#: bytes of an uploaded avatar: a phone's photo, scaled by the client, is a tenth of it; nginx holds a bound as well
AVATAR_BYTES = 2 * 1024 * 1024
#: pixels of an uploaded avatar, read from its header before anything is decoded. Measured by `python -m
#: benchmarks.avatars`: the worst of that size costs 94 MiB (WebP with transparency), a PNG 54, a JPEG 24, for a moment
AVATAR_PIXELS = 6_000_000
#: pixels of its longer side: one row of 25,000,000 pixels passes a bound on the area of a decoder that works by rows
AVATAR_SIDE = 8_192
#: scans of a JPEG: a progressive one has about ten, and each costs a pass over the whole picture
AVATAR_SCANS = 64
#: bytes of text and colour profile that a PNG may unpack to; none of it is kept
AVATAR_TEXT_BYTES = 1024 * 1024
#: seconds an upload waits for its turn: a process decodes one picture at a time, 0.1 to 1 s each
AVATAR_WAIT_S = 2.0

#: seconds that a link which confirms an address works: whoever registers in the evening reads mail the next day
EMAIL_LINK_S = 3 * 24 * 3600
#: seconds between two mails that tell the owner of an address that somebody tried to use it: no mail bomb
EMAIL_TOLD_S = 24 * 3600
