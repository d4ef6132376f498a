"""“My page” and “My needs” by keyboard alone, on a phone, without scripts, in one's own colours."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from people.models import Need
from tests import factories
from tests.journeys import checks
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [False, True])
def test_a_need_is_told_changed_and_deleted_by_keyboard(javascript, page_at, looks_right):
    """With scripts axe judges each page; without them, in forced colours, all works the same."""
    resident = factories.make_resident("Amina Resident")
    me = Visitor(page_at(320, user=resident, javascript=javascript), looks_right)
    main = me.main
    me.open("/my/page/")
    assert checks.stressed(me.page) == []
    me.page.emulate_media(forced_colors="none" if javascript else "active")
    me.tab_to(main.get_by_role("link", name="What helps me to take part"))
    me.enter()
    me.is_at("My needs")
    me.tab_to(main.get_by_role("link", name="What do you need to get in, and around?"))
    me.enter()
    ticks(me, main.get_by_label("No steps on the way in and inside"))
    ticks(me, main.get_by_label("Only me", exact=True))
    me.tab_to(me.button("Keep this"))
    me.enter()
    assert Need.objects.count() == 0  # the consent was not ticked
    me.is_at("Add what I need")
    ticks(me, main.get_by_role("checkbox").last)
    me.tab_to(me.button("Keep this"))
    me.enter()
    me.reads("Saved. You can change or delete it at any time.")
    need = Need.objects.get()
    assert (need.value, need.audience) == ("step_free", "only_me")
    me.tab_to(main.get_by_role("link", name="Delete").first)
    me.enter()
    me.tab_to(me.button("Delete it"))
    me.enter()
    me.reads("Deleted. Nobody can read it any more.")
    assert Need.objects.count() == 0


def ticks(me: Visitor, control: Locator) -> None:
    """Come to a control by Tab and the arrow keys, and choose it."""
    group = control.evaluate("one => one.type === 'radio' ? one.name : ''")
    if group:
        me.tab_to(me.page.locator(f"[name={group}]").first)
        for _number in range(12):
            if control.evaluate("one => one === document.activeElement"):
                break
            me.page.keyboard.press("ArrowDown")
    else:
        me.tab_to(control)
    if not control.is_checked():
        me.page.keyboard.press("Space")
    expect(control).to_be_checked()
