"""``spbe-bot evaluate``: score the assistant on a file of questions with checked gold."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.answering.assistant import Assistant
from bot.cli.assistant import load_assistant
from bot.evaluation.compare import compare
from bot.evaluation.noise import KINDS, Noise
from bot.evaluation.questions import Asked, read_questions
from bot.evaluation.report import (
    Result,
    abstention,
    brier,
    groups,
    latency,
    reliability,
    run,
    score,
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--only", default="", help="Hanya kategori ini, dipisah koma.")
@click.option("--skip", default="", help="Tanpa kategori ini, dipisah koma.")
@click.option("--misses", default=0, help="Tampilkan sebanyak ini yang meleset.")
@click.option("--noise", is_flag=True, help="Ukur juga pertanyaan bersih yang diberi gangguan.")
@click.option("--save", type=click.Path(path_type=Path), help="Simpan hasil tiap pertanyaan.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Bandingkan dengan hasil yang disimpan.",
)
@click.option("--floor", multiple=True, help="Batas hit@1, misalnya indeks=0.9; boleh berulang.")
@click.option("--most-wrong", type=float, help="Batas bagian jawaban salah yang ditampilkan.")
def evaluate(
    file: Path,
    only: str,
    skip: str,
    misses: int,
    noise: bool,
    save: Path | None,
    against: Path | None,
    floor: tuple[str, ...],
    most_wrong: float | None,
) -> None:
    """Nilai jawaban atas FILE.jsonl; bentuk berkasnya ada di docs/evaluation.md."""
    assistant = load_assistant()
    questions = [
        q
        for q in read_questions(file)
        if (not only or q.category in only.split(",")) and q.category not in skip.split(",")
    ]
    if not questions:
        raise click.UsageError("Tidak ada pertanyaan tersisa; periksa --only dan --skip.")
    results = run(assistant, questions)
    show(results, misses)
    if noise:
        _show_noise(assistant, questions)
    hits = {r.asked.id: r.verdict.hit for r in results}
    if against is not None:
        _show_comparison(json.loads(against.read_text(encoding="utf-8")), hits)
    if save is not None:
        save.write_text(json.dumps(hits, indent=1), encoding="utf-8")
    low = _below(results, floor, most_wrong)
    if floor or most_wrong is not None:
        click.echo(f"below the floor: {', '.join(low)}" if low else "all floors hold")
    sys.exit(1 if low else 0)


def show(results: Sequence[Result], misses: int) -> None:
    """Print the report."""
    click.echo(f"{'group':18} {'n':>5} {'hit@1':>6} {'hit@3':>6} {'MRR':>6} {'wrong':>6}")
    for name, inside in groups(results).items():
        s = score(inside)
        click.echo(
            f"{name:18} {s.count:5} {s.hit1:6.3f} {s.hit3:6.3f} {s.mrr:6.3f} {s.wrong_shown:6.3f}"
        )
    precision, recall = abstention(results)
    click.echo(f"abstention: precision {precision:.3f}, recall {recall:.3f}")
    click.echo(f"confidence of shown answers: Brier {brier(results):.4f}")
    for low, count, said, was in reliability(results):
        click.echo(f"  {low:.1f}: n={count:4} said {said:.2f} was {was:.2f}")
    times = ", ".join(f"{name} {ms:.2f}" for name, ms in latency(results).items())
    click.echo(f"milliseconds: {times}")
    for result in [r for r in results if not r.verdict.hit][:misses]:
        click.echo(
            f"  MISS [{result.asked.category}] {result.asked.question!r}: "
            f"{result.verdict.why} ({result.confidence:.2f})"
        )


def _show_noise(assistant: Assistant, questions: Sequence[Asked]) -> None:
    clean = [q for q in questions if q.noise == "clean"]
    base = score(run(assistant, clean)).hit1
    for kind in KINDS:
        maker = Noise(assistant.snapshot.chat_spellings)
        noisy = [q.worded(maker.make(q.question, kind), kind) for q in clean]
        hit = score(run(assistant, noisy)).hit1
        click.echo(f"made {kind}: hit@1 {hit:.3f}, {100 * (base - hit):+.1f} points lost of clean")


def _show_comparison(old: dict[str, bool], new: dict[str, bool]) -> None:
    found = compare(old, new)
    click.echo(
        f"against the saved run: {len(found.better)} better, {len(found.worse)} worse, "
        f"p = {found.p:.3f}"
    )
    if found.worse:
        click.echo(f"  now wrong: {', '.join(found.worse[:20])}")


def _below(
    results: Sequence[Result], floors: tuple[str, ...], most_wrong: float | None
) -> list[str]:
    by_name = groups(results)
    low = []
    for item in floors:
        name, _, value = item.partition("=")
        try:
            bar = float(value)
        except ValueError as error:
            raise click.UsageError(
                f"--floor {item}: tulis kategori=angka, misalnya indeks=0.9"
            ) from error
        if name not in by_name:
            raise click.UsageError(f"--floor {item}: tidak ada kategori {name} pada berkas ini.")
        if score(by_name[name]).hit1 < bar:
            low.append(name)
    if most_wrong is not None and score(results).wrong_shown > most_wrong:
        low.append("shown and wrong")
    return low
