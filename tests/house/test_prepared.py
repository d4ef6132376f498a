"""Copies of databases hold what was stored in them, and nothing of what came after."""

from __future__ import annotations

import threading

from people.models import Town
from tests import factories
from tests.prepared import MIGRATED, Shelf


def test_what_one_made_is_there_for_the_next_and_nothing_else(
    transactional_db, shelf, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path / "media"
    own, made = Shelf(tmp_path / "shelf"), []
    picture = settings.MEDIA_ROOT / "pictures" / "one"

    def make():
        made.append(factories.make_town("Tipton").name)
        picture.parent.mkdir(parents=True)
        picture.write_text("drawn")

    own.ready("tried", make)
    picture.unlink()
    factories.make_town("Oldbury")
    assert Town.objects.filter(name__in=["Tipton", "Oldbury"]).count() == 2
    own.ready("tried", make)
    assert (made, picture.read_text()) == (["Tipton"], "drawn")
    assert Town.objects.filter(name="Tipton").exists()
    assert not Town.objects.filter(name="Oldbury").exists()
    shelf.take(MIGRATED)
    assert not Town.objects.filter(name="Tipton").exists()


def test_what_could_not_be_made_is_not_kept(transactional_db, tmp_path):
    own, made = Shelf(tmp_path), []
    for _ in range(2):
        try:
            own.ready("broken", lambda: made.append(1 // len(made)))
        except ZeroDivisionError:
            made.append(1)
    assert made == [1, 1]


def test_two_who_ask_at_once_make_it_once(tmp_path):
    """The second waits until the first has made it. Control: under another name nobody waits."""
    own, order = Shelf(tmp_path), []
    begun, go = threading.Event(), threading.Event()

    def first():
        with own._alone_at("one"):
            begun.set()
            go.wait(60)
            order.append("first")

    def second():
        with own._alone_at("one"):
            order.append("second")

    programs = [threading.Thread(target=one) for one in (first, second)]
    programs[0].start()
    begun.wait(60)
    programs[1].start()
    with own._alone_at("another"):
        order.append("another")
    go.set()
    for one in programs:
        one.join(60)
    assert order == ["another", "first", "second"]
