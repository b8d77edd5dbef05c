"""Help and wrong use in the language of the user: what typer would say itself, it says in English only."""

from __future__ import annotations

import difflib
import inspect
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from rosterkit import language
from rosterkit.cli.values import take_plainly
from rosterkit.commands import program
from rosterkit.errors import UsageError
from rosterkit.language import _
from rosterkit.outside import OutsideError

_WIDEST = 100  # characters of a line
_WARNING = 0x30  # the sign in a window of Windows
_NAMES = 32  # columns of the names of options, at most


class Command(TyperCommand):
    """A command whose help is in the language of the user."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options and arguments."""
        return take_plainly(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        formatter.write(help_text(self, ctx.command_path))


class Group(TyperGroup):
    """Likewise for a group of commands; it says which command was meant."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options and arguments."""
        return take_plainly(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        formatter.write(help_text(self, ctx.command_path))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that was asked for.

        Raises:
            UsageError: there is none of that name.
        """
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = difflib.get_close_matches(args[0], self.commands, 3)
            text = _('Perintah "{name}" tidak ada.').format(name=args[0])
            raise UsageError(f"{text} {_meant(near)}".strip())
        return super().resolve_command(ctx, args)


def run(command: Any) -> int:
    """Run the command line and return its exit code; wrong use is one sentence and where help is."""
    language.use(_asked_language(sys.argv[1:]))
    try:
        code = command.main(prog_name=program(), standalone_mode=False, windows_expand_args=False)
    except typer.Abort:
        return 1
    except OutsideError as error:
        if _is_allowed(error):
            return run(command)
        print_wrong_use(str(error))
        return 2
    except UsageError as error:
        print_wrong_use(str(error))
        return 2
    except Exception as error:
        if not hasattr(error, "format_message"):  # click's own base class has moved between versions of typer
            raise
        path = getattr(getattr(error, "ctx", None), "command_path", program())
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(help_text(error.ctx.command, path), err=True)  # type: ignore[attr-defined] # it has one
        else:
            print_wrong_use(_sentence(error), path)
        return 2
    return code if isinstance(code, int) else 0


def _is_asked() -> bool:
    """Whether somebody is there to answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _is_allowed(error: OutsideError) -> bool:
    """Ask whether paths outside of a project are allowed, where somebody is there to answer; that is kept."""
    if not _is_asked():
        return False
    typer.echo(error.question, err=True)
    try:
        answer = typer.prompt(_("Izinkan? (y = ya)"), default="", show_default=False, err=True)
    except typer.Abort:  # no answer is no
        return False
    if answer.strip().lower() not in ("y", "ya"):
        return False
    error.allow()
    return True


def tell(sentence: str) -> None:
    """Say a sentence on standard error; where there is none (``pythonw``), in a window."""
    if sys.stderr is None and sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, "rosterkit", _WARNING)
        return
    typer.echo(sentence, err=True)


def print_wrong_use(sentence: str, path: str | None = None) -> None:
    """Say what is wrong, and how to find help."""
    tell(sentence)
    typer.echo(_("Bantuan: {command}").format(command=f"{path or program()} --help"), err=True)


def _asked_language(words: Sequence[str]) -> str | None:
    """The language of a command line that is not parsed yet."""
    for word, after in pairwise((*words, "")):
        name, _equals, value = word.partition("=")
        if name == "--lang" and (value or after) in ("id", "en"):
            return value or after
    return None


def _sentence(error: Any) -> str:
    """What typer found wrong with a command line."""
    kind, param, message = type(error).__name__, getattr(error, "param", None), str(error.message)
    if kind == "MissingParameter":
        return _("{name} belum ditulis.").format(name=_name(param))
    if kind == "NoSuchOption":
        text = _("Pilihan {name} tidak ada.").format(name=error.option_name)
        return f"{text} {_meant(error.possibilities or ())}".strip()
    if kind == "BadOptionUsage":
        text = _("Pilihan {name} tidak diberi isi.") if "not take" in message else _("Isi {name} belum ditulis.")
        return text.format(name=error.option_name)
    if kind == "BadParameter":
        wanted = _(param.metavar) if param is not None and param.metavar else "?"
        text = _("Isi {name} tidak bisa dipakai; tulis {wanted}.")
        return text.format(name=_name(param), wanted=_(" atau ").join(wanted.split("|")))
    extra = re.search(r"unexpected extra arguments? ?(?:\(s\) )?\((.*)\)", message)
    if extra:
        return _("Terlalu banyak yang ditulis: {extra}").format(extra=extra[1])
    return _("Perintahnya tidak lengkap.")


def _meant(near: Sequence[str]) -> str:
    return _("Mungkin maksudnya {names}?").format(names=", ".join(near)) if near else ""


def _name(param: Any) -> str:
    """An option by its name, an argument by what stands for it."""
    if param is None:
        return "?"
    return str(param.opts[0]) if param.param_type_name == "option" else _(param.metavar)


def help_text(command: Any, path: str) -> str:
    """The help of a command: what it does, how it is written, what may be written."""
    shown = [param for param in command.params if not getattr(param, "hidden", False)]
    arguments = [param for param in shown if param.param_type_name == "argument"]
    commands = getattr(command, "commands", {})
    usage = [path, _("[PILIHAN]"), *(_argument(param) for param in arguments)]
    usage += [_("PERINTAH")] if commands else []
    lines = [*_wrap(doc(command)), "", _("Pemakaian: {usage}").format(usage=" ".join(usage))]
    named = ((name, doc(one)) for name, one in commands.items() if not one.hidden)
    lines += _section(_("Perintah"), list(named))
    lines += _section(_("Isian"), [(_(param.metavar), _(param.help)) for param in arguments])
    options = [(_option(param), _(param.help)) for param in shown if param.param_type_name == "option"]
    return "\n".join([*lines, *_section(_("Pilihan"), [*options, ("--help", _("Tampilkan bantuan ini."))])])


def doc(command: Any) -> str:
    """What a command does, in one sentence."""
    return _(inspect.cleandoc(command.help or ""))


def _argument(param: Any) -> str:
    name = _(param.metavar)
    return name if param.required else f"[{name}]"


def _option(param: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {_(param.metavar)}"


def _section(title: str, rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    if rows:
        room = min(_NAMES, max(len(name) for name, _text in rows))
        yield from ("", title)
        for name, text in rows:
            first, *more = _wrap(text, room + 4) or [""]
            yield f"  {name:<{room}}  {first}" if len(name) <= room else f"  {name}"
            yield from (" " * (room + 4) + line for line in (more if len(name) <= room else (first, *more)))


def _wrap(text: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(text, max(20, min(_WIDEST, shutil.get_terminal_size().columns) - indent))
