"""The verbs of the first floor: one funnel each."""

from .accounts import UNPROVEN_KEPT, end_sessions, forget_unproven, join_online
from .audiences import (
    set_audiences,
    share_profile,
    show_to_projects,
    stop_sharing_profile,
)
from .email_changes import note_email_change, undo_email_change
from .equality import delete_equality_answers, save_equality_answers
from .erasing import erase_person, replay_erasures, scrub_erased
from .exporting import forget_exports, make_export
from .needs import (
    consent_of,
    delete_all_needs,
    delete_need,
    keep_needs,
    open_needs,
    save_need,
    show_needs_to_projects,
)
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

__all__ = [
    "DETAILS",
    "PROFILE_PARTS",
    "UNPROVEN_KEPT",
    "accept_invitation",
    "add_person",
    "change_details",
    "change_role",
    "close_to",
    "consent_of",
    "delete_all_needs",
    "delete_equality_answers",
    "delete_need",
    "end_role",
    "end_sessions",
    "erase_person",
    "forget_exports",
    "forget_unproven",
    "invite",
    "join_online",
    "keep_needs",
    "make_export",
    "note_email_change",
    "note_second_step",
    "open_needs",
    "open_to",
    "pass_on",
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
    "share_profile",
    "show_needs_to_projects",
    "show_to_projects",
    "stop_sharing_profile",
    "take_back",
    "undo_email_change",
]
