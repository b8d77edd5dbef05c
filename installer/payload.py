"""What the installer carries: Python, the wheels, their compiled modules, and ``rosterkit.exe``."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

_SEARCHED = ("python{version}.zip", ".", "..\\lib")  # written into python3XX._pth: nothing else is ever imported
PYTHON = "3.13"  # of the wheels in requirements.txt
_LANGUAGES = ("root", "en", "id")  # of Babel, which has more than a thousand
_UNUSED_FILES = (".pyi", ".pyx", ".pxd", ".c", ".h", ".lib")
_UNUSED_FOLDERS = ("tests", "test", "testing", "sboms", "bin", "__pycache__")
_NEEDED_FOLDERS = ("pandera/api/checks",)
_COMPILE = (
    "import compileall, py_compile, sys; mode = py_compile.PycInvalidationMode.UNCHECKED_HASH;"
    " sys.exit(not compileall.compile_dir(sys.argv[1], quiet=1, invalidation_mode=mode, stripdir=sys.argv[1]))"
)


def unpack_python(archive: Path, sha256: str, target: Path) -> None:
    """Unpack the embeddable Python, with or without a folder around it, and let it import our ``lib``.

    Raises:
        SystemExit: the archive has another hash, or is no embeddable Python.
    """
    content = archive.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256.lower():
        sys.exit(f"{archive}: SHA-256 is {hashlib.sha256(content).hexdigest()}, not {sha256}")
    target.mkdir(parents=True)
    with zipfile.ZipFile(archive) as package:
        for info in package.infolist():
            if not info.is_dir():
                (target / Path(info.filename).name).write_bytes(package.read(info))
    (paths,) = target.glob("python3*._pth")
    version = paths.stem.removeprefix("python")
    if version != PYTHON.replace(".", ""):
        sys.exit(f"{archive}: the wheels in requirements.txt are for Python {PYTHON}")
    paths.write_bytes("".join(f"{line}\r\n" for line in _SEARCHED).format(version=version).encode())


def build_wheel(source: Path, work: Path) -> Path:
    """Build the wheel of the tree and return it."""
    shutil.rmtree(work / "wheel", ignore_errors=True)
    _pip("wheel", "--no-deps", "--wheel-dir", work / "wheel", source)
    (wheel,) = (work / "wheel").glob("rosterkit-*.whl")
    return wheel


def wheel_options(python: str) -> tuple[str, ...]:
    """Return the options of pip for wheels that run on Windows with a version of Python."""
    return ("--platform", "win_amd64", "--implementation", "cp", "--python-version", python, "--only-binary", ":all:")


def add_wheels(wheel: Path, requirements: Path, lib: Path) -> None:
    """Install our wheel and those of the requirements, whose hashes are compared, into a folder."""
    where = (*wheel_options(PYTHON), "--no-deps", "--no-compile", "--target", lib)
    _pip("install", "--require-hashes", "-r", requirements, *where)
    shutil.rmtree(lib / "bin")  # programs of packages, with the path of this machine's Python in them
    _pip("install", wheel, *where)


def trim(lib: Path) -> None:
    """Take away what nobody uses at run time: tests, type stubs, languages, programs of the packages."""
    for folder in sorted((path for path in lib.rglob("*") if path.is_dir()), reverse=True):
        if folder.name in _UNUSED_FOLDERS and folder.relative_to(lib).as_posix() not in _NEEDED_FOLDERS:
            shutil.rmtree(folder)
    for file in lib.rglob("*"):
        if file.suffix in _UNUSED_FILES or (file.parent.name == "locale-data" and file.stem not in _LANGUAGES):
            file.unlink()


def compile_all(program: Path) -> None:
    """Compile all modules with the very Python that will run them; they are never looked at again (unchecked)."""
    run_python(program, "-c", _COMPILE, windows_path(program / "lib"))
    modules = {file.with_suffix("").name for file in (program / "lib").rglob("*.py")}
    compiled = {re.sub(r"\..*", "", file.name) for file in (program / "lib").rglob("*.pyc")}
    if modules - compiled:
        sys.exit(f"not compiled: {', '.join(sorted(modules - compiled)[:5])}")


def compile_launcher(source: Path, target: Path) -> None:
    """Compile ``rosterkit.exe``, the command."""
    target.parent.mkdir()
    compiler = shutil.which("x86_64-w64-mingw32-gcc") or "gcc"
    subprocess.run([compiler, "-Os", "-s", "-Wall", "-Werror", "-o", target, source], check=True)


def run_python(program: Path, *words: object) -> None:
    """Run the Python that is shipped; under Wine where this is not Windows.

    Raises:
        CalledProcessError: it failed.
    """
    wine = [] if os.name == "nt" else ["wine"]
    quiet = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml="}
    done = subprocess.run(
        [*wine, str(program / "python" / "python.exe"), *map(str, words)],
        env=os.environ | quiet,
        stdin=subprocess.DEVNULL,
        capture_output=True,  # Wine's Python refuses streams that are files
        check=False,
    )
    if done.returncode:
        sys.stderr.buffer.write(done.stdout + done.stderr)
    done.check_returncode()


def windows_path(path: Path) -> str:
    """Return a path as Windows programs name it; under Wine drive Z is the whole machine."""
    return str(path) if os.name == "nt" else "Z:" + str(path.resolve()).replace("/", "\\")


def _pip(*words: object) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, words)]
    subprocess.run(command, check=True)
