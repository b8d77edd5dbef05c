"""How much memory and time the reading of one file may take in a process of its own."""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar

from rosterkit.settings import Limits

_PER_BYTE = 12  # a bare read of 1,000,000 rows x 15 takes 1.5 bytes for each byte unpacked, with the results ten
_SHARE = 0.8  # of the memory that is free
_BYTES_A_SECOND = 2_000_000
_JOB_PROCESS_MEMORY, _JOB_EXTENDED_LIMITS = 0x100, 9  # of Windows: a flag, a class of information
_DEFAULT = Limits()
_limits = ContextVar("limits", default=_DEFAULT)


def use_limits(limits: Limits) -> None:
    """Let these be the limits of the files that are read from here on."""
    _limits.set(limits)


def max_memory(size: int) -> int:
    """Return how many bytes of memory the reading of so many bytes may take: never nearly all that is free."""
    least = _limits.get().memory_mb * 1_000_000
    wanted, free = least + _PER_BYTE * size, _free_memory()
    return wanted if free is None else max(min(wanted, int(_SHARE * free)), least // 2)


def max_seconds(size: int) -> float:
    """Return how long the reading of so many bytes may take."""
    return _limits.get().seconds + size / _BYTES_A_SECOND


def limit_memory(size: int) -> None:
    """Bound the memory of this process; a limit that is lower already stays.

    Raises:
        OSError: the system refuses.
    """
    if sys.platform == "win32":
        _limit_job(size)
        return
    import resource

    lowest = [limit for limit in resource.getrlimit(resource.RLIMIT_AS) if limit != resource.RLIM_INFINITY]
    limit = min([size, *lowest])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _free_memory() -> int | None:
    """Return the bytes of memory that are free; None where the system does not tell."""
    if sys.platform == "win32":
        return _free_memory_of_windows()
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def _free_memory_of_windows() -> int | None:
    import ctypes

    class Memory(ctypes.Structure):
        """``MEMORYSTATUSEX``."""

        _fields_ = (
            ("length", ctypes.c_uint32), ("load", ctypes.c_uint32), ("memory", ctypes.c_uint64),
            ("free_memory", ctypes.c_uint64), ("page_file", ctypes.c_uint64), ("free_page_file", ctypes.c_uint64),
            ("addresses", ctypes.c_uint64 * 3),
        )  # fmt: skip

    memory = Memory(length=ctypes.sizeof(Memory))
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined] # on Windows alone
    if not kernel.GlobalMemoryStatusEx(ctypes.byref(memory)):
        return None
    return int(min(memory.free_memory, memory.free_page_file))


def _limit_job(size: int) -> None:
    """Put this process into a job object of Windows with a limit of memory, which ends with the process.

    Raises:
        OSError: Windows refuses; the file is then reported as one that could not be read.
    """
    import ctypes
    from ctypes import wintypes

    class Limits(ctypes.Structure):
        """``JOBOBJECT_EXTENDED_LIMIT_INFORMATION``."""

        _fields_ = (
            ("times", ctypes.c_int64 * 2), ("flags", wintypes.DWORD), ("working_set", ctypes.c_size_t * 2),
            ("processes", wintypes.DWORD), ("affinity", ctypes.c_size_t), ("classes", wintypes.DWORD * 2),
            ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t), ("others", ctypes.c_size_t * 3),
        )  # fmt: skip

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined] # on Windows alone
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    limits = Limits(flags=_JOB_PROCESS_MEMORY, process_memory=size)
    job = kernel.CreateJobObjectW(None, None)
    limited = kernel.SetInformationJobObject(job, _JOB_EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    if not limited or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
        raise OSError(ctypes.get_last_error(), "no limit of memory")  # type: ignore[attr-defined] # likewise
