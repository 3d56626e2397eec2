"""Why the gateway closes a socket.

The range says whether to come back: 3000-3499 and 4000-4499 come back later, with jitter; 3500-3999 and 4500-4999 don't
come back. Codes below 3000 are WebSocket's and SockJS's own.
"""

GOING_AWAY = 3001
SLOW_CONSUMER = 3008
NO_CONNECT = 4008
TOO_MANY_MESSAGES = 4029
UNAUTHORIZED = 4500
LOGGED_OUT = 4501
BANNED = 4503
TOO_MANY_SOCKETS = 4509

MEANINGS: dict[int, str] = {
    GOING_AWAY: "The gateway is shutting down; the reason is `delay=<ms>`: come back after that time.",
    SLOW_CONSUMER: "The client read too slowly and what waited for it grew too large; come back and sync.",
    NO_CONNECT: "No `connect` came in time.",
    TOO_MANY_MESSAGES: "Too many messages, or too many that were wrong.",
    UNAUTHORIZED: "The token is not valid, not this user's, or has expired.",
    LOGGED_OUT: "The token was revoked: logged out, or the password was changed.",
    BANNED: "An operator has shut this user out.",
    TOO_MANY_SOCKETS: "The user has too many sockets open.",
}
