"""Live rooms: one actor a room, its state in Redis, run by any gateway. No Django.

A command's way: `client` or `runner` append it (scripts/submit.lua) -> whoever gets the lease drains (`drain`) ->
`turn` runs the room's own commands (`membership`) and the game's (`game`) on a `draft` -> `commits` packs the draft
-> scripts/commit.lua stores, logs, publishes, answers and sets the timer, at once or not at all. `sync` reads it back.
"""
