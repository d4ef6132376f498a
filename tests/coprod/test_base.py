"""The frame of every page: title, ways past and away, header, strip, help, footer."""

from __future__ import annotations

import pytest
from django.contrib import messages
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from coprod import nav
from people.models import Role
from tests import factories
from tests.coprod.markup import find_all, strictly, words


def page(client: Client, path: str = "/contact/"):
    return strictly(client.get(path).content)


def header(document) -> list[tuple[str, str | None]]:
    (main,) = find_all(document, "nav", aria_label="Main")
    return [(words(link), link.get("aria-current")) for link in main.iter("a")]


def strip(document) -> str:
    found = [one for one in document.iter("div") if (one.get("class") or "").startswith("gi-strip")]
    return " ".join(words(one) for one in found)


def test_the_title_ends_with_the_place(client, db, settings):
    settings.PLACE = "Someplace"
    (title,) = page(client).iter("title")
    assert words(title) == "Contact us - Get involved in Someplace"


def test_the_first_thing_is_the_way_past_the_header(client, db):
    document = page(client)
    skip = next(document.iter("a"))
    assert (words(skip), skip.get("href")) == ("Skip to main content", "#main")
    assert find_all(document, "main", id="main")


def test_no_page_has_script_or_style_of_its_own(client, db):
    document = page(client)
    assert [script.get("src") for script in document.iter("script")] == [
        "/static/js/main.js",
        "/static/js/ready.js",
    ]
    assert list(document.iter("style")) == []
    assert [one.tag for one in document.iter() if one.get("style")] == []


def test_help_stands_before_the_footer_with_five_ways(client, officer, client_for):
    for document in (page(client), page(client_for(officer), "/staff/")):
        (help_bar,) = find_all(document, "section", aria_labelledby="help")
        assert [link.get("href") for link in help_bar.iter("a")] == [
            "tel:01214960123",
            "sms:07700900123",
            "mailto:involved@example.org",
            "/contact/#together",
            "/contact/#paper",
        ]
        body = list(document.find("body"))
        assert body.index(help_bar) + 1 == body.index(document.find("body/footer"))


def test_the_footer_is_the_same_everywhere(client, resident, client_for):
    (here,) = page(client).iter("footer")
    (there,) = page(client_for(resident), "/glossary/").iter("footer")
    assert words(here) == words(there)
    assert words(here).startswith(
        "Accessibility Privacy and your choices Contact us What words mean Report a concern"
    )


def test_a_visitor_may_sign_in_and_sees_where_they_are(client, db):
    links = header(page(client, "/how-it-works/"))
    assert ("How it works", "page") in links
    assert links[-1] == ("Sign in", None)
    assert strip(page(client)) == ""


def test_a_page_below_belongs_to_its_link(client, db):
    links = header(page(client, reverse("account_request_login_code")))
    assert ("Sign in", "true") in links


@pytest.mark.parametrize(
    "entries", [nav.PUBLIC, nav.RESIDENT, nav.NOT_CHOSEN, *nav.BY_ROLE.values()]
)
def test_nobody_has_more_than_four_links(entries):
    assert len(entries) <= 4


def test_every_role_has_its_links():
    assert set(nav.BY_ROLE) == set(Role)


def test_a_resident_sees_who_is_signed_in_and_may_leave(resident, client_for):
    document = page(client_for(resident))
    assert strip(document) == "You are signed in as Amina Resident My account Sign out"
    (out,) = find_all(document, "form", action="/account/logout/")
    assert out.get("method") == "post"
    assert find_all(document, "input", name="csrfmiddlewaretoken")


def test_staff_see_for_whom_they_act(officer, client_for):
    assert (
        strip(page(client_for(officer)))
        == "Officer : Example Council Dev Officer : my account Sign out"
    )


def test_staff_with_two_roles_are_asked_which_until_they_chose(officer, trust, client_for):
    factories.make_membership(officer, trust, Role.COORDINATOR)
    assert strip(page(client_for(officer))).startswith("Staff : choose who you work for today")


def test_a_role_that_ended_leaves_the_strip(officer, client_for):
    membership = officer.memberships.get()
    membership.valid_to = membership.valid_from
    membership.save()
    assert (
        strip(page(client_for(officer))) == "You are signed in as Dev Officer My account Sign out"
    )


def test_a_name_in_the_strip_cannot_become_html(resident, client_for):
    resident.name = "<script>x</script>"
    resident.save()
    assert "<script>x</script>" in strip(page(client_for(resident)))


def test_a_demonstration_says_on_each_page_that_it_is_made_up(client, db, settings):
    assert find_all(page(client), "aside", class_="gi-demo") == []
    settings.DEMONSTRATION = True
    (banner,) = find_all(page(client), "aside", class_="gi-demo")
    assert words(banner).startswith(
        "Demonstration. Every person, project and number here is made up."
    )


@pytest.mark.parametrize(
    ("level", "title", "role"),
    [
        (messages.SUCCESS, "Done", "alert"),
        (messages.ERROR, "Important", "alert"),
        (messages.INFO, "Important", "region"),
    ],
)
def test_messages_are_announced(level, title, role):
    message = messages.storage.base.Message(level, "Your profile <b> is shared.")
    html = render_to_string("components/messages.html", {"messages": [message]})
    document = strictly(f"<!DOCTYPE html><title>x</title>{html}")
    (banner,) = find_all(document, "div", data_module="govuk-notification-banner")
    assert (banner.get("role"), words(banner)) == (role, f"{title} Your profile <b> is shared.")


@pytest.mark.parametrize("layout", ["public", "resident", "staff", "commissioner"])
def test_each_audience_has_a_layout_with_help(layout, db):
    request = RequestFactory().get("/")
    html = render_to_string(f"layouts/{layout}.html", {}, request=request)
    assert len(find_all(strictly(html), "section", aria_labelledby="help")) == 1
