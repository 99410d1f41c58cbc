"""``spbe-bot index``: pictures and tables of index figures, what-if, import."""

from pathlib import Path

import click

from bot.answering.answer import Answer, Topic
from bot.answering.assistant import Assistant
from bot.cli.assistant import load_assistant
from bot.cli.files import read_limited, write_picture, write_table
from bot.cli.index_import import import_
from bot.errors import SpbeError
from bot.regions.sheets import MOST_BYTES

_File = click.Path(path_type=Path, dir_okay=False)
_OUT = click.option(
    "-o",
    "--out",
    type=_File,
    required=True,
    help="Berkas hasil; akhirannya menentukan jenis.",
)


@click.group()
def index() -> None:
    """Angka indeks: gambar, tabel, simulasi, dan pemutakhiran."""


index.add_command(import_)


@index.command()
@click.argument("question", nargs=-1, required=True)
@_OUT
def chart(question: tuple[str, ...], out: Path) -> None:
    """Gambar jawaban atas PERTANYAAN (.png atau .pdf), misalnya "tren indeks palopo"."""
    answer, _ = load_assistant().ask(" ".join(question))
    if answer.chart is None:
        raise SpbeError(_no_figures(answer, "gambar"))
    write_picture(answer.chart, out)
    click.echo(answer.plain(full=False))


@index.command()
@click.argument("question", nargs=-1, required=True)
@_OUT
def export(question: tuple[str, ...], out: Path) -> None:
    """Tulis tabel jawaban atas PERTANYAAN (.csv atau .xlsx)."""
    answer, _ = load_assistant().ask(" ".join(question))
    if answer.table is None:
        raise SpbeError(_no_figures(answer, "tabel"))
    write_table(answer.table, out)


@index.command()
@click.argument("agency", nargs=-1, required=True)
@_OUT
def brief(agency: tuple[str, ...], out: Path) -> None:
    """Tulis ringkasan satu halaman tentang suatu DAERAH atau instansi (.pdf atau .png)."""
    assistant = load_assistant()
    places = assistant.reader.read(" ".join(agency)).places
    if not places:
        raise SpbeError("Daerah atau instansi itu tidak dikenal; tulis namanya.")
    page = assistant.brief(places[0].codes[0])
    if page is None:
        raise SpbeError("Belum ada angka indeks untuk daerah atau instansi itu.")
    write_picture(page, out)


@index.command()
@click.argument("start", nargs=-1)
@click.option("--levels", type=_File, help="Berkas tingkat (.csv atau .xlsx) menurut templat.")
@click.option("--template", type=_File, help="Tulis templat tingkat ke berkas ini, lalu selesai.")
@click.option("--pemdi", is_flag=True, help="Pakai 20 indikator Indeks Pemdi.")
@click.option("--set", "changes", multiple=True, metavar="N=TINGKAT", help="Ubah indikator.")
@click.option("--goal", metavar="PREDIKAT|ANGKA", help="Cari langkah paling sedikit ke sini.")
@click.option("--keep", multiple=True, type=int, metavar="N", help="Indikator yang tetap.")
@click.option("-o", "--out", type=_File, help="Tulis tingkat sesudahnya (.csv atau .xlsx).")
def simulate(
    start: tuple[str, ...],
    levels: Path | None,
    template: Path | None,
    pemdi: bool,
    changes: tuple[str, ...],
    goal: str | None,
    keep: tuple[int, ...],
    out: Path | None,
) -> None:
    """Hitung indeks bila tingkat berubah.

    START: "palopo 2024", "semua tingkat 2", atau 47 angka; atau pakai --levels BERKAS.
    """
    assistant = load_assistant()
    kind = "pemdi" if pemdi else "spbe"
    if template is not None:
        form = assistant.simulations.template(kind).table
        if form is not None:
            write_table(form, template)
        return
    topic, answer = _open(assistant, " ".join(start), levels, pemdi)
    if changes:
        answer, topic = assistant.ask("indikator " + ", ".join(changes), topic)
        _stop_if(answer)
    if goal:
        kept = f" kecuali {', '.join(map(str, keep))}" if keep else ""
        click.echo(answer.plain() + "\n")
        answer, topic = assistant.ask(f"langkah paling sedikit ke {goal}{kept}", topic)
        _stop_if(answer)
    click.echo(answer.plain())
    if out is not None:
        if answer.table is None:
            raise SpbeError("Dari angka domain tidak ada tabel tingkat; pakai --levels.")
        write_table(answer.table, out)


def _open(
    assistant: Assistant, start: str, levels: Path | None, pemdi: bool
) -> tuple[Topic, Answer]:
    if levels is not None:
        data = read_limited(levels, MOST_BYTES)
        told = assistant.simulations.start_file(data, levels.name)
        return Topic(scenario=told.scenario), told.answer
    answer, topic = assistant.ask(f"simulasi {'pemdi ' if pemdi else ''}{start}")
    if topic.scenario is None:
        raise SpbeError(answer.text)
    return topic, answer


def _stop_if(answer: Answer) -> None:
    if answer.abstained:
        raise SpbeError(answer.text)


def _no_figures(answer: Answer, what: str) -> str:
    if answer.abstained:
        return answer.text
    return f"Jawaban itu tidak punya {what}; tanyakan indeks suatu daerah, misalnya “tren palopo”."
