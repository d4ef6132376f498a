"""Who may read a profile sees its picture; for everybody else it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as portal
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

import coprod.settings
from coprod.lib.images import make_safe
from people import actions, pictures
from people.models import Profile
from tests import factories
from tests.coprod.lib.hostile import drawn, file


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def profile(resident, host) -> Profile:
    """A shared profile with a picture, of somebody who came forward to the host."""
    name = pictures.keep(make_safe(file(drawn())))
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    return factories.make_profile(resident.person, photo=name, shared_at=timezone.now())


def at(profile: Profile, size: str = "large") -> str:
    return reverse("people:picture", args=[profile.photo_key, size])


def test_picture_is_for_those_who_may_read_the_profile(
    profile, client, client_for, resident, officer, coordinator,
    other_resident, other_officer, commissioner, administrator,
):  # fmt: skip
    """In both sizes, and the same in HEAD. Control: those who may."""
    may = [client_for(user) for user in (resident, officer, coordinator)]
    strangers = (other_resident, other_officer, commissioner, administrator)
    may_not = [client, *(client_for(user) for user in strangers)]
    for size in pictures.SIZES:
        for method in ("get", "head"):
            codes = [getattr(one, method)(at(profile, size)).status_code for one in may]
            assert codes == [200] * 3
            codes = [getattr(one, method)(at(profile, size)).status_code for one in may_not]
            assert codes == [404] * 5


def test_picture_goes_with_the_right_to_see_it(profile, resident, officer, client_for, host):
    reader, own = client_for(officer), client_for(resident)
    assert reader.get(at(profile)).status_code == 200
    actions.stop_sharing_profile(person=resident.person, actor=resident)
    assert reader.get(at(profile)).status_code == 404
    actions.share_profile(person=resident.person, actor=resident)
    assert reader.get(at(profile)).status_code == 200
    actions.close_to(person=resident.person, organisation=host, actor=resident)
    assert reader.get(at(profile)).status_code == 404
    assert own.get(at(profile)).status_code == 200
    own.logout()
    assert own.get(at(profile)).status_code == 404


def test_picture_is_gone_once_it_is_removed_or_changed(
    profile, resident, client_for, django_capture_on_commit_callbacks
):
    own, before = client_for(resident), at(profile)
    new = pictures.keep(make_safe(file(drawn(size=(9, 9)))))
    with django_capture_on_commit_callbacks(execute=True):
        actions.save_profile(person=resident.person, actor=resident, name="A", photo=new)
    profile.refresh_from_db()
    assert [own.get(one).status_code for one in (before, at(profile))] == [404, 200]
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_picture(person=resident.person, actor=resident)
    assert [own.get(one).status_code for one in (before, at(profile))] == [404, 404]


def test_picture_is_kept_by_no_cache_and_found_by_no_robot(profile, resident, client_for):
    own = client_for(resident)
    whole = own.get(at(profile))
    expected = {
        "Content-Type": "image/jpeg",
        "Content-Disposition": 'inline; filename="picture.jpg"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow, noarchive, noimageindex",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: whole[name] for name in expected} == expected
    assert "default-src 'none'" in whole["Content-Security-Policy"]
    assert not whole.cookies
    assert own.head(at(profile)).content == b""


@pytest.mark.parametrize("wanted", ["bytes=0-10", "bytes=-5", "bytes=5-2", "bytes=0-0,5-9", "x"])
def test_picture_is_whole_whatever_range_is_asked_for(profile, resident, client_for, wanted):
    answer = client_for(resident).get(at(profile), headers={"range": wanted})
    assert answer.status_code == 200
    assert answer.content == Path(default_storage.path(profile.photo.name)).read_bytes()


@pytest.mark.parametrize(
    ("key", "size"),
    [("{key}", "original"), ("{key}", "..%2f..%2fdb"), ("..%2fdb", "large"), ("", "large")],
)
def test_picture_has_no_way_to_other_files(profile, resident, client_for, key, size, folder):
    (folder / "db.jpg").write_bytes(b"secret")
    address = f"/pictures/{key.format(key=profile.photo_key)}/{size}/"
    assert client_for(resident).get(address).status_code == 404


def test_picture_whose_file_is_lost(profile, resident, client_for):
    pictures.forget(profile.photo.name)
    assert client_for(resident).get(at(profile)).status_code == 404


def test_picture_is_asked_for_only_by_those_who_read(profile, resident, client_for):
    assert client_for(resident).post(at(profile)).status_code == 405


def test_no_web_server_of_ours_hands_out_the_folder(db, settings, tmp_path, client):
    """Not even by way of the static files. Control: a static file is handed out."""
    settings.STATIC_ROOT = tmp_path / "staticfiles"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "look.css").write_text("p {}")
    settings.MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", *portal.MIDDLEWARE]
    name = pictures.keep(make_safe(file(drawn())))
    static = client.get("/static/look.css")
    static.close()
    assert static.status_code == 200
    guesses = [f"/{name}", f"/media/{name}", f"/static/{name}", f"/static/../media/{name}"]
    assert [client.get(guess).status_code for guess in guesses] == [404] * 4
    static = [coprod.settings.STATIC_ROOT, *(path for _prefix, path in portal.STATICFILES_DIRS)]
    assert not any(coprod.settings.MEDIA_ROOT.is_relative_to(folder) for folder in static)


# --- Where it is shown --------------------------------------------------------------------------
def test_the_profile_is_private_and_found_by_no_robot(profile, client, client_for, resident):
    """PRIV 15-17: behind the sign-in, kept by no cache, no address told to others."""
    page = client_for(resident).get("/my/profile/")
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]
    assert client.get("/my/profile/").status_code == 302


def test_staff_see_the_picture_where_they_read_the_profile(profile, officer, client_for):
    page = client_for(officer).get(reverse("people:show_person", args=[profile.person.uuid]))
    assert f'src="{at(profile)}"' in page.content.decode()


def test_staff_see_the_picture_beside_a_sign_up_while_it_is_shared(
    profile, resident, officer, client_for
):
    row = factories.make_sign_up(factories.make_opportunity(), resident.person)
    address = reverse("opportunities:show_sign_up", args=[row.opportunity.slug, row.pk])
    reader = client_for(officer)
    assert f'src="{at(profile, "small")}"' in reader.get(address).content.decode()
    actions.stop_sharing_profile(person=resident.person, actor=resident)
    page = reader.get(address).content.decode()
    assert "/pictures/" not in page
    assert ">AR</text>" in page


def test_staff_see_no_picture_of_somebody_who_withdrew(profile, resident, officer, client_for):
    row = factories.make_sign_up(factories.make_opportunity(), resident.person)
    type(row).objects.filter(pk=row.pk).update(status="withdrawn", withdrawn_at=timezone.now())
    address = reverse("opportunities:show_sign_up", args=[row.opportunity.slug, row.pk])
    assert "/pictures/" not in client_for(officer).get(address).content.decode()
