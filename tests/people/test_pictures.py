"""The files of pictures: unguessable names, no half of anything, nothing left over."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction

from coprod.jobs import JOBS
from coprod.lib.images import SafePicture
from people import actions, pictures
from people.models import Profile
from people.rules import can_read_profile
from tests import factories

pytestmark = pytest.mark.django_db
OURS = SafePicture(small=b"small", large=b"large")
OLD = pictures.SWEPT_AFTER + dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


class FullDisk(FileSystemStorage):
    """A disk on which there is room for one more file."""

    def _save(self, name, content):
        if self.exists(pictures.FOLDER) and self.listdir(pictures.FOLDER)[1]:
            raise OSError(28, "No space left on device", name)
        return super()._save(name, content)


def files() -> list[str]:
    return sorted(pictures._files())


def aged(name: str, by: dt.timedelta = OLD) -> None:
    """Make both files of a picture older."""
    for size in pictures.SIZES:
        path = default_storage.path(pictures.file_of(name, size))
        when = Path(path).stat().st_mtime - by.total_seconds()
        os.utime(path, (when, when))


def test_no_two_names_of_many_are_one():
    """128 random bits each. Control: 32 of them collide ten times."""
    names = {pictures.new_name() for _ in range(300_000)}
    assert len(names) == 300_000
    assert len({name[-12:-4] for name in names}) < 300_000


def test_both_sizes_are_kept_where_nobody_else_reads_them(folder):
    name = pictures.keep(OURS)
    small, large = (default_storage.path(pictures.file_of(name, size)) for size in pictures.SIZES)
    assert (Path(small).read_bytes(), Path(large).read_bytes()) == (b"small", b"large")
    assert Path(large).stat().st_mode & 0o077 == 0
    assert (folder / pictures.FOLDER).stat().st_mode & 0o077 == 0
    pictures.forget(name)
    pictures.forget(name)
    assert files() == []


def test_a_full_disk_leaves_no_half_of_a_picture(settings):
    """The first file is written, the second is not. Control: with room both are."""
    usual = settings.STORAGES
    settings.STORAGES = usual | {"default": {"BACKEND": f"{__name__}.FullDisk"}}
    with pytest.raises(pictures.NotKept, match="What you had before is unchanged"):
        pictures.keep(OURS)
    assert files() == []
    settings.STORAGES = usual
    pictures.keep(OURS)
    assert len(files()) == 2


# --- The row ------------------------------------------------------------------------------------
def test_a_picture_belongs_to_one_profile(resident, other_resident):
    name = pictures.keep(OURS)
    factories.make_profile(resident.person, photo=name)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_profile(other_resident.person, photo=name)


def test_words_need_a_picture(resident):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_profile(resident.person, photo_alt="A cat")


def test_words_of_a_picture(resident):
    profile = Profile(person=resident.person, photo_alt="A cat")
    assert profile.photo_words == "A cat"
    profile.photo_alt = ""
    assert profile.photo_words == "A picture chosen by Amina Resident"


def test_the_old_files_go_when_the_new_row_holds(resident, django_capture_on_commit_callbacks):
    first, second = pictures.keep(OURS), pictures.keep(OURS)
    factories.make_profile(resident.person, photo=first)
    with django_capture_on_commit_callbacks() as after:
        actions.save_profile(person=resident.person, actor=resident, name="Amina", photo=second)
    assert len(files()) == 4
    for call in after:
        call()
    assert files() == sorted(pictures.file_of(second, size) for size in pictures.SIZES)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_keeps_the_old_picture(resident):
    first, second = pictures.keep(OURS), pictures.keep(OURS)
    factories.make_profile(resident.person, photo=first)

    def half_way() -> None:
        with transaction.atomic():
            actions.save_profile(person=resident.person, actor=resident, name="A", photo=second)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_way()
    assert Profile.objects.get().photo.name == first
    assert len(files()) == 4
    aged(second)
    assert pictures.sweep() == 2
    assert pictures.is_kept(first)
    assert not pictures.is_kept(second)


def test_the_same_picture_again_is_not_deleted(resident, django_capture_on_commit_callbacks):
    name = pictures.keep(OURS)
    factories.make_profile(resident.person, photo=name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.save_profile(person=resident.person, actor=resident, name="Amina", photo=name)
    assert pictures.is_kept(name)


def test_remove_picture_twice_changes_nothing(resident, django_capture_on_commit_callbacks):
    factories.make_profile(resident.person, photo=pictures.keep(OURS), photo_alt="A cat")
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            profile = actions.remove_picture(person=resident.person, actor=resident)
        assert (profile.photo.name, profile.photo_alt, files()) == ("", "", [])


# --- What is left over --------------------------------------------------------------------------
def test_sweep_takes_what_is_nobodys_and_old(resident, other_resident):
    owned, old, young = (pictures.keep(OURS) for _ in range(3))
    factories.make_profile(resident.person, photo=owned)
    aged(owned)
    aged(old)
    nobodys = sorted(pictures.file_of(old, size) for size in pictures.SIZES)
    assert sorted(pictures.nobodys()) == nobodys
    assert pictures.sweep() == 2
    assert len(files()) == 4
    assert pictures.is_kept(owned)
    assert pictures.is_kept(young)
    assert next(job for job in JOBS if job.run is pictures.sweep).every <= dt.timedelta(hours=1)


def test_the_pictures_of_somebody_who_left_are_swept(resident):
    name = pictures.keep(OURS)
    factories.make_profile(resident.person, photo=name)
    resident.person.delete()
    aged(name)
    assert pictures.sweep() == 2
    assert files() == []


def test_a_file_that_goes_while_we_count(resident):
    assert pictures._written("profiles/gone.jpg") > 0
    assert list(pictures.nobodys()) == []


def test_missing_names_the_profiles_without_their_files(resident, other_resident):
    whole = factories.make_profile(resident.person, photo=pictures.keep(OURS))
    half = factories.make_profile(other_resident.person, photo=pictures.keep(OURS))
    assert list(pictures.missing()) == []
    default_storage.delete(pictures.file_of(half.photo.name, "small"))
    assert list(pictures.missing()) == [half.pk]
    assert whole.pk != half.pk


# --- Waiting ------------------------------------------------------------------------------------
def test_a_ticket_is_for_its_owner_and_for_an_hour(resident, other_resident):
    name = pictures.keep(OURS)
    ticket = pictures.ticket(name, resident.person)
    assert pictures.redeem(ticket, resident.person) == name
    assert pictures.redeem(ticket, other_resident.person) == ""
    assert pictures.redeem(f"{ticket}x", resident.person) == ""
    later = dt.datetime.now(dt.UTC) + pictures.WAITS + dt.timedelta(minutes=1)
    with time_machine.travel(later):
        assert pictures.redeem(ticket, resident.person) == ""
    pictures.forget(name)
    assert pictures.redeem(ticket, resident.person) == ""


# --- Who may see it -----------------------------------------------------------------------------
@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("known", [True, False])
def test_profiles_visible_to_is_the_twin_of_the_rule(
    shared, known, resident, other_resident, officer, coordinator, commissioner, other_officer, host
):
    """The rule for one row and the question for all give the same answer, for everybody."""
    profile = factories.make_profile(resident.person)
    if shared:
        actions.share_profile(person=resident.person, actor=resident)
    if known:
        actions.open_to(person=resident.person, organisation=host, actor=resident)
    profile.refresh_from_db()
    everybody = (resident, other_resident, officer, coordinator, commissioner, other_officer)
    seen = [Profile.objects.visible_to(user).filter(pk=profile.pk).exists() for user in everybody]
    assert seen == [can_read_profile(user, resident.person, profile) for user in everybody]
    assert seen == [True, False, shared and known, shared and known, False, False]
