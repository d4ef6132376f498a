"""Words for what machines say: devices, keys, and what a script reads."""

import pytest

from coprod.lib import wording

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0"
PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (MAC, "Safari on Mac"),
        (EDGE, "Edge on Windows"),
        (PHONE, "Chrome on Android"),
        ("Firefox", "Firefox"),
        ("something on iPad", "iPad"),
        ("", "a browser that says nothing of itself"),
    ],
)
def test_a_device_in_words(user_agent, words):
    assert wording.device(user_agent) == words


def test_a_key_in_fours():
    assert wording.in_fours("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_what_a_script_reads():
    assert wording.as_json({"a": [1, "“"]}) == '{"a": [1, "\\u201c"]}'
