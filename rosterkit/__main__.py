"""The program's way in: ``rosterkit`` and ``python -m rosterkit``."""

import sys


def main() -> None:
    """Run the command line; the version alone needs nothing of it."""
    if sys.argv[1:] == ["--version"]:
        from rosterkit import __version__

        print(f"rosterkit {__version__}")
        return
    from rosterkit.gc_pause import collect_rarely

    collect_rarely()
    from rosterkit.cli import app

    app()


if __name__ == "__main__":
    main()
