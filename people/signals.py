"""What the first floor tells the floors above it, which it does not know."""

from django.dispatch import Signal

# A person is about to be erased, in the transaction of it: ``person`` and ``actor``. Whoever has
# to put something right for others (a place that comes free) does it now, and tells them nothing.
person_erased = Signal()

# Somebody leaves the pool or died: ``person``, ``actor`` and ``channel``. Sent inside the
# transaction before the row of the person is held, as a brief is always held first. Whoever hears
# it ends what the person is in, and tells them nothing.
person_gone = Signal()

# A young person, or an adult for them, agreed, changed their mind, or grew up: whoever holds
# something that depends on it looks again, in the same transaction. Sent with ``person`` (a row)
# and ``actor`` (a user, or None for the system).
agreement_changed = Signal()
