"""What readers may be told about a figure."""

from enum import IntEnum


class State(IntEnum):
    """What readers are told about a figure. A later state tells less, and none goes back."""

    SHOWN = 0  # rounded
    FEWER = 1  # “fewer than k”: nought to k - 1
    HELD = 2  # “held back”: k or more
    LOOSE = 3  # “held back” as well, and it may be any number
