"""The one-page profile in the browser: it is one page, on paper too."""

import re

from people.models import Profile
from tests import factories


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def filled(person, text: str) -> None:
    parts = ("important_to_me", "experience", "how_to_help", "best_contact")
    factories.make_profile(person, **dict.fromkeys(parts, text))


def test_the_longest_profile_prints_on_one_page(page_at, resident):
    """Control: with twice as much text there are two pages."""
    words = ("My garden, my family and being asked. " * 40)[: Profile.PART_LIMIT]
    filled(resident.person, words)
    window = page_at(1280, user=resident)
    window.goto("/my/profile/")
    assert pages_of(window.pdf(prefer_css_page_size=True)) == 1
    Profile.objects.update(experience=words * 5)
    window.reload()
    assert pages_of(window.pdf(prefer_css_page_size=True)) > 1


def test_a_profile_of_many_short_lines_prints_on_one_page(page_at, resident):
    filled(resident.person, "\n".join(["A break after an hour, please"] * Profile.PART_LINES))
    window = page_at(1280, user=resident)
    window.goto("/my/profile/")
    assert pages_of(window.pdf(prefer_css_page_size=True)) == 1


def test_the_print_button_is_there_with_javascript_alone(page_at, resident):
    with_script = page_at(320, user=resident)
    with_script.goto("/my/profile/")
    assert with_script.get_by_role("button", name="Print one page").is_visible()
    without = page_at(320, user=resident, javascript=False)
    without.goto("/my/profile/")
    assert without.get_by_role("button", name="Print one page").count() == 0


def test_writing_and_sharing_my_page(page_at, looks_right, resident):
    window = page_at(320, user=resident)
    window.goto("/my/profile/")
    looks_right(window)
    window.get_by_role("link", name="Write What’s important to me").click()
    window.get_by_label("What’s important to me").wait_for()
    looks_right(window)
    window.get_by_label("What’s important to me").fill("My garden")
    window.get_by_role("button", name="Save my page").click()
    window.get_by_text("3 of 6 parts done").wait_for()
    window.get_by_role("button", name="Share my page").click()
    window.get_by_text("Shared", exact=True).wait_for()
    looks_right(window)
    window.get_by_role("button", name="Stop sharing").click()
    window.get_by_text("Only you can see this").wait_for()
