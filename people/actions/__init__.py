"""The verbs of the first floor: one funnel each."""

from .accounts import UNPROVEN_KEPT, end_sessions, forget_unproven, join_online
from .audiences import (
    set_audiences,
    share_profile,
    show_to_projects,
    stop_sharing_profile,
)
from .confirming import answer_remove, answer_stay, ask_now, ask_people, keep_silent
from .email_changes import note_email_change, undo_email_change
from .equality import delete_equality_answers, save_equality_answers
from .erasing import erase_person, replay_erasures, scrub_erased
from .exporting import forget_exports, make_export
from .labels import set_labels
from .looking import choose_partners, let_look, stop_looking
from .membership import (
    LONGEST_BREAK,
    come_back,
    confirm,
    correct_death,
    end_breaks,
    leave,
    name_contact,
    pause,
    record_death,
    welcome,
)
from .needs import (
    consent_of,
    delete_all_needs,
    delete_need,
    keep_needs,
    open_needs,
    save_need,
    show_needs_to_projects,
)
from .offers import answer_offer, drop_wish, make_offer, wish_for
from .pictures import remove_picture
from .pool import (
    DETAILS,
    PROFILE_PARTS,
    add_person,
    change_details,
    close_to,
    open_to,
    record_opening,
    save_profile,
)
from .second_step import note_second_step, remove_second_step
from .staff import (
    accept_invitation,
    change_role,
    end_role,
    invite,
    resend_invitation,
    revoke_invitation,
)
from .tasks import pass_on, take_back
from .topics import (
    MATCHING_WORDING,
    choose_topics,
    record_lists_read,
    set_availability,
    set_joining,
    set_place,
)

__all__ = [
    "DETAILS",
    "LONGEST_BREAK",
    "MATCHING_WORDING",
    "PROFILE_PARTS",
    "UNPROVEN_KEPT",
    "accept_invitation",
    "add_person",
    "answer_offer",
    "answer_remove",
    "answer_stay",
    "ask_now",
    "ask_people",
    "change_details",
    "change_role",
    "choose_partners",
    "choose_topics",
    "close_to",
    "come_back",
    "confirm",
    "consent_of",
    "correct_death",
    "delete_all_needs",
    "delete_equality_answers",
    "delete_need",
    "drop_wish",
    "end_breaks",
    "end_role",
    "end_sessions",
    "erase_person",
    "forget_exports",
    "forget_unproven",
    "invite",
    "join_online",
    "keep_needs",
    "keep_silent",
    "leave",
    "let_look",
    "make_export",
    "make_offer",
    "name_contact",
    "note_email_change",
    "note_second_step",
    "open_needs",
    "open_to",
    "pass_on",
    "pause",
    "record_death",
    "record_lists_read",
    "record_opening",
    "remove_picture",
    "remove_second_step",
    "replay_erasures",
    "resend_invitation",
    "revoke_invitation",
    "save_equality_answers",
    "save_need",
    "save_profile",
    "scrub_erased",
    "set_audiences",
    "set_availability",
    "set_joining",
    "set_labels",
    "set_place",
    "share_profile",
    "show_needs_to_projects",
    "show_to_projects",
    "stop_looking",
    "stop_sharing_profile",
    "take_back",
    "undo_email_change",
    "welcome",
    "wish_for",
]
