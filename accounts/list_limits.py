"""The bounds of operators' lists (accounts/admin_lists.py), each with its reason."""

#: rows of a list that can be paged through, and that are counted: two hundred pages, which nobody turns; older rows are
#: found by a filter, a date or a search
ROWS_MAX = 10_000

#: rows that one kind of search may find: twenty pages of what was meant, and one look at the index
FOUND_MAX = 1_000

#: users whose rows a search for a player's name shows: more would be a name that is not typed yet
USERS_FOUND_MAX = 100

#: rows below a room or a game that stand on one page of it: a room of a thousand has a thousand memberships
INLINE_ROWS = 50
