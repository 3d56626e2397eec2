"""What the platform says over the wire, in both directions and between its own processes. Pure; the only part of the
gateway that Django, the live rooms and the games import. A game's own messages are in its `protocol.py`."""
