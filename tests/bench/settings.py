"""The settings of real life, with the bench's own pages beside the portal's."""

from coprod.settings import *  # noqa: F403 -- all of them
from coprod.settings import MIDDLEWARE

ROOT_URLCONF = "tests.bench.urls"
MIDDLEWARE = ["tests.bench.pages.CountQueries", *MIDDLEWARE]
