"""Staff look for people among the sign-ups of their organisation, and meet nobody else’s."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest
from django.urls import reverse
from django.utils import timezone

from opportunities.actions import withdraw
from opportunities.lifecycle import SignUpStatus
from people.models import KnownTo
from tests.factories import make_opportunity, make_person, make_sign_up

pytestmark = pytest.mark.usefixtures("host")
HERE = "/staff/sign-ups/"


@pytest.fixture
def brief(host):
    return make_opportunity(host, title="Clear letters", places=2)


def names(response) -> list[str]:
    assert response.status_code == 200
    return [row.person.name for row in response.context["page"].rows]


def numbers(response) -> dict[str, int]:
    return {str(tab["label"]): tab["number"] for tab in response.context["tabs"]}


def test_find_sign_ups_across_projects_newest_first(client_for, officer, brief, host, trust):
    other = make_opportunity(host, title="Bus stops", places=1)
    make_sign_up(brief, make_person("Zoë One"))
    make_sign_up(other, make_person("Zoe Two"))
    make_sign_up(other, make_person("Zoe Three"))
    left = make_sign_up(brief, make_person("Ann Left"))
    withdraw(sign_up=left, actor=officer)
    make_sign_up(make_opportunity(trust), make_person("Zoe Elsewhere"))
    client = client_for(officer)
    shown = client.get(HERE)
    assert names(shown) == ["Zoe Three", "Zoe Two", "Zoë One"]
    assert numbers(shown) == {
        "Everybody still in": 3,
        "Has a place": 2,
        "On the waiting list": 1,
        "Withdrawn": 1,
    }
    shown = client.get(HERE + "?q=zoe&status=place")
    assert names(shown) == ["Zoe Two", "Zoë One"]
    assert numbers(shown) == {"Everybody still in": 3, "Has a place": 2, "On the waiting list": 1}
    assert [tab["href"] for tab in shown.context["tabs"]][:2] == [
        f"{HERE}?q=zoe",
        f"{HERE}?q=zoe&status=place",
    ]
    assert names(client.get(HERE + "?status=withdrawn&q=left")) == ["Ann Left"]
    assert names(client.get(HERE + "?status=nonsense&page=nonsense")) == names(client.get(HERE))


def test_find_sign_ups_helps_where_there_is_nobody(client_for, officer, brief):
    client = client_for(officer)
    assert b"Nobody has come forward yet" in client.get(HERE).content
    make_sign_up(brief)
    page = client.get(HERE + "?q=zzz").content.decode()
    assert "Nobody here fits this" in page
    assert 'href="/staff/people/?q=zzz"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_find_sign_ups_asks_the_same_few_questions(
    client_for, officer, host, rows, django_assert_num_queries
):
    for number in range(rows):
        make_sign_up(make_opportunity(host), make_person(f"Zoe {number}"))
    client = client_for(officer)
    for address in (HERE, HERE + "?q=zoe"):
        client.get(address)
        with django_assert_num_queries(5):
            assert len(names(client.get(address))) == rows


def test_find_sign_ups_has_pages(client_for, officer, brief, host, monkeypatch):
    monkeypatch.setattr("opportunities.views.sign_ups.PAGE_SIZE", 2)
    crowd = make_opportunity(host, places=9)
    now = timezone.now()
    for number in range(5):
        row = make_sign_up(crowd, make_person(f"Zoe {number}"))
        type(row).objects.filter(pk=row.pk).update(came_forward_at=now)  # all at once
    client, seen, cursor = client_for(officer), [], ""
    while True:
        shown = client.get(f"{HERE}?q=zoe&page={cursor}")
        seen += names(shown)
        cursor = shown.context["page"].following
        if not cursor:
            break
    assert seen == [f"Zoe {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    "role", ["resident", "commissioner", "administrator", "other_officer", "officer"]
)
def test_find_sign_ups_is_for_those_who_arrange(client_for, request, role, brief):
    make_sign_up(brief, make_person("Zoe Ours"))
    response = client_for(request.getfixturevalue(role)).get(HERE + "?q=zoe")
    allowed = {"officer": ["Zoe Ours"], "other_officer": []}
    if role in allowed:
        assert names(response) == allowed[role]
    else:
        assert response.status_code == 403


# --- Nobody else's people ------------------------------------------------------------------------
def search_pages(brief) -> list[str]:
    """Return the address of every page on which staff look for people."""
    of_brief = ("sign_ups", "add_sign_up", "took_part")
    pages = [reverse(f"opportunities:{name}", args=[brief.slug]) for name in of_brief]
    return [*pages, HERE, reverse("people:people_list")]


@pytest.mark.parametrize("words", ["zebedee", "zeb", "zebedee@hidden.example", "07700 900555"])
def test_no_search_tells_of_people_whom_only_others_know(
    client_for, officer, brief, host, trust, words
):
    """Page for page what somebody gets who asks for a person that does not exist at all.

    The control makes the same person known to us: then the people’s pages find them.
    """
    make_sign_up(brief, make_person("Somebody Ours"))
    facts = {"email": "zebedee@hidden.example", "phone": "07700 900555"}
    hidden = make_person("Zebedee", joined_through=trust, **facts)
    make_sign_up(make_opportunity(trust), hidden)
    client = client_for(officer)
    nobody = "Qqqq" if words[0] == "z" else "07700 900999"
    for page in search_pages(brief):
        asked, missing = (client.get(page, {"q": one}) for one in (words, nobody))
        assert asked.status_code == 200
        assert said(asked, words) == said(missing, nobody), page
        assert b"Zebedee" not in asked.content.replace(b"zebedee@hidden", b""), page
    KnownTo.objects.create(person=hidden, organisation=host, reason="rang_or_wrote")
    assert b"Zebedee" in client.get(reverse("people:people_list"), {"q": words}).content
    make_sign_up(brief, hidden)
    found = [page for page in search_pages(brief) if b"Zebedee" in get(client, page, words)]
    assert len(found) >= 4


def get(client, page: str, words: str) -> bytes:
    return client.get(page, {"q": words}).content


def said(response, words: str) -> list[str]:
    """Return the lines of a page without what was asked for, keys of forms, and the clock."""
    text = response.content.decode()
    for one in (words, quote(words), quote_plus(words)):
        text = text.replace(one, "…")
    changing = ('type="hidden"', "data-session-left")
    return [line for line in text.splitlines() if not any(one in line for one in changing)]


def test_sign_ups_of_a_project_count_what_was_found(client_for, officer, brief):
    for name in ("Zoe One", "Zoe Two", "Ann Three"):
        make_sign_up(brief, make_person(name))
    address = reverse("opportunities:sign_ups", args=[brief.slug])
    shown = client_for(officer).get(address + "?q=zoe")
    assert numbers(shown) == {"Everybody still in": 2, "Has a place": 2}
    shown = client_for(officer).get(f"{address}?q=zoe&status={SignUpStatus.WAITING}")
    assert numbers(shown)["On the waiting list"] == 0
    assert names(shown) == []
