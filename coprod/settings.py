"""Every setting of the portal, read from the environment (see .env.example)."""

from datetime import date, timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from coprod.lib import env as settings_env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = settings_env.data_dir(BASE_DIR)
env = settings_env.load(DATA_DIR)

MODE = settings_env.mode(env)
PRODUCTION = MODE == "production"
DEMONSTRATION = MODE == "demonstration"
DEBUG = env.bool("DEBUG", False)
FAILPOINT = settings_env.failpoint(env, MODE)

# --- Secrets and hosts -----------------------------------------------------------------------
SECRET_KEY = settings_env.needed(env, "SECRET_KEY", example="a-long-random-text")
# Keeps the pseudonyms of equality answers. Neither in the database nor derived from SECRET_KEY:
# whoever has only one of the two cannot join the answers to people.
EQUALITY_KEY = settings_env.needed(env, "EQUALITY_KEY", example="another-long-random-text")
_LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
if PRODUCTION:
    settings_env.needed(env, "ALLOWED_HOSTS", example="involved.example.org")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", _LOCAL_HOSTS)
if DEMONSTRATION:
    settings_env.refuse_public_demonstration(ALLOWED_HOSTS)
SITE_URL = env.str(
    "SITE_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://localhost:8000"
)
HTTPS = env.bool("HTTPS", PRODUCTION)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []

# --- Rooms -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # widgets are drawn by the same template engine as pages
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_filters",
    "people",
    "opportunities",
    "charter",
    "charter.reporting",
    "coprod",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coprod.middleware.PackPublicPages",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    # These stand outside of whatever answers early, so that every answer has their headers.
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "coprod.middleware.PrivatePagesMiddleware",
    "coprod.middleware.MethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "coprod.middleware.ActingMiddleware",
    "coprod.proof.FreshProofMiddleware",
    "coprod.once.OnceMiddleware",
    "coprod.kept.KeptMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "coprod.urls"
WSGI_APPLICATION = "coprod.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coprod.nav.portal",
            ],
            "builtins": ["coprod.templatetags.once"],  # no form without its token
        },
    },
    {
        # Letters in plain text: nothing is escaped.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "text",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"autoescape": False},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"
CRISPY_FAIL_SILENTLY = False

# --- Database --------------------------------------------------------------------------------
_SQLITE_OPTIONS = {
    # With Django's deferred transactions SQLite loses concurrent writes to “database is locked”.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY;"
    ),
}
_DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{DATA_DIR / 'db.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(_DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "coprod.lib.sqlite3"
    DATABASES["default"]["OPTIONS"] = _SQLITE_OPTIONS
    # Opening it, with all that is set above, takes longer than most questions.
    DATABASES["default"]["CONN_MAX_AGE"] = 600
else:
    # Who waits longer than this for a connection gets the page that says so.
    _POOL = {"min_size": 1, "max_size": env.int("DB_POOL", 4), "timeout": 10}
    DATABASES["default"]["OPTIONS"] = {"pool": _POOL}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Sign-in limits live here; a cache in each process would multiply them.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "coprod_cache",
    }
}

# Who was erased, as keyed hashes: outside of the database, and of its copies. An old copy that is
# put back learns from it who must go again.
ERASURE_LEDGER = Path(env.str("ERASURE_LEDGER", "") or DATA_DIR / "erasures.jsonl")

# --- Accounts --------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "people.passwords.NotTooLong"},
    {"NAME": "people.passwords.NotOneself"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "people.forms.sign_up.SignUpNameForm"
ACCOUNT_FORMS = {"login": "people.forms.sign_in.SignInForm"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# A code that got lost must not be the end of the way. An address with a slip in it starts again:
# allauth's way to change it is there only where the account is new, and so tells who has one.
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Three guesses a code, and ten codes an hour: one in a hundred thousand a day for each account.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,10/h/key"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Figures, for the keypad of a phone: eight, because three guesses at six are too good.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
SESSION_COOKIE_SAMESITE = "Lax"
# Staff: without a click, and in all. Residents stay signed in for the two weeks of the cookie.
STAFF_SESSION_IDLE = timedelta(minutes=env.int("STAFF_SESSION_IDLE_MINUTES", 30))
STAFF_SESSION_MAX = timedelta(hours=env.int("STAFF_SESSION_MAX_HOURS", 12))
INVITATION_LASTS = timedelta(days=7)

# --- The second step of signing in -----------------------------------------------------------
# Staff in these roles see nothing of their work before they have taken it. Nobody is asked for
# it in a demonstration: its buttons sign in without any step.
STAFF_SECOND_FACTOR_ROLES = env.list(
    "STAFF_SECOND_FACTOR_ROLES",
    ["administrator", "coordinator", "commissioner", "finance", "officer"] if PRODUCTION else [],
)
MFA_ADAPTER = "people.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The code before and after count too: half a minute is too short to find, read and write six
# figures for many people. people.forms.second_step takes each only once.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "people.forms.second_step.SecondStepForm",
    "reauthenticate": "people.forms.second_step.SecondStepAgainForm",
    "activate_totp": "people.forms.second_step.AddAppForm",
    "add_webauthn": "people.forms.second_step.AddPasskeyForm",
    "edit_webauthn": "people.forms.second_step.RenamePasskeyForm",
}

# --- Language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "coprod" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/London"
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------
STATIC_URL = "static/"
# Folder by folder: static/src holds sources, and node_modules while somebody builds them.
STATICFILES_DIRS = [(name, BASE_DIR / "static" / name) for name in ("css", "js", "img")]
STATIC_ROOT = DATA_DIR / "staticfiles"
# No MEDIA_URL: what people send is handed out by views that ask who wants it.
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_HANDLERS = ["coprod.lib.uploads.CappedUploads"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"

# --- Mail ------------------------------------------------------------------------------------
if PRODUCTION:
    _mail = settings_env.mail(env, "EMAIL_URL")
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.tls, _mail.ssl
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
EMAIL_TIMEOUT_IN_A_REQUEST = 5  # of a letter with a code: somebody sits and waits
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", f"Get involved <no-reply@{ALLOWED_HOSTS[0]}>")

# --- Safety in the browser -------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [NONE],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# A browser takes a cookie of such a name from this very host alone, and only over HTTPS.
_COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "coprod.errors.form_too_old"
# Pictures are counted apart: they go to a file while they arrive.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A day on which a thousand people are ticked has two fields for each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- The place and its promises --------------------------------------------------------------
PLACE = env.str("PLACE", "Sandwell")
HELP_PHONE = env.str("HELP_PHONE", "0121 496 0123")
HELP_TEXT = env.str("HELP_TEXT", "07700 900123")
HELP_EMAIL = env.str("HELP_EMAIL", "involved@example.org")
HELP_POST = env.str("HELP_POST", "Get involved, Example Council, 1 Example Square, B70 0XX")
# Where somebody writes who has found a weakness, and for how long the file that says so holds.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", f"mailto:{HELP_EMAIL}")
SECURITY_TXT_LASTS = timedelta(days=180)
HELP_HOURS = env.str("HELP_HOURS", "Monday to Friday, 9am to 5pm")
ADVICE_LINE = env.str("ADVICE_LINE", "Example Advice Centre, 0121 496 0199")
BENEFITS_CHECKED_ON = env.date("BENEFITS_CHECKED_ON", date(2026, 11, 2))
# Working days in which somebody who joined is welcomed.
WELCOME_WITHIN_DAYS = env.int("WELCOME_WITHIN_DAYS", 5)
CHECK_BACK_DAYS = env.int("CHECK_BACK_DAYS", 28)
CHECK_BACK_REMINDER_DAYS = env.int("CHECK_BACK_REMINDER_DAYS", 7)
CHECK_BACK_GIVE_UP_DAYS = env.int("CHECK_BACK_GIVE_UP_DAYS", 21)
CHARTER_REVIEW_MONTHS = env.int("CHARTER_REVIEW_MONTHS", 6)
ASKED_IN_90_DAYS = env.int("ASKED_IN_90_DAYS", 6)
SMALL_NUMBER_PUBLIC = env.int("SMALL_NUMBER_PUBLIC", 10)
SMALL_NUMBER_INSIDE = env.int("SMALL_NUMBER_INSIDE", 5)
WORKER_SEEN_WITHIN = timedelta(minutes=env.int("WORKER_SEEN_WITHIN_MINUTES", 5))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"keys": {"()": "coprod.lib.logs.HideKeys"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["keys"]}
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
