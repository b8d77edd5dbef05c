"""The language of texts: Indonesian by default, English from the catalogue beside this file.

Messages are written in Indonesian in the code and looked up with gettext; ``locale/en/rosterkit.po`` is read as
it is, so no compiled catalogue has to be kept in step. The language is a context variable, so that one process can
serve two languages at once; a thread or process that has not called ``use`` has the language of ``ROSTERKIT_LANG``.
"""

from __future__ import annotations

import gettext
import os
from contextvars import ContextVar
from functools import cache
from pathlib import Path

_INDONESIAN = gettext.NullTranslations()
_translations: ContextVar[gettext.NullTranslations] = ContextVar("rosterkit_language")


def use(language: str | None) -> None:
    """Choose the language of the current context: ``id`` or ``en``; None asks ``ROSTERKIT_LANG``.

    Other contexts keep theirs. A new ``threading.Thread`` does not inherit it: call ``use`` there, too, or start the
    thread with ``contextvars.copy_context().run``.
    """
    _translations.set(_load(language))


def _(message: str) -> str:
    """Translate a text into the language of the current context."""
    return _current().gettext(message)


def N_(message: str) -> str:  # noqa: N802 # the name that gettext's users know
    """Mark a text that is translated when it is shown, not where it is written."""
    return message


def in_every_language(message: str) -> tuple[str, ...]:
    """Return a text in all languages, whichever is chosen; an empty text is empty in all."""
    return message, _english().gettext(message) if message else ""


def catalogue() -> Path:
    """Return the path of the English texts."""
    return Path(__file__).parent / "locale" / "en" / "rosterkit.po"


def is_english() -> bool:
    """Whether texts are shown in English."""
    return isinstance(_current(), gettext.GNUTranslations)


def _current() -> gettext.NullTranslations:
    return _translations.get(None) or _load(None)


def _load(language: str | None) -> gettext.NullTranslations:
    code = language or os.environ.get("ROSTERKIT_LANG", "id")
    return _english() if code == "en" else _INDONESIAN


@cache
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
