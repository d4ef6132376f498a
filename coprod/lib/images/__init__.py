"""Pictures from strangers, made safe: ``make_safe(data)`` returns two new JPEG files.

Or it says why not. Nothing of what was sent is kept. This process looks at the first bytes and at
the size alone; a decoder with a fault in it meets the rest in a child (``decode.py``) that knows no
secret, opens no file and no connection, and has little memory and time. Large and small are both
upright, in sRGB with 8 bits, without any metadata.
"""

from .safe import (
    BYTES_LIMIT,
    LIMITS,
    Limits,
    NotAPicture,
    SafePicture,
    make_safe,
    refusal,
)

__all__ = [
    "BYTES_LIMIT",
    "LIMITS",
    "Limits",
    "NotAPicture",
    "SafePicture",
    "make_safe",
    "refusal",
]
