"""The cache may be emptied at any moment: nothing is lost, and codes stay as hard to guess.

Limits of how often somebody may ask live there and begin anew. What protects a code does not: each
code counts its own tries, in the session that asked for it. Control: the right code, tried in time,
lets in with the cache emptied just as well.
"""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.people.signing_in import code_in, is_signed_in, send


def guess(client: Client, code: str) -> None:
    cache.clear()
    send(client, "account_confirm_login_code", code=code)


@pytest.mark.parametrize(("guesses", "lets_in"), [(2, True), (3, False), (9, False)])
def test_a_code_counts_its_own_tries(client, resident, guesses, lets_in):
    send(client, "account_login", login=resident.email)
    code = code_in(mail.outbox[-1])
    wrong = f"{(int(code[0]) + 1) % 10}{code[1:]}"
    for _try in range(guesses):
        guess(client, wrong)
    assert not is_signed_in(client)
    guess(client, code)
    assert is_signed_in(client) == lets_in


def test_sessions_and_what_was_written_do_not_live_there(client_for, resident):
    client = client_for(resident)
    cache.clear()
    send(client, "people:details", name="Amina New", contact_by="email", email=resident.email)
    resident.person.refresh_from_db()
    assert resident.person.name == "Amina New"
