"""Indonesian by default, English from the catalogue beside this file.

Messages are written in Indonesian in the code and looked up with gettext; ``locale/en/rosterkit.po`` is read as
it is, so no compiled catalogue has to be kept in step.
"""

from __future__ import annotations

import datetime as dt
import gettext
import os
from pathlib import Path

LANGUAGES = ("id", "en")
DATE_FORMAT = "%d-%m-%Y"  # of dates that people read, in every language
_translations: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str | None) -> None:
    """Choose the language of every text from here on: ``id`` or ``en``; None asks ``ROSTERKIT_LANG``."""
    global _translations
    chosen = language or os.environ.get("ROSTERKIT_LANG", "id")
    _translations = _english() if chosen == "en" else gettext.NullTranslations()


def _(message: str) -> str:
    """Translate a text into the language in use."""
    return _translations.gettext(message)


def N_(message: str) -> str:  # noqa: N802 # the name that gettext's users know
    """Mark a text that is translated when it is shown, not where it is written."""
    return message


def catalogue() -> Path:
    """Where the English texts are kept."""
    return Path(__file__).parent / "locale" / "en" / "rosterkit.po"


def _english() -> gettext.NullTranslations:
    import io

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with catalogue().open("rb") as source:
        catalog = read_po(source, locale="en")
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def is_english() -> bool:
    """Whether texts are shown in English."""
    return isinstance(_translations, gettext.GNUTranslations)


def date_text(day: dt.date) -> str:
    """Return a date as people read it, such as 17-08-1985."""
    return day.strftime(DATE_FORMAT)
