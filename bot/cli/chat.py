"""``spbe-bot chat``: the same assistant in the terminal."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.answering import wording
from bot.answering.answer import Answer, Kind, Topic
from bot.cli.assistant import load_assistant
from bot.cli.files import PICTURES, TABLES, kind_of, write_picture, write_table
from bot.errors import SpbeError
from bot.settings import load_settings

_HINT = (
    "Ketik pertanyaan, nomor pertanyaan lanjutan, atau [b]keluar[/b]. Untuk Telegram: minta "
    "token di @BotFather, tulis TELEGRAM_BOT_TOKEN=… di berkas .env, lalu jalankan "
    "[b]spbe-bot run[/b]."
)
_SAVE = re.compile(r"simpan\s+(\S.*\.\w+)", re.IGNORECASE)
_LEAVE = frozenset({"keluar", "exit", "quit", "q"})
_STYLE = {Kind.UNKNOWN: "yellow", Kind.SMALLTALK: "cyan"}


@click.command()
def chat() -> None:
    """Bercakap dengan asisten di terminal."""
    settings = load_settings()
    assistant = load_assistant()
    console = Console()
    console.print(Panel(_HINT, title="Asisten SPBE", border_style="green"))
    read = _reader(settings.data_dir)
    topic = Topic()
    answer: Answer | None = None
    while True:
        try:
            text = read().strip()
        except (EOFError, KeyboardInterrupt):
            break
        if text.lower() in _LEAVE:
            break
        if not text:
            continue
        name = _SAVE.fullmatch(text)
        if name and answer is not None:
            _save(console, answer, Path(name[1]))
            continue
        answer, topic, elapsed = assistant.timed(text, topic)
        show(console, answer, elapsed)
    console.print("Sampai jumpa.")


def _save(console: Console, answer: Answer, out: Path) -> None:
    """Write the picture or table of the last answer, by the ending of the file's name."""
    of_table = out.suffix.lower().removeprefix(".") in TABLES
    try:
        kind_of(out, (*PICTURES, *TABLES))
        if of_table and answer.table is not None:
            write_table(answer.table, out)
        elif not of_table and answer.chart is not None:
            write_picture(answer.chart, out)
        else:
            what = "tabel" if of_table else "gambar"
            raise SpbeError(f"Jawaban terakhir tidak punya {what}.")
    except SpbeError as error:
        console.print(Text(str(error), style="yellow"))
    else:
        console.print(Text(f"Ditulis: {out}\n", style="dim"))


def show(console: Console, answer: Answer, elapsed: float) -> None:
    """Print one answer: body, figures as a table, citation, status, what to ask next."""
    text = answer.more if answer.cut else answer.text
    listed = [line for line in text.splitlines() if line.startswith("- ")]
    tabled = len(answer.values) > 1
    if tabled and len(listed) == len(answer.values):
        # The table says what the list says.
        text = "\n".join(line for line in text.splitlines() if line not in listed)
    console.print(Text(text, style=_STYLE.get(answer.kind, "")))
    if tabled:
        console.print(_table(answer))
    for note in answer.notes:
        console.print(Text(f"Catatan: {note}", style="italic"))
    if answer.citations:
        line = Text(f"{answer.basis_label}: ", style="bold")
        for number, citation in enumerate(answer.basis):
            link = f"link {citation.url}" if citation.url else ""
            line.append("; " if number else "", style="not bold")
            line.append(citation.label, style=f"not bold {link}".strip())
        console.print(line)
    for status in answer.status:
        console.print(Text(f"Status: {status}", style="dim"))
    if answer.related:
        console.print(Text(f"Terkait: {'; '.join(answer.related)}", style="dim"))
    if answer.more and not answer.cut:
        console.print(Text("  lengkap: tampilkan pasalnya secara utuh", style="blue"))
    kinds = [*(PICTURES[:1] if answer.chart else ()), *(TABLES if answer.table else ())]
    if kinds:
        console.print(Text(f"  simpan nama.{'|'.join(kinds)}: tulis ke berkas", style="blue"))
    for number, suggestion in enumerate(answer.suggestions, 1):
        console.print(Text(f"  {number}. {suggestion}", style="blue"))
    console.print(Text(f"({elapsed:.1f} ms)\n", style="dim"))


def _table(answer: Answer) -> Table:
    table = Table(show_edge=False)
    table.add_column("Daerah/instansi")
    table.add_column("Tahun", justify="right")
    table.add_column("Indeks", justify="right")
    table.add_column("Predikat")
    table.add_column("Dasar")
    for value in answer.values:
        index = f"{value.index:.2f}".replace(".", ",")
        basis = wording.BASIS.get(value.basis, value.basis)
        table.add_row(value.region_name, str(value.year), index, value.predicate, basis)
    return table


def _reader(folder: Path) -> Callable[[], str]:
    """Return line input: with editing and history on a terminal, plain otherwise."""
    if not sys.stdin.isatty():
        return input
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    folder.mkdir(parents=True, exist_ok=True)
    session: PromptSession[str] = PromptSession(history=FileHistory(str(folder / "riwayat")))
    return lambda: session.prompt("› ")
