"""Django's settings, from `env.py` alone. The desk and the API run on these; the edge never reads them."""

from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from stoppress.config import env
from stoppress.lib import limits

ENVIRONMENT = env.read()
PUBLIC_URL = ENVIRONMENT.public_url
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or ""
SECURE = PUBLIC_URL.startswith("https://")

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
# The host people use, and this machine by its own names (health checks, the first look after an install).
ALLOWED_HOSTS = [PUBLIC_HOST, "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "stoppress.desk",  # first: its templates stand before allauth's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "stoppress.accounts",
    "stoppress.newsroom",
    "stoppress.liveblogs",
    "stoppress.intake",
    "stoppress.audience",
    "stoppress.push",
    "stoppress.websub",
]

MIDDLEWARE = [
    "stoppress.config.numbered.numbered_requests",
    "stoppress.config.protection.for_this_origin",
    "stoppress.desk.middleware.smaller_pages",
    "stoppress.desk.middleware.kept_by_nobody",
    "stoppress.api.middleware.api_answers",
    "django.middleware.security.SecurityMiddleware",
    "stoppress.config.protection.content_policy",
    "stoppress.config.protection.names_something",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stoppress.desk.middleware.bounded_sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "stoppress.config.urls"
WSGI_APPLICATION = "stoppress.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database() -> dict[str, Any]:
    """Django's database settings for the checked URL."""
    path = ENVIRONMENT.sqlite_path
    if path:
        return {
            "ENGINE": "stoppress.config.sqlite",
            "NAME": str(path),
            "OPTIONS": {
                # A writer takes its turn at BEGIN, so no transaction fails half-way for having read first.
                "transaction_mode": "IMMEDIATE",
                "timeout": limits.DATABASE_WAIT_SECONDS,
                # FULL: a commit that was answered is on the disk (promise 1, docs/decisions).
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(ENVIRONMENT.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": limits.CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": limits.PASSWORD_CHARS_MIN},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "stoppress.accounts.passwords.SiteWordsValidator",
        "OPTIONS": {"words": ("stoppress", "newsroom", "liveblog", PUBLIC_HOST)},
    },
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # staff accounts are made by an admin; nobody signs up by themselves
ACCOUNT_ADAPTER = "stoppress.desk.adapter.StaffOnlyAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # "your password was changed", where mail is set up
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Passwords are guarded by `desk/adapter.py`; this is for second factors, counted per account.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/5m/key"}
MFA_ADAPTER = "stoppress.desk.second_factor.SecondFactors"
MFA_FORMS = {
    "authenticate": "stoppress.desk.forms.second_factor.CodeForm",
    "authenticate_webauthn": "stoppress.desk.forms.second_factor.PasskeyForm",
    "reauthenticate": "stoppress.desk.forms.second_factor.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # the device asks for finger, face or PIN: two factors in one
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an admin gave the address
MFA_TOTP_TOLERANCE = 1  # clocks may differ by half a minute; no code works twice (forms/second_factor.py)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/desk/account/login/"

SESSION_COOKIE_NAME = "__Host-stoppress" if SECURE else "stoppress"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = limits.SESSION_SECONDS
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the page they came with
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "stoppress.desk.views.token.csrf_failed"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = limits.HSTS_SECONDS if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
# TLS ends at a proxy, and the proxy redirects (docs/howto/behind-a-proxy.md): nothing here sees the other scheme.
SECURE_SSL_REDIRECT = False
SILENCED_SYSTEM_CHECKS = ["security.W008"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    },
}

DATA_UPLOAD_MAX_MEMORY_SIZE = limits.REQUEST_BODY_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = limits.UPLOAD_BYTES
MEDIA_ROOT = str(ENVIRONMENT.media_root)
MEDIA_URL = "/media/"
MEDIA_BUCKET = ENVIRONMENT.media_bucket  # None: pictures are kept in MEDIA_ROOT
UPLOADS_ROOT = str(ENVIRONMENT.data / "uploads")  # parts of pictures that are on their way
STATIC_URL = "/static/"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
INTAKE_IMAP_URL = ENVIRONMENT.imap_url
WEBSUB_HUB = ENVIRONMENT.websub_hub
PURGE_URL, PURGE_HEADER = ENVIRONMENT.purge_url, ENVIRONMENT.purge_header
PURGE_NETWORKS = ENVIRONMENT.purge_networks


def _mail() -> dict[str, Any]:
    """Django's mail settings for the checked URL. Without one nothing is sent: links would stand in a log."""
    if not ENVIRONMENT.mail_url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(ENVIRONMENT.mail_url)
    direct = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if direct else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": direct,
        "EMAIL_USE_TLS": not direct,
    }


globals().update(_mail())
MAIL_IS_SENT = bool(ENVIRONMENT.mail_url)
EMAIL_TIMEOUT = limits.MAIL_SECONDS
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

# Counts wrong second factors and remembers used codes. One process shares it between its threads; newsrooms of
# several desk processes are on PostgreSQL and share a table (accounts/migrations/0002).
_OPTIONS = {"MAX_ENTRIES": limits.CACHE_ENTRIES}
if ENVIRONMENT.sqlite_path:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": _OPTIONS}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache_entry",
            "OPTIONS": _OPTIONS,
        }
    }

LOGGING_CONFIG = None  # config/logs.py, for every command alike
