"""The bounds of the rooms' Django side, each with its reason."""

#: open rooms a user may sit in; each costs Redis a state and the user's sockets its events
ROOMS_PER_USER = 20

#: numbered lobbies that whoever enters without saying a name may come into, when the first are full: that many rooms
#: can't be filled by a few accounts that sit in ROOMS_PER_USER each
LOBBIES = 200

#: share of Redis' maxmemory from which on no room is made: what is left is for the games that run, whose turns could
#: not be stored any more if it were full
MEMORY_SHARE = 0.9

#: closed rooms archived in one transaction: a tenth of a second in which SQLite lets nobody else write
ARCHIVE_BATCH = 500
#: such transactions in one run of the task, which comes every hour: 240,000 rooms a day
ARCHIVE_BATCHES = 20

#: rooms looked for by their code, by one user: with a hundred rooms open, who guesses finds one in three weeks
CODES_EACH_MINUTE = 20

#: uses of an owner's powers at once, and seconds till one more: each is told to all in the room, and may be a query
#: and a draw of fifty questions (new options)
MANAGING_BURST = 20
MANAGING_EVERY_S = 1

#: bytes of the body of a command over REST, as at the gateway: a whole fleet of ships is 300
PLAY_BYTES = 4096

#: bytes of JSON that a client may want others to know of its player (PROTOCOL.md)
PLAYER_BYTES = 1024

#: seconds a request waits for the room's turn. A healthy one takes milliseconds; a room whose gateway was killed
#: waits for its lease to run out
WAIT_S = 3.0

#: seconds that entering by name waits for a room that somebody else is just making: a little more than that one waits
ENTER_WAIT_S = 4.0

#: tries of storing an outcome before it is put aside for an operator; one second apart (config.settings.schedule)
OUTCOME_TRIES = 5

#: seconds after which a room that never opened counts as left behind by a process that died in the middle
OPENING_S = 60

#: seconds after which a room that waits for players is closed if nobody entered meanwhile: longer than any evening, and
#: its members may all be offline without having left
WAITING_S = 43_200

#: passwords of one private room that a user may try in one window: four random letters then last for weeks
GUESSES = 10
#: seconds of that window
GUESSES_S = 60
