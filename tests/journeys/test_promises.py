"""Promises and what became of them, in the browser: every page of the room, on a phone and wide."""

import pytest
from django.urls import reverse

from charter.models import CheckBack
from coprod.lib.days import today
from opportunities.lifecycle import Status
from tests import factories as make


@pytest.fixture
def project(host, officer, resident):
    """A project with a question to its resident, a comment to read, and somebody to ring."""
    make.make_charter()
    project = make.make_opportunity(title="Better letters")
    make.make_sign_up(project, resident.person)
    type(project).objects.filter(pk=project.pk).update(status=Status.IN_PROGRESS)
    done = make.make_response(make.make_contribution(project, about="Letters"), written_by=officer)
    for verdict in ("yes", "partly", "no"):
        make.make_check_back(done, verdict=verdict, comment="It is small.", may_show_comment=True)
    make.make_check_back(done, make.make_person(email="", contact_by="phone"))
    make.make_check_back(done, resident.person)
    make.make_response(make.make_contribution(project, about="Forms"), "will")
    make.make_contribution(project, about="Phones")
    project.refresh_from_db()
    return project


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_everybody_reads_the_charter_and_what_was_done(width, page_at, looks_right, project):
    page = page_at(width)
    for address in (
        reverse("charter:charter"),
        reverse("charter:you_said_we_did"),
        reverse("charter:you_said_we_did") + "?answer=late",
    ):
        page.goto(address)
        looks_right(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_staff_pages_of_a_project(width, page_at, looks_right, project, officer):
    said = project.contributions.get(about="Forms")
    asked = CheckBack.objects.get(person__contact_by="phone")
    page = page_at(width, user=officer)
    for name in ("feedback", "add_contribution", "pledges", "complete"):
        page.goto(reverse(f"charter:{name}", args=[project.slug]))
        looks_right(page)
    for name, key in (("respond", said), ("correct_contribution", said), ("enter_answer", asked)):
        page.goto(reverse(f"charter:{name}", args=[key.pk]))
        looks_right(page)
    page.goto(reverse("charter:respond", args=[said.pk]))
    page.get_by_label("We will").check()
    page.get_by_role("button", name="Give this answer").click()
    page.get_by_role("link", name="Enter the day by which you will do it").wait_for()
    looks_right(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_coordinator_reads_comments_and_looks_after_the_charter(
    width, page_at, looks_right, project, coordinator
):
    page = page_at(width, user=coordinator)
    for name, arguments in (("edit_charter", []), ("edit_commitment", ["honest"])):
        page.goto(reverse(f"charter:{name}", args=arguments))
        looks_right(page)
    page.goto(reverse("charter:comments"))
    looks_right(page)
    page.get_by_role("link", name="Read").first.click()
    looks_right(page)
    page.get_by_label("Yes, show it").check()
    page.get_by_role("button", name="Decide").click()
    page.get_by_text("Thank you for reading it.").wait_for()
    page.goto(reverse("charter:you_said_we_did"))
    assert page.get_by_text("“It is small.”").count() == 1


def test_a_resident_answers_by_keyboard_alone(page_at, looks_right, project, resident):
    page = page_at(320, user=resident)
    page.goto(reverse("charter:check_back", args=[CheckBack.objects.get(person__user=resident).pk]))
    looks_right(page)
    page.get_by_label("Yes", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("The last page is still small.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you for your answer").wait_for()
    looks_right(page)
    answered = CheckBack.objects.get(person__user=resident)
    assert (answered.verdict, answered.comment, answered.may_show_comment) == (
        "partly",
        "The last page is still small.",
        True,
    )


def test_a_promise_is_made_without_javascript(page_at, project, officer):
    said = project.contributions.get(about="Phones")
    page = page_at(320, user=officer, javascript=False)
    page.goto(reverse("charter:respond", args=[said.pk]))
    page.get_by_label("We will").check()
    due = page.get_by_role("group", name="By when will you do it?")
    for label, value in (("Day", "1"), ("Month", "march"), ("Year", str(today().year + 1))):
        due.get_by_label(label).fill(value)
    page.get_by_label("Tell people in plain words").fill("We ring back.")
    page.get_by_role("button", name="Give this answer").click()
    page.get_by_text("Everybody can read your answer now.").wait_for()
    assert said.responses.get().kind == "will"
