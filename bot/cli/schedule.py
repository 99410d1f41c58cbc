"""``spbe-bot schedule``: the calendar of the evaluation as text, picture and iCalendar."""

from pathlib import Path

import click

from bot.answering.assistant import Assistant
from bot.answering.schedule.ics import to_ics
from bot.answering.schedule.picture import of_year
from bot.answering.schedule.writing import Writer
from bot.broadcasts.decided import EventDecisions
from bot.broadcasts.runfile import read
from bot.broadcasts.telling import Kind, version_of
from bot.cli.assistant import load_assistant
from bot.cli.base import operator
from bot.cli.files import kind_of, write_picture
from bot.clock import Clock
from bot.errors import SpbeError
from bot.knowledge.deadline import Deadline
from bot.settings import load_settings

_FILE = click.Path(path_type=Path, dir_okay=False)
_YEAR = click.option("--year", type=int, help="Hanya evaluasi tahun ini.")


@click.group()
def schedule() -> None:
    """Jadwal evaluasi: daftar, gambar, dan berkas kalender."""


@schedule.command(name="list")
@_YEAR
def list_(year: int | None) -> None:
    """Tampilkan acara yang diketahui, dengan statusnya."""
    assistant = load_assistant()
    writer = Writer(assistant.snapshot, _clock().now())
    shown = 0
    for event in _events(assistant, year):
        if event.year != shown:
            click.echo(f"{event.year}")
            shown = event.year
        click.echo(f"{writer.line(event)} [{event.id}; keyakinan {event.confidence}]")


@schedule.command()
@click.argument("out", metavar="BERKAS.ics", type=_FILE)
@_YEAR
def export(out: Path, year: int | None) -> None:
    """Tulis kalender yang dapat diimpor atau dilanggan ponsel (.ics)."""
    kind_of(out, ("ics",))
    assistant = load_assistant()
    content = to_ics(assistant.snapshot, _events(assistant, year), _clock().now())
    try:
        out.write_bytes(content)
    except OSError as error:
        raise SpbeError(f"{out} tidak dapat ditulis: {error.strerror}.") from error


@schedule.command()
@click.argument("out", metavar="BERKAS.png", type=_FILE)
@_YEAR
def chart(out: Path, year: int | None) -> None:
    """Gambar satu tahun (.png atau .pdf); tanpa --year tahun ini."""
    assistant = load_assistant()
    today = _clock().today()
    wanted = year or today.year
    picture = of_year(assistant.snapshot, wanted, today)
    if picture is None:
        raise SpbeError(f"Tidak ada tanggal yang diketahui untuk evaluasi {wanted}.")
    write_picture(picture, out)


def _clock() -> Clock:
    return Clock(load_settings().zone)


def _events(assistant: Assistant, year: int | None) -> list[Deadline]:
    found = [e for e in assistant.snapshot.deadlines if year in (None, e.year)]
    if not found:
        raise SpbeError(f"Jadwal evaluasi {year or ''} belum ada pada folder pengetahuan.")
    return found


@schedule.command()
@click.argument("event")
def approve(event: str) -> None:
    """Setujui EVENT yang masih perkiraan, agar diingatkan dengan tanggalnya sekarang."""
    events = {found.id: found for found in load_assistant().snapshot.deadlines}
    if event not in events:
        raise SpbeError(f"Acara “{event}” tidak ada. Lihat: spbe-bot schedule list")
    if not events[event].exact:
        raise SpbeError(f"“{event}” belum bertanggal pasti. Perbaikan: isi tanggalnya dahulu.")
    decisions, clock = _decisions()
    decisions.approve(event, version_of(events[event]), operator().author, clock.now())
    click.echo("Disetujui.")


@schedule.command()
@click.argument("event")
def cancel(event: str) -> None:
    """Nyatakan EVENT batal; obrolan yang sudah diingatkan akan diberi tahu."""
    known = {found.id: found for found in load_assistant().snapshot.deadlines}.get(event)
    if known is None and event not in _told(load_settings().data_dir):
        raise SpbeError(
            f"Acara “{event}” tidak ada di jadwal dan belum pernah diingatkan. "
            "Lihat: spbe-bot schedule list"
        )
    decisions, clock = _decisions()
    version = version_of(known) if known else ""
    decisions.cancel(event, operator().author, clock.now(), version)
    click.echo("Dicatat batal.")


@schedule.command()
@click.argument("event")
def undo(event: str) -> None:
    """Tarik kembali persetujuan atau pembatalan EVENT."""
    if not _decisions()[0].undo(event):
        raise SpbeError(f"Belum ada keputusan tentang “{event}”.")
    click.echo("Ditarik kembali.")


def _decisions() -> tuple[EventDecisions, Clock]:
    settings = load_settings()
    return EventDecisions(settings.data_dir), Clock(settings.zone)


def _told(data: Path) -> set[str]:
    """Return the ids of events that chats were told about; the bot may be running meanwhile."""
    runs = [read(path) for path in sorted((data / "siaran").glob("*.jsonl"))]
    tellings = (telling for run in runs if run is not None for telling in run.tellings)
    return {telling.event for telling in tellings if telling.kind is not Kind.ANNOUNCEMENT}
