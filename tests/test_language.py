"""The language of texts belongs to a context, so that one process can serve two languages at once."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable

import pytest

from rosterkit.language import _, is_english, use
from rosterkit.run.workers import workers

TEXT = "Berkas rusak atau terpotong. Buka di Excel lalu simpan ulang (Save As > Excel Workbook); bila tidak bisa"


def message() -> str:
    """A message that the catalogue knows."""
    from rosterkit.read.package import damaged

    return damaged().message


def run_in_thread(function: Callable[[], None]) -> None:
    thread = threading.Thread(target=function)
    thread.start()
    thread.join(timeout=30)
    assert not thread.is_alive()


def test_two_threads_have_two_languages_at_once() -> None:
    both_chosen = threading.Barrier(2, timeout=30)
    texts: dict[str, str] = {}

    def render(language: str) -> None:
        use(language)
        both_chosen.wait()  # neither may change what the other one sees
        texts[language] = message()

    threads = [threading.Thread(target=render, args=(language,)) for language in ("id", "en")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert texts["id"].startswith(TEXT)
    assert texts["en"] != texts["id"]


def test_two_contexts_have_two_languages() -> None:
    english, indonesian = contextvars.copy_context(), contextvars.copy_context()
    english.run(use, "en")
    indonesian.run(use, "id")
    assert english.run(is_english)
    assert not indonesian.run(is_english)
    assert indonesian.run(message).startswith(TEXT)
    assert english.run(message) != indonesian.run(message)


@pytest.mark.parametrize(("variable", "expected"), [("", False), ("id", False), ("en", True)])
def test_a_new_thread_has_the_language_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, variable: str, expected: bool
) -> None:
    monkeypatch.setenv("ROSTERKIT_LANG", variable)
    found: list[bool] = []
    contextvars.copy_context().run(use, "id" if expected else "en")
    run_in_thread(lambda: found.append(is_english()))
    assert found == [expected]


def test_a_thread_can_take_the_context_of_its_parent() -> None:
    context = contextvars.copy_context()
    context.run(use, "en")
    found: list[bool] = []
    run_in_thread(lambda: context.run(lambda: found.append(is_english())))
    assert found == [True]


def _translate(_given: None, text: str) -> str:
    return _(text)


def test_worker_processes_have_the_language_of_the_run() -> None:
    text = "harus true atau false"

    def render() -> list[str]:
        use("en")
        with workers(2, "rosterkit.language") as team:
            return list(team.each(_translate, None, [text]))

    assert contextvars.copy_context().run(render) != [text]
