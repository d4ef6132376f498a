"""One word for "you may not": the 403 of every view."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Stop the request with 403 unless ``allowed``.

    Raises:
        PermissionDenied: ``allowed`` is false.
    """
    if not allowed:
        raise PermissionDenied
