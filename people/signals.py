"""The one thing that the first floor tells the floors above."""

from django.dispatch import Signal

# A person is about to be erased, in the transaction of it: ``person`` and ``actor``. Whoever has
# to put something right for others (a place that comes free) does it now, and tells them nothing.
person_erased = Signal()
