"""The bounds of the questions' pictures, sounds and films, and of the zip that brings them, each with its reason."""

MIB = 1024 * 1024

#: bytes of a picture as it comes: six megapixels as PNG; it is drawn anew within 1600 x 1200
IMAGE_BYTES = 8 * MIB
#: bytes of a sound: a minute at 320 kbit/s is half of it, and a question has seconds
AUDIO_BYTES = 5 * MIB
#: bytes of a film: half a minute at 3 Mbit/s; fifty players who load it at once are 600 MiB, and nginx lets 16 in
VIDEO_BYTES = 12 * MIB
#: days that a file which no question names is kept: a quiz that drew it may still be running
MEDIA_KEPT_DAYS = 2

#: bytes of a pack's zip: it is read whole into memory, by an operator's command
ARCHIVE_BYTES = 128 * MIB
#: files in it: a pack of this size takes minutes to import
ARCHIVE_FILES = 2_000
#: bytes of all its files unpacked, as its directory says; no file may turn out longer than that
ARCHIVE_UNPACKED_BYTES = 256 * MIB
#: how many times smaller a file may be in the zip: texts shrink to a tenth, pictures hardly, a bomb to a thousandth
ARCHIVE_RATIO = 100
