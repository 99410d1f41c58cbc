"""``spbe-bot chat``: the same assistant in the terminal."""

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
from bot.settings import load_settings

_HINT = (
    "Ketik pertanyaan, nomor pertanyaan lanjutan, atau [b]keluar[/b]. Untuk Telegram: minta "
    "token di @BotFather, tulis TELEGRAM_BOT_TOKEN=… di berkas .env, lalu jalankan "
    "[b]spbe-bot run[/b]."
)
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
    while True:
        try:
            text = read().strip()
        except (EOFError, KeyboardInterrupt):
            break
        if text.lower() in _LEAVE:
            break
        if not text:
            continue
        answer, topic, elapsed = assistant.timed(text, topic)
        show(console, answer, elapsed)
    console.print("Sampai jumpa.")


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
