"""What other apps want to know of accounts, which know nothing of them."""

from django.dispatch import Signal

#: (user): an operator has shut them out; sent inside the transaction
user_banned = Signal()
