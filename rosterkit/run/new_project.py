"""Lays out a folder for the work of a programme."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.outside import allow
from rosterkit.rules import rule_codes
from rosterkit.schema.load import DEFAULT, load_roster, load_upload
from rosterkit.settings import FILE, INBOX

_FOLDERS = (INBOX, "acuan", "hasil")
_LINE_ENDS = {"Periksa.bat": "\r\n", "Meja kerja.daftar": "\r\n"}  # cmd.exe loses its labels in a file with others
_PROGRAMS = ("periksa.sh",)


def lay_out_project(folder: Path, schema: str | None) -> list[Path]:
    """Make the folders and files of a project; what is there already stays as it is.

    Args:
        folder: of the project; made where it is not there.
        schema: its programme, None: the general one.

    Returns:
        The files that were there already.

    Raises:
        UsageError: the schema cannot be used, the folder is a project already, or it cannot be written.
    """
    spec = load_roster(schema or DEFAULT, rule_codes)
    if (folder / FILE).exists():
        raise UsageError(_("{path} sudah ada, jadi tidak ada yang diubah.").format(path=folder / FILE))
    named = schema or DEFAULT
    if named.endswith((".yaml", ".yml")):
        named = Path(named).resolve().as_posix()
    upload = load_upload(spec.uploads[0]).output_name if spec.uploads else "bpjs-..."
    known = {"title": spec.title, "schema": named, "upload": upload}
    kept = []
    try:
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for source in sorted(files("rosterkit.data").joinpath("project").iterdir(), key=lambda file: file.name):
            if not _write(folder / source.name, source.read_text(encoding="utf-8"), known):
                kept.append(folder / source.name)
        if named.endswith((".yaml", ".yml")):
            allow(folder.resolve(), [named])  # she has named it herself
    except OSError as error:
        raise UsageError(
            _("Folder {path} tidak bisa disiapkan ({reason}).").format(path=folder, reason=error.strerror)
        ) from error
    return kept


def _write(path: Path, text: str, known: dict[str, str]) -> bool:
    """Write a file of a new project; False where it is there already."""
    if path.suffix in (".txt", ".toml"):
        text = text.format(**known)
    try:
        with path.open("x", encoding="utf-8", newline=_LINE_ENDS.get(path.name)) as target:
            target.write(text)
    except FileExistsError:
        return False
    if path.name in _PROGRAMS:
        path.chmod(0o755)
    return True
