"""Choosing a picture: what is typed stays, what is sent is made safe or refused in words."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from coprod.lib.images import BYTES_LIMIT
from people import pictures
from people.models import AuditEvent, Person, Profile
from people.queries import profile_of
from tests.coprod.lib import hostile
from tests.coprod.lib.hostile import drawn, file

EDIT = "/my/profile/edit/"
HINT = "It need not be your face"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def mine(client_for, resident):
    return client_for(resident)


def upload(data: bytes = b"", name: str = "me.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or file(drawn(), "JPEG"), "image/jpeg")


def send(client, photo=None, **typed: str):
    typed.setdefault("name", "Amina Resident")
    return client.post(EDIT, typed | ({"photo": photo} if photo else {}))


def names() -> list[str]:
    """Return what lies in the folder of pictures."""
    return sorted(pictures._files())


def words(answer) -> str:
    return unescape(answer.content.decode())


def waiting(answer) -> str:
    """Return the ticket of a picture that waits in the page."""
    (tag,) = re.findall(r'<input[^>]*name="photo_kept"[^>]*>', answer.content.decode())
    return "".join(re.findall(r'value="([^"]*)"', tag))


# --- The way it should go -----------------------------------------------------------------------
def test_profile_edit_asks_for_a_picture_that_need_not_be_a_face(mine):
    page = words(mine.get(EDIT))
    assert HINT in page
    assert 'enctype="multipart/form-data"' in page
    assert 'accept="image/jpeg,image/png,image/webp"' in page
    assert "drawn from your name" in page
    assert "Delete my picture" not in page


@pytest.mark.django_db(transaction=True)
def test_profile_edit_takes_a_picture_and_remove_picture_deletes_it(mine, resident):
    """The original is in no file: its dots are ours. Control: it is in what was sent."""
    sent = hostile.told("JPEG")
    assert b"canary" in sent
    answer = send(mine, upload(sent), photo_alt="My garden in May")
    assert answer.url == "/my/profile/"
    profile = profile_of(resident.person)
    assert names() == [f"profiles/{profile.photo_key}-small.jpg", profile.photo.name]
    kept = [Path(pictures.default_storage.path(name)).read_bytes() for name in names()]
    assert all(b"canary" not in one for one in kept)
    for page in (words(mine.get("/my/profile/")), words(mine.get(EDIT))):
        assert f'src="/pictures/{profile.photo_key}/large/" alt="My garden in May"' in page
        assert ">AR</text>" not in page
    answer = mine.post(reverse("people:remove_picture"), follow=True)
    assert answer.redirect_chain == [(EDIT, 302)]
    assert "Your picture is deleted" in words(answer)
    assert (names(), Profile.objects.get().photo.name) == ([], "")
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert [verb for verb in verbs if "picture" in verb] == [
        "profile.picture_changed",
        "profile.picture_removed",
    ]


def test_profile_edit_without_words_says_who_chose_it(mine):
    send(mine, upload())
    assert 'alt="A picture chosen by Amina Resident"' in words(mine.get("/my/profile/"))


def test_profile_edit_keeps_the_picture_when_none_is_sent(mine, resident):
    send(mine, upload(), photo_alt="A cat")
    before = profile_of(resident.person).photo.name
    send(mine, photo_alt="A white cat")
    profile = profile_of(resident.person)
    assert (profile.photo.name, profile.photo_alt) == (before, "A white cat")


def test_profile_edit_takes_no_words_for_no_picture(mine, resident):
    assert send(mine, photo_alt="A cat").status_code == 302
    assert profile_of(resident.person).photo_alt == ""


def test_staff_without_a_page_are_led_to_its_beginning(client_for, officer):
    client = client_for(officer)
    assert send(client, upload()).url == "/my/start/"
    assert client.post(reverse("people:remove_picture")).url == EDIT
    assert names() == []


# --- What is refused ----------------------------------------------------------------------------
REFUSED = {
    "too long": (lambda: b"\xff\xd8\xff" + bytes(BYTES_LIMIT), "at most 10 MB"),
    "nothing in it": (lambda: b"", "This file is empty"),
    "HEIC": (lambda: hostile.telephone(b"heic", b"mif1"), "Settings, then Camera, then Formats"),
    "a page": (lambda: hostile.HTML, "JPEG, PNG or WebP"),
    "half": (lambda: file(drawn(size=(500, 500)), "JPEG")[:700], "missing or broken"),
    "a bomb": (lambda: hostile.png(50_000, 50_000), "25 megapixels"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_profile_edit_refuses_beside_the_field_and_keeps_what_was_typed(mine, resident, name):
    make, message = REFUSED[name]
    answer = mine.post(
        EDIT,
        {
            "name": "Amina K",
            "experience": "Ten years of buses",
            "photo_alt": "A cat",
            "photo": SimpleUploadedFile("a.jpg", make()),
        },
    )
    page = words(answer)
    assert answer.status_code == 200
    (error,) = re.findall(r'id="id_photo_error"[^>]*>(.*?)</p>', page, re.DOTALL)
    assert message in error
    assert '<a href="#id_photo">' in page
    assert [text in page for text in ("Amina K", "Ten years of buses", "A cat")] == [True] * 3
    assert (names(), profile_of(resident.person).experience) == ([], "")


FILE_NAMES = [
    "../../etc/x.jpg",
    "a" * 300 + ".jpg",
    "a\x00b.jpg",
    'a.jpg"\r\nX-Evil: 1',
    "\u202egpj.exe",
    "CON.jpg",
    "x.php",
]


@pytest.mark.parametrize("name", FILE_NAMES)
def test_profile_edit_never_uses_the_name_of_the_file(mine, resident, name, folder):
    photo = upload()
    photo._name = name  # as a program sends it: Django's own client would tidy it up
    answer = send(mine, photo)
    assert answer.status_code == 302
    profile = profile_of(resident.person)
    assert re.fullmatch(r"profiles/[0-9a-f]{32}\.jpg", profile.photo.name)
    everything = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    assert sorted(map(str, everything)) == names()
    served = mine.get(f"/pictures/{profile.photo_key}/large/")
    assert served["Content-Disposition"] == 'inline; filename="picture.jpg"'
    assert "X-Evil" not in served.headers


def test_profile_edit_without_a_name_of_the_file_is_no_file(mine, resident):
    photo = upload()
    photo._name = ""
    assert send(mine, photo).status_code == 302
    assert profile_of(resident.person).photo.name == ""


def test_profile_edit_a_thousand_pictures_by_one_person(mine, resident, monkeypatch):
    """The limit, made smaller: refused ones count as well, and others are free to send theirs."""
    monkeypatch.setattr(pictures, "A_DAY", 3)
    answers = [send(mine, upload(hostile.HTML)) for _ in range(3)]
    assert all("JPEG, PNG or WebP" in words(answer) for answer in answers)
    answer = send(mine, upload())
    assert "You have sent 3 pictures today" in words(answer)
    assert names() == []
    assert not pictures.may_send_another(resident.person)
    assert pictures.may_send_another(Person(pk=0))


# --- Faults -------------------------------------------------------------------------------------
class NoRoom(FileSystemStorage):
    """A disk that is full."""

    def _save(self, name, content):  # noqa: ARG002 -- Django passes it by this name
        raise OSError(28, "No space left on device", name)


class SomebodyLeaves(FileSystemStorage):
    """A disk that is so slow that the person is deleted meanwhile."""

    def _save(self, name, content):
        Person.objects.all().delete()
        return super()._save(name, content)


def on(settings, disk: type) -> None:
    kind = {"default": {"BACKEND": f"{__name__}.{disk.__name__}"}}
    settings.STORAGES = settings.STORAGES | kind


def test_profile_edit_on_a_full_disk_keeps_the_old_picture(mine, resident, settings):
    send(mine, upload(), photo_alt="The old one")
    before = (names(), profile_of(resident.person).photo.name)
    on(settings, NoRoom)
    answer = send(mine, upload(), experience="Ten years")
    assert answer.status_code == 200
    assert "We could not keep your picture" in words(answer)
    assert "Ten years" in words(answer)
    assert (names(), profile_of(resident.person).photo.name) == before
    assert len(before[0]) == 2


def test_profile_edit_by_somebody_who_is_deleted_meanwhile(mine, settings):
    on(settings, SomebodyLeaves)
    assert send(mine, upload()).status_code == 302
    assert (names(), Person.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_profile_edit_two_pictures_at_once(client_for, resident):
    """Four browsers send one each: one picture remains, and no file of the others."""

    def one(size: int) -> int:
        try:
            return send(client_for(resident), upload(file(drawn(size=(size, 40))))).status_code
        finally:
            connection.close()

    profile_of(resident.person)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, [60, 80, 100, 120])) == [302] * 4
    assert names() == sorted(
        pictures.file_of(Profile.objects.get().photo.name, size) for size in pictures.SIZES
    )


# --- When something else is wrong ---------------------------------------------------------------
def test_profile_edit_keeps_a_good_picture_while_the_rest_is_put_right(mine, resident):
    answer = send(mine, upload(), name="", photo_alt="A cat")
    assert "We have your picture" in words(answer)
    assert profile_of(resident.person).photo.name == ""
    assert len(names()) == 2
    ticket = waiting(answer)
    again = send(mine, name="", photo_kept=ticket)
    assert "We have your picture" in words(again)
    assert send(mine, photo_kept=waiting(again), photo_alt="A cat").status_code == 302
    profile = profile_of(resident.person)
    assert pictures.is_kept(profile.photo.name)
    assert len(names()) == 2
    assert send(mine, photo_kept=ticket).status_code == 302  # a page that was open still
    assert pictures.is_kept(profile_of(resident.person).photo.name)


def test_profile_edit_asks_again_for_a_picture_that_waited_too_long(mine, client_for, stranger):
    ticket = waiting(send(mine, upload(), name=""))
    for client, text in ((mine, "nonsense"), (client_for(stranger), ticket)):
        answer = send(client, photo_kept=text)
        assert "Choose your picture again" in words(answer)
        assert waiting(answer) == ""
