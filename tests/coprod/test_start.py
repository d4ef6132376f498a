"""``make run``: one command starts everything, Ctrl-C stops everything, the data stays."""

from __future__ import annotations

import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coprod import start
from tests import programs


@pytest.fixture
def port() -> int:
    return programs.free_port()


@pytest.fixture
def begin(tmp_path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """``begin(port)`` starts the portal on ``tmp_path``; nothing of it outlives the test."""
    programs_begun = []

    def run(port: int, *before: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [*before, sys.executable, "-m", "coprod.start", "--port", str(port)],
            cwd=programs.ROOT,
            env=programs.environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        programs_begun.append(program)
        return program

    yield run
    for program in programs_begun:
        program.kill()
        program.wait(timeout=60)
        program.stdout.close()


def read_until(program: subprocess.Popen[str], words: str) -> str:
    lines = []
    for line in program.stdout:
        lines.append(line)
        if words in line:
            return "".join(lines)
    pytest.fail(f"it ended without saying “{words}”:\n{''.join(lines)}")


def finish(program: subprocess.Popen[str], number: int = signal.SIGINT) -> tuple[int, str]:
    program.send_signal(number)
    said = program.communicate(timeout=120)[0]
    return program.returncode, said


def children_of(pid: int) -> list[int]:
    """Return the processes below ``pid`` in the tree of processes."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int(
                (folder / "stat").read_text().rpartition(")")[2].split()[1]
            )
        except OSError:
            continue
    found, ahead = [], [pid]
    while ahead:
        below = [child for child, parent in parents.items() if parent == ahead[0]]
        ahead = ahead[1:] + below
        found += below
    return found


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def get(port: int, address: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=10) as answer:
        return answer.read().decode()


def wait_for_the_worker(port: int) -> str:
    for _ in range(100):
        try:
            return get(port, "/readyz")
        except urllib.error.HTTPError:
            time.sleep(0.2)
    return pytest.fail("no worker was seen")


@pytest.fixture(scope="module")
def made_before(tmp_path_factory) -> Path:
    """The folder of a portal that was started before, by hand."""
    data = tmp_path_factory.mktemp("before")
    start.write_first_settings(data)
    made = (
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "Organisation.objects.create(name='Ours', slug='ours', letters='O', kind='council',"
        "valid_from='2026-01-01')"
    )
    done = programs.python(data, "manage.py", "shell", "-v0", "-c", made)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def lived_in(made_before, tmp_path) -> str:
    """Make the folder of this test a copy of that one, and return its keys."""
    shutil.copytree(made_before, tmp_path, dirs_exist_ok=True)
    return (tmp_path / "env").read_text()


def begin_and_wait(begin, port: int, *before: str) -> subprocess.Popen[str]:
    program = begin(port, *before)
    read_until(program, "Ctrl-C")
    return program


def test_one_command_starts_everything_and_ctrl_c_stops_everything(begin, tmp_path, port):
    program = begin(port)
    said = read_until(program, "Ctrl-C")
    started = children_of(program.pid)
    assert f"http://localhost:{port}/demo/" in said
    assert get(port, "/healthz") == "ok\n"
    assert wait_for_the_worker(port) == "database: ok\nmigrations: ok\nworker: ok\nerasures: ok\n"
    assert len(started) >= 3  # worker, web server, and the web server's own
    second = programs.python(tmp_path, "-m", "coprod.start", "--port", str(programs.free_port()))
    assert (second.returncode, "already running on" in second.stderr) == (1, True)
    code, said = finish(program)
    assert (code, said.strip().splitlines()[-1]) == (0, "Stopped.")
    assert alive(started) == []
    with pytest.raises(OSError, match="refused"):
        get(port, "/healthz")


def test_a_second_start_keeps_data_and_keys(begin, tmp_path, port, lived_in):
    """Where there is data, no demonstration is loaded."""
    finish(begin_and_wait(begin, port), signal.SIGTERM)
    ask = "print(*Organisation.objects.values_list('name', flat=True))"
    assert programs.python(tmp_path, "manage.py", "shell", "-v0", "-c", ask).stdout == "Ours\n"
    assert (tmp_path / "env").read_text() == lived_in


@pytest.mark.usefixtures("lived_in")
def test_ctrl_c_stops_it_where_a_script_started_it_in_the_background(begin, port):
    """Shells let background jobs ignore Ctrl-C, and programs inherit that."""
    deaf = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN);"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    program = begin_and_wait(begin, port, sys.executable, "-c", deaf)
    assert finish(program)[0] == 0


@pytest.mark.usefixtures("lived_in")
def test_nothing_is_left_when_it_is_killed_outright(begin, port):
    program = begin_and_wait(begin, port)
    started = children_of(program.pid)
    program.kill()
    program.communicate(timeout=60)
    until = time.monotonic() + 60
    while alive(started) and time.monotonic() < until:
        time.sleep(0.2)
    assert alive(started) == []


def test_a_taken_port_stops_the_start_with_a_sentence(tmp_path, port):
    with socket.create_server(("127.0.0.1", port)):
        done = programs.python(tmp_path, "-m", "coprod.start", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is already in use. Stop the other program, or" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
    assert not (tmp_path / "env").exists()


def test_a_port_that_does_not_exist(capsys):
    with pytest.raises(start.CannotStart, match="There is no port 70000"):
        start.check_port(70_000)


def test_a_wrong_setting_is_named(tmp_path, port):
    (tmp_path / "env").write_text("COPROD_MODE=demonstration\n")
    done = programs.python(tmp_path, "-m", "coprod.start", "--port", str(port))
    assert done.returncode == 1
    assert "SECRET_KEY is not set, and the portal cannot start without it." in done.stderr


def test_the_first_settings_are_the_owner_s_alone(tmp_path):
    assert start.write_first_settings(tmp_path)
    file = tmp_path / "env"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    values = dict(line.split("=", 1) for line in file.read_text().splitlines()[1:])
    assert values["COPROD_MODE"] == "demonstration"
    assert len({values["SECRET_KEY"], values["EQUALITY_KEY"]}) == 2
    assert min(len(values["SECRET_KEY"]), len(values["EQUALITY_KEY"])) > 60
    assert not start.write_first_settings(tmp_path)


def test_settings_broken_off_half_way_are_written_again(tmp_path):
    (tmp_path / "env.new").write_text("SECRET_")
    assert start.write_first_settings(tmp_path)
    assert "EQUALITY_KEY=" in (tmp_path / "env").read_text()


def test_reset_removes_what_is_ours_and_nothing_else(tmp_path):
    start.write_first_settings(tmp_path)
    (tmp_path / "mail").mkdir()
    for name in ("db.sqlite3", "mail/one.log", "somebody-s-letter.txt"):
        (tmp_path / name).write_text("x")
    done = programs.python(tmp_path, "-m", "coprod.start", "--reset")
    assert done.returncode == 0, done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["somebody-s-letter.txt"]


def test_reset_refuses_a_real_installation(tmp_path):
    (tmp_path / "env").write_text("COPROD_MODE=production\n")
    done = programs.python(tmp_path, "-m", "coprod.start", "--reset")
    assert (done.returncode, "only forgets demonstrations" in done.stderr) == (1, True)
    assert (tmp_path / "env").exists()


def test_a_child_that_ends_by_itself_is_reported_with_its_last_words(tmp_path):
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "web.log").write_text("first\nthe last words\n")
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    with pytest.raises(
        start.CannotStart, match=r"web process ended by itself(.|\n)*the last words"
    ):
        start.ended({"web": child}, tmp_path)


def test_stop_ends_children_that_will_not_listen():
    deaf = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True);"
        "time.sleep(99)"
    )
    handlers = {
        number: signal.getsignal(number)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    child = subprocess.Popen(
        [sys.executable, "-c", deaf], stdout=subprocess.PIPE, start_new_session=True
    )
    child.stdout.readline()
    try:
        start.stop([child], within=0.2)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        child.stdout.close()
    assert child.returncode == -signal.SIGKILL
    assert alive([child.pid]) == []


@pytest.mark.parametrize("port", ["abc", "", "0", "65536", "-1", "8¹"])
def test_a_port_that_is_none_is_answered_in_words(capsys, port):
    with pytest.raises(SystemExit):
        start.main([f"--port={port}"])
    assert f"“{port}” is no port. Give a number, like PORT=8123" in capsys.readouterr().err
