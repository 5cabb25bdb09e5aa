"""The command as a program of its own: entry point, pipes, terminal, help, and `serve` with a real socket."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("goodoffices")
VERBS = (
    *("cases", "show", "facts", "timeline", "check", "why", "rules", "brief", "changes", "history"),
    *(
        "advise",
        "plan",
        "deviations",
        "patterns",
        "compare",
        "precedents",
        "claims",
        "missions",
        "operations",
        "export",
    ),
    *("record", "correct", "retract", "verify", "serve", "search", "case", "casebook"),
)


def environment(ledger: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR", "NO_COLOR")}
    return kept | {"GOODOFFICES_DATABASE_URL": str(ledger)} | more


def program(ledger: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments], env=environment(ledger, **more), capture_output=True, text=True, check=False, timeout=60
    )


def test_help_names_every_verb(tmp_path: Path) -> None:
    done = program(tmp_path / "none.db", "--help", COLUMNS="80")
    assert done.returncode == 0
    assert set(re.findall(r"^  ([a-z]+)  ", done.stdout, re.MULTILINE)) == set(VERBS)
    assert "..." not in done.stdout.partition("Commands:")[2], "a summary is cut off"


@pytest.mark.parametrize(
    "verb",
    [(), *((verb,) for verb in VERBS), ("case", "new"), *(("casebook", verb) for verb in ("check", "diff", "version"))],
    ids=" ".join,
)
def test_help_fits_a_terminal(bare: object, verb: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    assert callable(bare)
    monkeypatch.setenv("COLUMNS", "80")
    said = bare(*verb, "--help")
    assert said.code == 0
    assert max(len(line) for line in said.out.splitlines()) <= 80


def test_the_entry_point(ledger_file: Path) -> None:
    done = program(ledger_file, "cases", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"mali-2021"' in done.stdout


def test_errors_are_sentences_on_standard_error(ledger_file: Path) -> None:
    done = program(ledger_file, "check", "mali-2091")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("goodoffices: ")
    assert len(done.stderr.splitlines()) == 1


def test_the_reader_of_the_output_may_leave(ledger_file: Path) -> None:
    for verb in ("facts mali-2021", "facts mali-2021 --json", "rules"):
        line = f'"{PROGRAM}" {verb} | head -n 1; echo "${{PIPESTATUS[0]}}"'
        done = subprocess.run(
            ["bash", "-c", line], env=environment(ledger_file), capture_output=True, text=True, check=False, timeout=60
        )
        assert done.stderr == ""
        assert len(done.stdout.splitlines()) == 2
        assert done.stdout.splitlines()[1] in ("0", "141")


def on_a_terminal(ledger: Path, *arguments: str, columns: int, **more: str) -> str:
    """What a person at a terminal of so many columns sees."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    running = subprocess.Popen(
        [PROGRAM, *arguments],
        env=environment(ledger, TERM="xterm-256color", **more),
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other side has closed
            break
        if not part:
            break
        seen += part
    os.close(ours)
    assert running.wait(30) == 0
    return seen.decode()


def test_a_terminal_has_its_width_and_bold_heads(ledger_file: Path) -> None:
    seen = on_a_terminal(ledger_file, "cases", columns=72)
    assert "\x1b[1m" in seen
    plain = re.sub(r"\x1b\[[0-9;]*m", "", seen)
    assert max(len(line) for line in plain.splitlines()) <= 72


def test_no_colour_where_none_is_wanted(ledger_file: Path) -> None:
    seen = on_a_terminal(ledger_file, "cases", columns=100, NO_COLOR="1")
    assert not re.search(r"\x1b\[(3|4|9)\d", seen)
    assert "\x1b" not in program(ledger_file, "cases").stdout


# serve


def free_port(family: socket.AddressFamily = socket.AF_INET, host: str = "127.0.0.1") -> int:
    with socket.socket(family) as one:
        one.bind((host, 0))
        port: int = one.getsockname()[1]
        return port


class Serving:
    """`goodoffices serve` while a test looks at it."""

    def __init__(self, ledger: Path, host: str, port: int):
        self.running = subprocess.Popen(
            [PROGRAM, "serve", "--host", host, "--port", str(port)],
            env=environment(ledger),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.running.stderr is not None
        self.said: list[str] = []
        for line in self.running.stderr:
            self.said.append(line)
            if "is open at" in line:
                break

    def stop(self) -> tuple[int, str, str]:
        time.sleep(0.3)
        self.running.send_signal(signal.SIGINT)
        out, err = self.running.communicate(timeout=30)
        return self.running.returncode, out, err


def fetch(address: str) -> int:
    for _ in range(50):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                status: int = answer.status
                return status
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_the_first_start_tells_what_it_does_and_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    port = free_port()
    serving = Serving(tmp_path / "new" / "ledger.db", "127.0.0.1", port)
    assert [line for line in serving.said if "casebook" in line]
    assert serving.said[-1] == f"Good Offices is open at http://127.0.0.1:{port} (stop with Ctrl-C).\n"
    assert fetch(f"http://127.0.0.1:{port}/cases") == 200
    assert serving.stop() == (0, "", "")


def test_a_port_in_use(ledger_file: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = program(ledger_file, "serve", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be used" in done.stderr
    assert "--port" in done.stderr


def test_the_other_family_of_addresses(ledger_file: Path) -> None:
    try:
        port = free_port(socket.AF_INET6, "::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    serving = Serving(ledger_file, "::1", port)
    assert f"http://[::1]:{port} " in serving.said[-1]
    assert fetch(f"http://[::1]:{port}/cases") == 200
    assert serving.stop()[0] == 0
