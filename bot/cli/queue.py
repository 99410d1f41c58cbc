"""``spbe-bot queue``: open questions, and ``spbe-bot stats``: how the bot is used."""

from pathlib import Path

import click

from bot.administration.editing.report import proposal_lines
from bot.administration.queue import wording
from bot.administration.queue.decisions import Decisions
from bot.administration.queue.desk import QueueDesk
from bot.administration.queue.grouping import Decision, QueueItem, Status
from bot.administration.statistics import picture, report, statistics, topics_of
from bot.answering.assistant import Assistant
from bot.cli.assistant import load_assistant
from bot.cli.base import open_audit, open_desk, operator
from bot.cli.files import write_picture
from bot.clock import Clock
from bot.errors import SpbeError
from bot.settings import load_settings


def open_queue() -> QueueDesk:
    """Return the desk of open questions of the settings."""
    settings = load_settings()
    return QueueDesk(
        settings.data_dir,
        Decisions(settings.data_dir),
        open_desk(),
        open_audit(settings),
        Clock(settings.zone),
    )


@click.group()
def queue() -> None:
    """Pertanyaan yang belum terjawab: lihat, jawab, gabung, tutup."""


@queue.command("list")
@click.option("--all", "everything", is_flag=True, help="Juga yang sudah ditutup.")
def list_(everything: bool) -> None:
    """Daftar pertanyaan, yang paling mendesak dahulu."""
    found = open_queue().items(load_assistant())
    shown = [item for item in found if item.open or everything]
    for item in shown:
        click.echo(_line(item))
    if not shown:
        click.echo("Tidak ada pertanyaan yang menunggu.")


@queue.command()
@click.argument("item")
def show(item: str) -> None:
    """Tampilkan satu pertanyaan dengan variannya dan rujukan yang mungkin."""
    desk, assistant = open_queue(), load_assistant()
    found = desk.item(assistant, item)
    click.echo(_line(found))
    for variant in found.variants:
        click.echo(f"  {variant}")
    for citation in desk.suggestions(assistant, found):
        click.echo(f"  {citation.source}#{citation.locator}: {citation.label}")


@queue.command()
@click.argument("item")
@click.argument("text")
@click.option("--ref", "refs", multiple=True, metavar="ID#LOCATOR", help="Dasar jawaban.")
@click.option("--question", default="", help="Rumusan pertanyaan yang lebih jelas.")
@click.option("--source", default="", help="Siapa yang menyatakan, bila tanpa dasar.")
@click.option("--yes", is_flag=True, help="Terbitkan tanpa bertanya.")
def answer(
    item: str, text: str, refs: tuple[str, ...], question: str, source: str, yes: bool
) -> None:
    """Jawab pertanyaan ITEM dengan TEXT; tanpa --ref ditandai keterangan kantor."""
    desk, assistant, role = open_queue(), load_assistant(), operator()
    found = desk.item(assistant, item)
    fields = {"Pertanyaan": question, "Dasar": ", ".join(refs), "Sumber": source}
    reply = "\n".join([text, *(f"{name}: {value}" for name, value in fields.items() if value)])
    given, region = desk.given(assistant, role, found, reply)
    if found.decision is not None:
        click.echo(f"{_decided(found.decision)}\n{found.decision.note}\n")
    proposal = desk.proposal(given, region)
    click.echo("\n".join(proposal_lines(proposal, 10)))
    if not proposal.publishable:
        raise SpbeError("Jawaban belum dapat diterbitkan; lihat kesalahannya di atas.")
    if not yes and not click.confirm("\nTerbitkan?"):
        click.echo("Tidak ada yang diterbitkan.")
        return
    revision, told = desk.answer(role, found, given, region)
    click.echo(f"Terbit sebagai revisi {revision.number}.{_told(told)}")


@queue.command()
@click.argument("item")
@click.argument("into")
def merge(item: str, into: str) -> None:
    """Gabungkan pertanyaan ITEM ke dalam INTO."""
    desk, assistant = open_queue(), load_assistant()
    found, target = desk.item(assistant, item), desk.item(assistant, into)
    told = desk.merge(assistant, operator(), found, target)
    click.echo(f"Digabung.{_told(told)}")


@queue.command()
@click.argument("item")
def dismiss(item: str) -> None:
    """Abaikan pertanyaan ITEM."""
    _close(item, Status.IGNORED)


@queue.command("no-rule")
@click.argument("item")
def no_rule(item: str) -> None:
    """Catat bahwa belum ada aturan tentang pertanyaan ITEM; yang menunggu dikabari."""
    _close(item, Status.NO_RULE)


@queue.command()
@click.argument("item")
def reopen(item: str) -> None:
    """Buka lagi pertanyaan ITEM."""
    if not open_queue().reopen(load_assistant(), operator(), item):
        raise SpbeError(f"{item} tidak pernah ditutup. Lihat: spbe-bot queue list --all")
    click.echo("Dibuka lagi.")


@click.command()
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True)
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), help="Gambar PNG/PDF.")
def stats(days: int, chart: Path | None) -> None:
    """Pertanyaan sehari, bagian yang terjawab, topik, dan yang masih terbuka."""
    desk, assistant = open_queue(), load_assistant()
    found = statistics(
        desk.entries(),
        desk.votes(),
        days,
        Clock(load_settings().zone).today(),
        open_items=_open(desk, assistant),
        name_topics=topics_of(assistant.snapshot, assistant.reader),
    )
    click.echo(report(found))
    if chart is not None:
        write_picture(picture(found), chart)


def _open(desk: QueueDesk, assistant: Assistant) -> int:
    return sum(item.open for item in desk.items(assistant))


def _close(item: str, status: Status) -> None:
    desk, assistant = open_queue(), load_assistant()
    told = desk.decide(assistant, operator(), desk.item(assistant, item), status)
    click.echo("Sudah dicatat." if told is None else f"Dicatat.{_told(told)}")


def _told(count: int) -> str:
    return f" {count} orang dikabari." if count else ""


def _decided(decision: Decision) -> str:
    status, when = wording.STATUS[decision.status], wording.moment(decision.at)
    return f"Pertanyaan ini sudah {status} oleh {decision.by} pada {when}."


def _line(item: QueueItem) -> str:
    votes = f", 👎 {item.down}" if item.down else ""
    state = f" [{item.decision.status}]" if item.decision else ""
    return f"{item.id}  {item.count} kali{votes}  {item.question}{state}"
