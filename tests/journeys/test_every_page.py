"""Every page that a link leads to, found by following links as each role does.

The journeys judge the pages that they pass; this net is for the rest. It is cast on a phone, where
pages are too wide first; there each page is stressed, and then used by keyboard in a wide window
(``checks/``). A page is known by the name of its address: one of each kind is enough.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from urllib.parse import urlsplit

from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Page

from opportunities.models import Opportunity
from people.models import User
from tests.journeys import checks

PHONE, WIDE = 320, 1280

LANDING = {
    "": "/",
    "resident": "/my/",
    "resident-2": "/my/",
    "supporter": "/my/people-i-help/",
    "young": "/my/age/",
    "officer": "/staff/",
    "coordinator": "/staff/",
    "commissioner": "/staff/",
    "administrator": "/staff/organisation/",
}
# What stands on these depends on who looks.
WHO_LOOKS = {"my", "staff_home", "charter:charter", "people:show_person", "people:type_complaint"}
# What no link of the demonstration leads to, and why; whatever else has an address is looked at.
FILES = {
    "opportunities:calendar",
    "opportunities:export_sign_ups",
    "opportunities:feed",
    "people:import_wrong_rows",
    "people:person_word",
    "people:picture",
    "people:profile_word",
    "reporting:who_has_been_involved_csv",
}
ONLY_BUTTONS = {
    "account_logout",
    "agree_again",
    "charter:stop_asking",
    "demo_sign_in",
    "opportunities:add_attendance",
    "opportunities:answer_request",
    "opportunities:fill_places",
    "opportunities:no_thanks",
    "opportunities:stop_calendar",
    "opportunities:take_back_request",
    "opportunities:think_again",
    "opportunities:undo_decision",
    "opportunities:undo_merge",
    "people:acknowledge_complaint",
    "people:answer_offer",
    "people:ask_now",
    "people:cancel_import",
    "people:come_back",
    "people:confirm_import",
    "people:correct_death",
    "people:decide_row",
    "people:drop_wish",
    "people:end_help",
    "people:end_help_for",
    "people:end_other_sessions",
    "people:finish_task",
    "people:keep_needs",
    "people:keep_silent",
    "people:refuse_agreement",
    "people:remove_picture",
    "people:reopen_task",
    "people:resend_invitation",
    "people:revoke_invitation",
    "people:send_help_link",
    "people:share_profile",
    "people:stop_sharing_profile",
    "people:take_back_objection",
    "people:take_back_yes",
    "people:time_left",
    "people:type_no",
    "people:type_stay",
    "people:undo_decision",
    "stop_helping",
}
# On the way through a form, or from a letter: other journeys go there.
AFTER_SOMETHING = {
    "account_complete_password_reset",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_password_reset_completed",
    "account_reauthenticate",
    "account_request_login_code",
    "by_mark",
    "charter:check_back_thanks",
    "charter:stop_asking_by_letter",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "opportunities:calendar_feed",
    "opportunities:came_forward",
    "opportunities:decides_alone",
    "opportunities:no_thanks_by_letter",
    "opportunities:reopen",
    "opportunities:support",
    "people:accept_help",
    "people:accept_invitation",
    "people:answer_complaint",
    "people:answer_objection",
    "people:ask_guardian",
    "people:choose_organisation",
    "people:complaint_sent",
    "people:confirm_details",
    "people:download_copy",
    "people:erased",
    "people:import_columns",
    "people:import_show",
    "people:remove_second_step",
    "people:say_yes",
    "people:second_step_needed",
    "people:sign_in_again",
    "people:type_agreement",
    "people:type_back",
    "people:type_confirmation",
    "people:type_guardian",
    "people:type_need_change",
    "people:type_need_delete",
    "people:type_yes",
    "people:unconfirmed",
    "people:undo_email_change",
    "people:undo_import",
}
NOT_HERE = {
    "change_password",
    "favicon",
    "healthz",
    "readyz",
    "robots_txt",
    "security_txt",
    "sitemap",
    "demo",
}  # for machines, and for a demonstration only


def test_every_page_that_a_link_leads_to_looks_right(demonstration, page_at, looks_right):
    seen: dict[str, str] = {}
    look = Look(looks_right)
    for persona, landing in LANDING.items():
        user = User.objects.get(email=f"{persona}@example.org") if persona else None
        page = page_at(PHONE, user=user)
        waiting = deque([landing])
        while waiting:
            address = waiting.popleft()
            kind = kind_of(address, persona)
            if not kind or kind in seen or kind in FILES:
                continue
            seen[kind] = address
            waiting.extend(look.at(page, address))
    assert not look.faults, "\n".join(look.faults)
    assert look.shared_titles() == {}
    led_to = {kind.split()[0] for kind in seen}
    expected = FILES | ONLY_BUTTONS | AFTER_SOMETHING | NOT_HERE
    assert {name for name in names() if name not in led_to} == expected


class Look:
    """What was seen on the way: faults, titles, and whose focus was photographed."""

    def __init__(self, looks_right: Callable[[Page], None]) -> None:
        self._looks_right = looks_right
        self._focused: set[str] = set()
        self.faults: list[str] = []
        self.titles: dict[str, set[str]] = defaultdict(set)

    def at(self, page: Page, address: str) -> list[str]:
        """Judge one page at both widths, and return where its links lead to."""
        response = page.goto(address)
        if response.status != 200:
            self.faults.append(f"{address}: {response.status}")
        links = links_of(page)
        self.titles[page.title()].add(urlsplit(page.url).path)
        self._judge(page)
        self.faults += checks.stressed(page)
        checks.widen(page, WIDE)
        self.faults += checks.cheap(page)
        self.faults += checks.thorough(page, self._focused)
        checks.widen(page, PHONE)
        return links

    def _judge(self, page: Page) -> None:
        try:
            self._looks_right(page)
        except AssertionError as fault:
            self.faults += str(fault).splitlines()

    def shared_titles(self) -> dict[str, set[str]]:
        """Return the titles that two pages share."""
        return {title: paths for title, paths in self.titles.items() if len(paths) > 1}


def links_of(page: Page) -> list[str]:
    """Return where the links of a page lead to, in this house."""
    own = urlsplit(page.url).netloc
    found = page.locator("a[href]").evaluate_all("links => links.map(one => one.href)")
    there = (urlsplit(link) for link in found)
    return [f"{one.path}?{one.query}" for one in there if one.netloc == own]


def kind_of(address: str, persona: str) -> str:
    """Return the name of the address, and what its links depend on; "" leads out of the house."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    if match.view_name == "opportunities:project":
        status = Opportunity.objects.get(slug=match.kwargs["slug"]).status
        return f"{match.view_name} {status} {persona}"
    return f"{match.view_name} {persona}" if match.view_name in WHO_LOOKS else match.view_name


def names(resolver=None, space: str = "") -> list[str]:
    """Return the name of every address of the house."""
    resolver = resolver or get_resolver()
    found = []
    for one in resolver.url_patterns:
        inside = f"{space}{one.namespace}:" if getattr(one, "namespace", None) else space
        if inside == "admin:":
            continue  # Django's own pages
        if hasattr(one, "url_patterns"):
            found += names(one, inside)
        elif one.name:
            found.append(f"{space}{one.name}")
    return found
