"""Builds ``rosterkit-VERSION-setup.exe``, the installer for Windows, on Linux or on Windows.

    python installer/build.py --python python-3.13.X-embed-amd64.zip --sha256 HASH

The zip is the Python project's "embeddable package"; its hash is compared before anything of it is run. Needs pip,
makensis, a compiler for Windows (``x86_64-w64-mingw32-gcc``) and, on Linux, Wine. ``docs/release.md`` tells the rest.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from licences import write_licences
from payload import add_wheels, build_wheel, compile_all, compile_launcher, trim, unpack_python

HERE = Path(__file__).parent
ROOT = HERE.parent


def main() -> int:
    """Build the installer and say how large it is."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="rosterkit-installer-") as made:
        work = options.work or Path(made)
        program = make_program(work, options.python, options.sha256)
        setup = make_installer(program, options.out.resolve(), options.fast)
    print(f"{setup}: {setup.stat().st_size / 1e6:.1f} MB")
    return 0


def make_program(work: Path, python: Path, sha256: str) -> Path:
    """Lay out the folder that is installed and return it.

    Args:
        work: a folder for it and for the wheel.
        python: the embeddable Python.
        sha256: its hash.
    """
    program = work / "program"
    shutil.rmtree(program, ignore_errors=True)
    unpack_python(python, sha256, program / "python")
    add_wheels(build_wheel(ROOT, work), HERE / "requirements.txt", program / "lib")
    trim(program / "lib")
    compile_all(program)
    compile_launcher(HERE / "launcher.c", program / "bin" / "rosterkit.exe")
    shutil.copy(HERE / "computer.py", program / "python" / "rosterkit_computer.py")
    write_licences(program, ROOT / "LICENSE")
    for folder in sorted(program.iterdir()):
        print(f"{folder.name:<12} {_size(folder) / 1e6:7.1f} MB")
    return program


def make_installer(program: Path, out: Path, fast: bool = False) -> Path:
    """Pack a laid out program into the installer and return its path."""
    out.mkdir(parents=True, exist_ok=True)
    version = _version()
    setup = out / f"rosterkit-{version}-setup.exe"
    words = {"VERSION": version, "PROGRAM": program, "SETUP": setup, "KILOBYTES": _size(program) // 1024}
    given = [f"-D{name}={value}" for name, value in words.items()] + ["-DFAST"] * fast
    subprocess.run(["makensis", "-V2", "-WX", *given, str(HERE / "rosterkit.nsi")], check=True)
    return setup


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", type=Path, required=True, metavar="ZIP", help="the embeddable Python for amd64")
    parser.add_argument("--sha256", required=True, metavar="HASH", help="its SHA-256, as its publisher tells it")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="FOLDER", help="where the installer goes")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="keep what is packed in this folder")
    parser.add_argument("--fast", action="store_true", help="pack it quickly and larger, to try it out")
    return parser.parse_args()


def _version() -> str:
    namespace: dict[str, str] = {}
    exec((ROOT / "rosterkit" / "__init__.py").read_text(encoding="utf-8"), namespace)
    return namespace["__version__"]


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file())


if __name__ == "__main__":
    sys.exit(main())
