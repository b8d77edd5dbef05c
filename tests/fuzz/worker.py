"""The process that checks drawn files: ``python -m tests.fuzz.worker``; a name a line in, a result a line out."""

from __future__ import annotations

import gc
import json
import shutil
import sys
import tempfile
import traceback
import warnings
from pathlib import Path

from tests.fuzz.cases import draw
from tests.fuzz.verdict import Result, check

MEMORY = 1_500_000_000  # bytes
_UNUSED = 3_000_000_000  # bytes of data that no process may ask for


def check_name(name: str, keep: Path | None = None) -> Result:
    """Draw and check the file of a name, in a folder that goes away unless another is given."""
    folder = keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    case = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            case = draw(name, folder)
            return check(case, folder / "hasil")
    except Exception:
        where = "checking" if case else "drawing"
        return Result(
            name, "traceback", [f"traceback while {where}: {traceback.format_exc()}"], case.done if case else []
        )
    finally:
        if keep is None:
            shutil.rmtree(folder)


def _most_memory() -> int:
    """Return the most bytes that this process and its children ever had."""
    import resource

    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) * 1024


def main() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (_UNUSED, _UNUSED))
    for line in sys.stdin:
        result = check_name(line.strip())
        memory = _most_memory()
        if memory > MEMORY:
            result.complaints.append(f"memory: {memory:,} bytes")
        print(json.dumps(result.as_dict()), flush=True)
        if memory > MEMORY:
            return
        gc.collect()


if __name__ == "__main__":
    main()
