"""A new browser is told to its owner, and a changed privacy notice to everybody: once."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from coprod.lib.personal import personal_tables
from people import privacy
from people.devices import COOKIE, note_device
from people.models import KnownDevice, Notice, SeenNotice
from people.privacy import VERSIONS, table_of_data, tell_once

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(user, token: str = "") -> str:
    """Sign in with the cookie ``token``; return the one that the browser then has."""
    request = RequestFactory().get("/", HTTP_USER_AGENT=FIREFOX)
    if token:
        request.COOKIES[COOKIE] = token
    response = HttpResponse()
    note_device(request, user, response)
    return response.cookies[COOKIE].value


def test_another_browser_is_told_once_and_the_first_is_not(resident):
    first = sign_in(resident)
    assert Notice.objects.count() == 0
    second = sign_in(resident)
    letter = Notice.objects.get(user=resident, kind="new_device")
    assert "Firefox on Windows" in letter.text
    for token in (first, second, second):
        assert sign_in(resident, token) == token
    assert (Notice.objects.count(), KnownDevice.objects.count()) == (1, 2)


def test_a_browser_of_two_people_is_new_for_each_and_only_hashes_are_kept(resident, other_resident):
    token = sign_in(resident)
    sign_in(other_resident)
    sign_in(other_resident, token)
    assert list(Notice.objects.values_list("user", flat=True)) == [other_resident.pk]
    assert token not in KnownDevice.objects.values_list("token_hash", flat=True)


def test_a_changed_notice_is_told_once_and_to_nobody_new(resident, other_resident):
    SeenNotice.objects.create(user=resident, version="1")
    assert tell_once(resident) == VERSIONS[0]
    assert tell_once(resident) is None
    assert tell_once(other_resident) is None


def test_the_notice_has_a_line_for_everything_and_names_who_answers(client, host, trust):
    """Control: a title that is taken away is missed."""
    titles = {str(table.title) for table in personal_tables()}
    assert {line.title for line in table_of_data()} == titles
    page = client.get("/privacy/").content.decode()
    assert host.name in page
    assert trust.name in page
    assert "Version 2, since" in page
    assert all(line.why for line in table_of_data())


def test_versions_are_dated_and_the_newest_comes_first():
    days = [version.since for version in privacy.VERSIONS]
    assert days == sorted(days, reverse=True)
