"""What every letter of the portal has in common, whoever sends it."""

from __future__ import annotations

# RFC 3834, and what Exchange reads: nobody's absence is announced to us, nothing goes in circles.
BY_A_PROGRAM = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class MailIsDown(Exception):  # noqa: N818 -- it names what happened, as NotAllowed does
    """A letter that somebody waits for could not be handed to the mail relay."""
