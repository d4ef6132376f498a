"""The tree itself: what may lie where, which words never appear, and which shortcuts are closed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

import pytest
from django.contrib import admin
from django.core.management import call_command

from tests.house.tree import ROOT, Module, modules, text_of, tracked_files

TOP_LEVEL = {
    *("coprod", "people", "opportunities", "charter", "templates", "static", "tests"),
    *("manage.py", "pyproject.toml", "Makefile", "requirements.txt", "requirements-dev.txt"),
    *("README.md", "CHANGELOG.md", "LICENSE"),
    *(".ci", ".github", ".env.example", ".gitignore", ".gitattributes", ".editorconfig", ".npmrc"),
}
# Rows about people: fetched through visible_to(user), never by a bare key, never in the admin.
PRIVATE = {
    *("Person", "Profile", "EqualityAnswer", "Consent", "Notice", "AuditEvent"),
    *("SignUp", "SignUpSupport", "Attendance", "ParticipationRow", "Participation"),
    *("Contribution", "CheckBack", "Need"),
}
VAGUE_NAMES = {"utils", "util", "helpers", "common", "services", "misc", "base", "core"}
# Assembled, so that this file does not name them itself.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
]
OUTSIDE_PATHS = re.compile(r"(?<![\w.])/(work|root)/|\.\./shar" + r"ed/")
SILENCER = re.compile(
    r"#\s*(?:noqa(?::[\s\w,]*)?|type:\s*ignore(?:\[[\w,\s-]*\])?|pragma:\s*no\s*\w+|nosec\S*)(.*)"
)
ENTRY = re.compile(r'^\s+"[^"]+",?\s*(#.*)?$')
LINT_CODES = re.compile(r'^\s+("[A-Z]{1,6}\d*",?\s*)+$')


def lines_with(pattern: re.Pattern[str], texts: dict[str, str]) -> list[str]:
    """Return ``file:line`` of every line in which ``pattern`` is found."""
    return [
        f"{name}:{number}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def silencers_without_reason(texts: dict[str, str]) -> list[str]:
    """Return the lines that switch a check off and say nothing after it."""
    return [
        f"{name}:{number}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if (found := SILENCER.search(line)) and len(found.group(1).strip(" -#")) < 10
    ]


def bare_fetches(house: Iterable[Module]) -> list[str]:
    """Return where a view fetches a private row without asking for whom it is visible."""
    return [
        f"{module.name}:{node.lineno}"
        for module in house
        if ".views" in module.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _fetches_private(node)
    ]


def _fetches_private(call: ast.Call) -> bool:
    text = ast.unparse(call)
    names = "|".join(sorted(PRIVATE))
    shortcut = rf"^get_(object|list)_or_404\(({names})(\.objects)?[,)]"
    manager = rf"^({names})\.objects\.(get|all|filter|first|in_bulk)\("
    return bool(re.match(shortcut, text) or re.match(manager, text))


def saves_overridden(house: Iterable[Module]) -> list[str]:
    return [
        f"{module.name}:{part.lineno}"
        for module in house
        if ".models" in module.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for part in node.body
        if isinstance(part, ast.FunctionDef) and part.name in {"save", "delete"}
    ]


def receivers(house: Iterable[Module]) -> list[str]:
    """Return where something listens to a signal other than those of ``people.signals``.

    ``post_migrate`` is no event of the house: it puts back what SQLite drops with a table.
    """
    listens = re.compile(
        r"@receiver\((?!person_erased|person_gone|agreement_changed|signals\.person_erased)"
        r"|(?<!person_erased)(?<!post_migrate)\.connect\("
    )
    source = re.compile(
        r"from django\.(db\.models|core|contrib\.auth)\.signals(?! import post_migrate\n)"
        r"|models import signals"
    )
    texts = {module.name: ast.unparse(module.tree) for module in house}
    return [name for name, text in texts.items() if listens.search(text) or source.search(text)]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {str(file.relative_to(ROOT)): text_of(file) for file in tracked_files()}


@pytest.fixture(scope="module")
def house() -> list[Module]:
    return modules()


def view(text: str, name: str = "people.views.staff") -> Module:
    return Module(ROOT / "made-up.py", name, ast.parse(text))


def test_only_the_fixed_layout_lies_at_the_top(texts):
    assert {name.split("/")[0] for name in texts} - TOP_LEVEL == set()


def test_no_file_names_a_package_registry(texts):
    """Lock files with addresses bind everybody to one network."""
    hosts = re.compile("|".join(re.escape(host) for host in REGISTRY_HOSTS))
    assert lines_with(hosts, texts) == []
    assert lines_with(hosts, {"lock": f"url = https://{REGISTRY_HOSTS[0]}/x"}) == ["lock:1"]


def test_no_file_names_a_folder_outside_the_project(texts):
    assert lines_with(OUTSIDE_PATHS, texts) == []
    assert lines_with(OUTSIDE_PATHS, {"a": "see /work" + "/b"}) == ["a:1"]


def loose(requirements: str) -> list[str]:
    """Return the entries of a lock file without an exact version or without hashes."""
    whole = requirements.replace("\\\n", " ").splitlines()
    entries = [line for line in whole if line.strip() and not line.lstrip().startswith("#")]
    return [one for one in entries if "==" not in one or "--hash=sha256:" not in one]


def test_every_requirement_is_pinned_and_hashed(texts):
    assert loose(texts["requirements.txt"]) == loose(texts["requirements-dev.txt"]) == []
    assert loose("a==1 \\\n    --hash=sha256:0\n    # via b\nb==2\nc>=3 --hash=sha256:0\n") == [
        "b==2",
        "c>=3 --hash=sha256:0",
    ]


def test_every_silenced_check_gives_its_reason(texts):
    code = {name: text for name, text in texts.items() if name.endswith((".py", ".toml"))}
    assert silencers_without_reason(code) == []


def test_a_check_silenced_without_a_reason_is_found():
    quiet = "# " + "noqa: E501"
    texts = {"a.py": f"x = 1  {quiet}\ny = 2  {quiet} -- a table reads better wide\n"}
    assert silencers_without_reason(texts) == ["a.py:1"]


def test_every_dependency_and_ignored_rule_gives_its_reason(texts):
    lines = texts["pyproject.toml"].splitlines()
    entries = [one for one in lines if ENTRY.match(one) and not LINT_CODES.match(one)]
    assert [one.strip() for one in entries if "#" not in one] == []


def test_every_setting_is_listed_for_whoever_installs(texts):
    """And nothing is listed that no setting reads."""
    sources = texts["coprod/settings.py"] + texts["coprod/lib/env.py"]
    read = set(
        re.findall(
            r'(?:env\.\w+\(|(?:needed|mail)\(\s*env,|environ\.get\()\s*"([A-Z][A-Z_]+)"', sources
        )
    )
    listed = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", texts[".env.example"], re.MULTILINE))
    assert listed == read


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_have_names_that_say_something(texts):
    names = [name for name in texts if re.search(r"/migrations/\d{4}_", name)]
    assert [name for name in names if "_auto_" in name or name.endswith("_initial.py")] == []
    assert names


def test_views_fetch_private_rows_by_what_is_visible(house):
    assert bare_fetches(house) == []


@pytest.mark.parametrize(
    "text",
    [
        "get_object_or_404(Person, pk=pk)",
        "x = get_object_or_404(SignUp.objects, pk=pk)",
        "Profile.objects.get(pk=pk)",
        "page(Notice.objects.filter(pk=1))",
    ],
)
def test_a_bare_fetch_is_found(text):
    assert bare_fetches([view(text)]) == ["people.views.staff:1"]
    assert bare_fetches([view(text, "people.actions")]) == []


def test_a_fetch_of_what_is_visible_is_fine():
    text = "get_object_or_404(Person.objects.visible_to(request.user), pk=pk)"
    assert bare_fetches([view(text)]) == []


def test_the_administration_holds_no_rows_about_people():
    assert {model.__name__ for model in admin.site._registry} & PRIVATE == set()


def test_no_module_has_a_vague_name(house):
    names = {module.name for module in house} - {"coprod.lib.sqlite3.base"}  # Django asks for it
    parts = {part: name for name in names for part in name.split(".")}
    assert {parts[name] for name in VAGUE_NAMES & set(parts)} == set()


def test_nothing_happens_behind_save(house):
    assert saves_overridden(house) == []
    hidden = view("class A:\n    def save(self): ...", "people.models.pool")
    assert saves_overridden([hidden]) == ["people.models.pool:2"]


def test_nobody_listens_but_to_what_the_first_floor_tells(house):
    assert receivers(house) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@receiver(post_save)\ndef f(): ...", 1),
        ("post_save.connect(f)", 1),
        ("from django.db.models.signals import pre_save", 1),
        ("@receiver(person_erased)\ndef f(): ...", 0),
        ("person_erased.connect(f)", 0),
        ("from django.db.models.signals import post_migrate\npost_migrate.connect(f)", 0),
        ("from django.db.models.signals import post_migrate, post_save", 1),
    ],
)
def test_a_listener_is_found(text, found):
    assert len(receivers([view(text)])) == found
