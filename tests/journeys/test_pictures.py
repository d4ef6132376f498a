"""Choosing a picture in the browser: on a small phone, without JavaScript, and with errors."""

from __future__ import annotations

from playwright.sync_api import expect

from people.models import Profile
from people.queries import profile_of
from tests import factories
from tests.coprod.lib.hostile import drawn, file, telephone


def chosen(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_a_picture_on_a_small_phone_without_javascript(page_at, looks_right, resident):
    """Refused, kept while the name is put right, shown, and deleted."""
    factories.make_profile(resident.person)
    window = page_at(320, user=resident, javascript=False)
    window.goto("/my/profile/edit/")
    window.locator("input[name=photo]").set_input_files(
        chosen("IMG_1.heic", telephone(b"heic", b"mif1"))
    )
    window.get_by_role("button", name="Save my page").click()
    window.get_by_role("link", name="This is a HEIC picture").click()
    looks_right(window)
    photo = file(drawn(size=(900, 600)), "JPEG")
    window.locator("input[name=photo]").set_input_files(chosen("IMG_1.jpg", photo))
    window.get_by_label("What does your picture show?").fill("A flag")
    window.get_by_label("Name").fill("")
    window.get_by_role("button", name="Save my page").click()
    window.get_by_text("We have your picture.").wait_for()
    looks_right(window)
    window.get_by_label("Name").fill("Amina")
    window.get_by_role("button", name="Save my page").click()
    picture = window.get_by_role("img", name="A flag")
    expect(picture).to_have_js_property("naturalWidth", 640)  # it comes after the page
    looks_right(window)
    window.goto("/my/profile/edit/")
    looks_right(window)
    window.get_by_role("button", name="Delete my picture").click()
    window.get_by_text("Your picture is deleted.").wait_for()
    assert profile_of(resident.person).photo.name == ""
    assert window.get_by_role("img", name="A flag").count() == 0


def test_a_profile_with_a_picture_prints_it_on_its_one_page(page_at, resident):
    factories.make_profile(resident.person)
    window = page_at(1280, user=resident)
    window.goto("/my/profile/edit/")
    window.locator("input[name=photo]").set_input_files(chosen("a.png", file(drawn())))
    window.get_by_role("button", name="Save my page").click()
    picture = window.get_by_role("img", name="A picture chosen by Amina Resident")
    expect(picture).not_to_have_js_property("naturalWidth", 0)
    paper = window.pdf(prefer_css_page_size=True)
    Profile.objects.update(photo="")
    window.reload()
    without = window.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Subtype /Image") == without.count(b"/Subtype /Image") + 1
    assert paper.count(b"/Type /Page\n") == without.count(b"/Type /Page\n")
