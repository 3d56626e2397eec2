"""How often one user may do what costs the server, or somebody else's mailbox, something."""

from rest_framework.request import Request

from accounts.api.throttles import AccountThrottle, AddressThrottle, WindowThrottle


class UserThrottle(WindowThrottle):
    """By the user whose token it is."""

    kind = "user"

    def counted(self, request: Request) -> str | None:
        """His id."""
        return str(request.user.pk)


class AvatarByUser(UserThrottle):
    scope = "avatar"


class EmailByUser(UserThrottle):
    scope = "email"


class EmailByMailbox(AccountThrottle):
    """By the address that is asked for: many users together must not flood a stranger."""

    scope, field = "mailbox", "email"


class ConfirmByAddress(AddressThrottle):
    scope = "email_confirm"
