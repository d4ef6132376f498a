"""The portal's one settings file, with the environment of a test run.

Only what the environment can say is said here, and what a test run needs beside it: a database
in a real file (a test's threads and the browser's server then meet the locks of real life) and a
fast password hasher.
"""

import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent.parent
os.environ.setdefault("COPROD_MODE", "test")
os.environ.setdefault("COPROD_DATA", str(_HERE / "var" / "test"))
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("EQUALITY_KEY", "only-for-tests-as-well")

from coprod.settings import *  # noqa: E402, F403 -- the environment has to be set before
from coprod.settings import DATA_DIR, DATABASES, INSTALLED_APPS, MIDDLEWARE  # noqa: E402 -- as above: after the environment

DATA_DIR.mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Fifty threads at once under the coverage tracer, beside another worker: patience is not what
    # those tests are about.
    DATABASES["default"]["OPTIONS"]["timeout"] = 120
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
# Sees queries that are asked once for each row; switched on where a test asks for it.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
# It would read every static file again for each client of a test; the browser's server has its own.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
