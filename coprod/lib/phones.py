"""A phone number is one that somebody could ring: ten to fourteen digits, written in any way."""

from __future__ import annotations

import re

DIGITS = range(10, 15)
ABROAD = range(8, 16)  # digits with the code of the country (ITU-T E.164)
HOME = "44"
_BEGINS = "1235789"  # what a number within the United Kingdom can begin with, after its 0
_FOREIGN = re.compile(r"[^\d+]")


def is_phone(text: str) -> bool:
    """Return whether ``text`` holds a number to ring: "0121 496 0456", "+44 (0)121 496 0456"."""
    return len(re.sub(r"\D", "", text)) in DIGITS


def e164(text: str) -> str:
    """Return the one way to write a number (+441214960456), however it is written; "" for none.

    A number without a country is one of the United Kingdom, also where a spreadsheet took its
    first 0 away.
    """
    digits = _FOREIGN.sub("", text.replace("(0)", ""))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+"):
        return _abroad(digits[1:])
    if digits.startswith(HOME) and len(digits) in {11, 12}:
        return _at_home(digits[2:])
    return _at_home(digits)


def _abroad(digits: str) -> str:
    if not digits.isdecimal() or digits.startswith("0"):
        return ""
    if digits.startswith(HOME):
        return _at_home(digits[2:])
    return f"+{digits}" if len(digits) in ABROAD else ""


def _at_home(digits: str) -> str:
    national = digits.removeprefix("0")
    long_enough = len(national) in {9, 10} and national.isdecimal() and national.isascii()
    if not long_enough or national[0] not in _BEGINS:
        return ""
    # Nine digits are a few old area codes; those of mobiles and services never are.
    if len(national) == 9 and national[0] != "1":
        return ""
    return f"+{HOME}{national}"
