"""The program's way in: ``rosterkit`` and ``python -m rosterkit``."""

import sys


def main() -> None:
    """Run the command line; the version alone needs nothing of it."""
    if sys.argv[1:] == ["--version"]:
        from rosterkit import __version__

        print(f"rosterkit {__version__}")
        return
    import gc

    gc.set_threshold(*_GC)
    from rosterkit.cli import app

    app()


# Objects between two looks for cycles: a run makes few of them, and importing makes very many objects that stay.
_GC = (50_000, 20, 50)

if __name__ == "__main__":
    main()
