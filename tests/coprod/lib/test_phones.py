"""What can be rung, and what cannot."""

import pytest

from coprod.lib.phones import is_phone


@pytest.mark.parametrize(
    ("text", "rings"),
    [
        ("0121 496 0456", True),
        ("+44 (0)121 496-0456", True),
        ("0121 496 0456 ext 12", True),
        ("abc", False),
        ("", False),
        ("0121 496", False),
        ("0121 496 0456, 07700 900456", False),
    ],
)
def test_a_phone_number_has_ten_to_fourteen_digits(text, rings):
    assert is_phone(text) is rings
