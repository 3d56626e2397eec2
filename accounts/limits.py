"""The bounds of accounts, each with its reason. The rates by address are in the environment (`THROTTLE_*`).

A rate is a bucket (`config/rates.py`): so many at once, then evenly so many in the time.
"""

#: wrong passwords for an account at a place of its own: an address or browser that has logged in to it before. Counted
#: for each of these places apart, and strangers' wrong ones never count there
OWN_PLACE_RATE = "40/hour after 20"

#: wrong old passwords of an account, typed by whoever holds one of its tokens: a thief of a token gets no further
OLD_PASSWORD_RATE = "10/hour"

#: reset mails to one address; the last one's link is still good when the next one is not sent, so nobody is refused
RESET_MAIL_RATE = "6/hour after 3"

#: addresses remembered of an account as its own, the latest; home, work, school, a phone's, and pubs
PLACES = 20
#: days that an address or a browser stays known without a login from it
PLACE_DAYS = 180
#: accounts that one browser is remembered to have logged in to; a family's tablet
DEVICE_USERS = 10

#: KiB that hashing one password takes (Django's measure for Argon2)
ARGON2_KIB = 102_400
#: passwords that one process hashes at the same time, so all of uWSGI together take WEB_PROCESSES times 100 MiB
ARGON2_AT_ONCE = 1
#: requests of one process that wait for their turn; with the one that hashes they take 5 of its 8 threads, and three
#: are left for everybody else
ARGON2_WAITING = 4
#: seconds that such a request waits at most; a turn takes about 0.1 s
ARGON2_WAIT_S = 5.0
#: seconds after which somebody who found the queue full may come back
ARGON2_RETRY_S = 2

#: guesses that a password must stand, as zxcvbn counts them: an account takes about a million a year from strangers,
#: so this is thirty years
PASSWORD_GUESSES = 30_000_000
#: first characters of a password that zxcvbn looks at: its time grows steeply (24 of the worst take half a second at
#: most), and what is strong so far stays strong
PASSWORD_LOOKED_AT = 24

#: one-time codes that let an operator in whose phone is lost
RECOVERY_CODES = 10

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
