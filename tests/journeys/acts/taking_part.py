"""A project runs: who took part, what people said, what was done, and whether it helped."""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import expect

from charter.models import Contribution
from coprod.jobs import ask_whether_it_helped
from coprod.lib.days import today
from opportunities.lifecycle import Status
from opportunities.models import Participation
from people.delivery import deliver_due
from people.models import Notice, User
from tests.journeys.story import NEWCOMER, NEWCOMERS_ADDRESS, RINGS, WALKS_IN, Story
from tests.journeys.visitor import Visitor, path_in

SAID = "The second letter talks about a “contribution”. We all thought that means a gift."
COMMENT = "The word is gone, but the date is still in very small print."


def the_officer_starts_it_and_ticks_who_took_part(story: Story) -> None:
    officer = story.visit_as("officer")
    officer.open(story.desk)
    officer.follow("Start the project")
    officer.press("Start the project")
    officer.reads("The project is in progress.")
    officer.follow("Who took part")
    officer.is_at("Who took part on")
    officer.reads("0 of 3 people are ticked")
    officer.press("Save who took part")
    for name in (RINGS, NEWCOMER):
        officer.tick(name)
    officer.press("Save who took part")
    officer.reads("Saved. 2 people took part.")
    officer.follow("Add somebody new")
    officer.write("Name", WALKS_IN)
    officer.field("Town").select_option(label="Tipton")
    officer.press("Add and tick them")
    officer.reads(f"{WALKS_IN} is added and ticked.", "3 of 4 people are ticked")
    expect(officer.main.get_by_role("checkbox", checked=True)).to_have_count(3)
    rows = Participation.objects.filter(opportunity=story.opportunity)
    assert rows.count() == 3
    assert rows.get(town__name="Tipton").took_part_on == story.brief["starts_on"]


def the_officer_writes_down_what_people_said_and_answers(story: Story) -> None:
    officer = story.visit_as("officer")
    officer.open(story.desk)
    officer.follow("What people said, and our answers")
    officer.reads("Nothing written down yet")
    officer.follow("Write down what people said")
    officer.write("What is it about?", "The word “contribution”")
    officer.write("What did people say?", SAID)
    officer.write("Where did they say it?", "First meeting, Oldbury library")
    officer.write_day("When did they say it?", today())
    officer.write("How many people said it?", "4")
    officer.choose("How did it reach you?", "In person")
    for name in (RINGS, NEWCOMER, WALKS_IN):
        officer.choose("Who said this and agreed to be asked", name)
    officer.press("Save what people said")
    officer.reads("Saved. Now answer it.", "1 thing waits for your answer.")
    cannot_complete(officer, story)
    officer.follow("The word “contribution”")
    officer.choose("What is your answer?", "We did")
    officer.write_day("When was it done?", today())
    officer.write("Tell people in plain words", "The letter now says “what you pay”.")
    officer.press("Give this answer")
    officer.reads("Everybody can read your answer now.", "Not asked yet.")


def cannot_complete(officer: Visitor, story: Story) -> None:
    """The page says what waits, and has no button; whoever sends it all the same is refused."""
    officer.open(f"{story.desk}complete/")
    officer.reads("1 thing that people said waits for your answer", "Answer them first.")
    expect(officer.button("Complete this project")).to_have_count(0)
    assert story.opportunity.status == Status.IN_PROGRESS


def asked_about(story: Story) -> int:
    """Let the worker do its round of today, and return how many were asked about the project."""
    ask_whether_it_helped()
    deliver_due()
    said = Contribution.objects.get(opportunity=story.opportunity)
    return Notice.objects.filter(
        kind="check_back_asked", person__voices__contribution=said, text__contains=SAID
    ).count()


def people_say_whether_it_helped(story: Story) -> None:
    letter = [one for one in story.mailbox if one.to == [NEWCOMERS_ADDRESS]][-1]
    newcomer = story.visit(User.objects.get(email=NEWCOMERS_ADDRESS))
    newcomer.open(path_in(letter.body, "/my/check-backs/"))
    newcomer.reads("Did it help?", SAID, "what you pay")
    newcomer.choose("Did it help?", "Partly")
    newcomer.write("Tell us more", COMMENT)
    newcomer.tick("You may show my words to everybody, without my name")
    newcomer.press("Send my answer")
    newcomer.is_at("Thank you for your answer")
    officer = story.visit_as("officer")
    answers_by_phone(officer, story, WALKS_IN, "Yes")
    everybody = story.visit()
    everybody.open(f"/you-said-we-did/?project={story.slug}")
    everybody.reads(SAID, "The team says: done", "Fewer than 3 people have answered.")
    everybody.misses(COMMENT)
    answers_by_phone(officer, story, RINGS, "No")
    somebody_else_reads_the_comment(story)
    everybody.open(f"/you-said-we-did/?project={story.slug}")
    everybody.reads("3 people answered.", COMMENT, "Open again since")
    everybody.misses(NEWCOMER, RINGS, WALKS_IN)


def answers_by_phone(officer: Visitor, story: Story, name: str, verdict: str) -> None:
    officer.open(f"{story.desk}feedback/")
    officer.follow(f"Type the answer of {name}")
    officer.choose("Did it help? What they answered", verdict)
    officer.choose("How did they tell you?", "By phone")
    officer.press("Save their answer")
    officer.reads("Saved. It cannot be changed here any more.")


def somebody_else_reads_the_comment(story: Story) -> None:
    coordinator = story.visit_as("coordinator")
    coordinator.open("/staff/comments/")
    coordinator.follow("Read The word “contribution”")
    coordinator.reads(COMMENT)
    coordinator.misses(NEWCOMER)
    coordinator.choose("May everybody read this?", "Yes, show it")
    coordinator.press("Decide")
    coordinator.reads("Thank you for reading it.")


def the_officer_answers_again_and_completes_it(story: Story) -> None:
    """A “no” opens it again: only an answer to that lets the project end."""
    officer = story.visit_as("officer")
    cannot_complete(officer, story)
    officer.follow("The word “contribution”")
    officer.choose("What is your answer?", "We will")
    officer.write_day("By when will you do it?", today() + dt.timedelta(days=30))
    officer.write("Tell people in plain words", "The date will be as large as the rest.")
    officer.press("Give this answer")
    officer.reads("Everything that people said has an answer.", "What the team said before")
    officer.follow("Complete this project")
    officer.press("Complete this project")
    officer.reads("This project is completed. Thank everybody who took part.")
    assert story.opportunity.status == Status.COMPLETED
