"""What the installer does by its own Python: ends a desk that runs, and puts ``rosterkit`` on the user's PATH.

    python.exe rosterkit_computer.py stop | add-path | remove-path

NSIS cannot: its texts end at 1,024 characters, so it would cut a longer PATH.
"""

from __future__ import annotations

import ctypes
import sys
import winreg
from collections.abc import Iterator
from contextlib import suppress
from ctypes import wintypes
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent.parent
BIN = str(PROGRAM / "bin")
_TERMINATE, _QUERY, _SYNCHRONIZE = 0x1, 0x1000, 0x10_0000
_LONGEST, _PATIENCE = 32_768, 5_000  # characters of a path; milliseconds
_EVERYBODY, _SETTINGS_CHANGED, _ABORT_IF_HUNG = 0xFFFF, 0x1A, 0x2

_kernel = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel.OpenProcess.restype = wintypes.HANDLE
_kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
_kernel.QueryFullProcessImageNameW.argtypes = (
    wintypes.HANDLE, wintypes.DWORD, wintypes.LPWSTR, ctypes.POINTER(wintypes.DWORD),
)  # fmt: skip
for _call, _more in (("TerminateProcess", wintypes.UINT), ("WaitForSingleObject", wintypes.DWORD)):
    getattr(_kernel, _call).argtypes = (wintypes.HANDLE, _more)
_kernel.CloseHandle.argtypes = (wintypes.HANDLE,)


def main(task: str) -> int:
    """Do one task; return how many programs of ours still run after ``stop``."""
    if task == "count":
        return sum(1 for _handle in _own_processes())
    if task == "stop":
        return sum(not _stop(handle) for handle in _own_processes())
    with_us = task == "add-path"
    words, kind = _read_path()
    others = [word for word in words.split(";") if word and word.rstrip("\\").casefold() != BIN.casefold()]
    wanted = ";".join([*others, BIN] if with_us else others)
    if wanted != words:
        _write_path(wanted, kind)
    return 0


def _own_processes() -> Iterator[int]:
    """Yield handles of the processes that run out of the program's folder, without this one."""
    numbers, size = (wintypes.DWORD * 8192)(), wintypes.DWORD()
    if not ctypes.WinDLL("psapi").EnumProcesses(numbers, ctypes.sizeof(numbers), ctypes.byref(size)):
        return
    own = _kernel.GetCurrentProcessId()
    for number in numbers[: size.value // ctypes.sizeof(wintypes.DWORD)]:
        handle = number not in (0, own) and _kernel.OpenProcess(_TERMINATE | _QUERY | _SYNCHRONIZE, False, number)
        if not handle:  # somebody else's
            continue
        text, length = ctypes.create_unicode_buffer(_LONGEST), wintypes.DWORD(_LONGEST)
        known = _kernel.QueryFullProcessImageNameW(handle, 0, text, ctypes.byref(length))
        if known and Path(text.value.casefold()).is_relative_to(str(PROGRAM).casefold()):
            yield handle
        _kernel.CloseHandle(handle)


def _stop(handle: int) -> bool:
    """End a process; results are written whole or not at all, so nothing is left half done."""
    _kernel.TerminateProcess(handle, 1)
    return bool(_kernel.WaitForSingleObject(handle, _PATIENCE) == 0)


def _read_path() -> tuple[str, int]:
    """The user's own PATH and its kind in the registry."""
    with suppress(FileNotFoundError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, "Environment") as key:
        return winreg.QueryValueEx(key, "Path")
    return "", winreg.REG_EXPAND_SZ


def _write_path(words: str, kind: int) -> None:
    """Write the user's PATH and tell all programs; one that is empty now is not left behind."""
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, "Environment") as key:
        if words:
            winreg.SetValueEx(key, "Path", 0, kind, words)
        else:
            winreg.DeleteValue(key, "Path")
    ctypes.WinDLL("user32").SendMessageTimeoutW(
        _EVERYBODY, _SETTINGS_CHANGED, 0, ctypes.c_wchar_p("Environment"), _ABORT_IF_HUNG, _PATIENCE, None
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
