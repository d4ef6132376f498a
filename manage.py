#!/usr/bin/env python3
"""Django's command line, with the portal's settings."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coprod.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as fault:
        if "--traceback" in sys.argv:
            raise
        sys.exit(
            f"The database does not answer: {str(fault).strip()}. "
            "Are COPROD_DATA and DATABASE_URL those of the portal?"
        )
