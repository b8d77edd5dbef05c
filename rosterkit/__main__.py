"""The program's way in: ``rosterkit`` and ``python -m rosterkit``."""


def main() -> None:
    """Run the command line."""
    from rosterkit.cli import app

    app()


if __name__ == "__main__":
    main()
