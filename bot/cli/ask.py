"""``spbe-bot ask``: one question for a person, or a batch of them as JSON lines."""

import json
import sys
from collections.abc import Iterable

import click

from bot.answering.answer import Topic
from bot.cli.assistant import load_assistant


@click.command()
@click.argument("question", nargs=-1)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Baca satu pertanyaan per baris dari masukan standar; tulis satu objek JSON per baris.",
)
@click.option("--session", is_flag=True, help="Anggap baris-baris itu satu percakapan.")
def ask(question: tuple[str, ...], as_json: bool, session: bool) -> None:
    """Jawab satu PERTANYAAN, atau banyak sekaligus dengan --json."""
    assistant = load_assistant()
    if not as_json:
        text = " ".join(question) or sys.stdin.read()
        answer, _ = assistant.ask(text)
        click.echo(answer.plain(full=answer.cut))
        if answer.suggestions:
            click.echo("\nTanya juga:\n" + "\n".join(f"- {s}" for s in answer.suggestions))
        return
    topic = Topic()
    lines: Iterable[str] = [" ".join(question)] if question else sys.stdin
    for line in lines:
        text = line.strip()
        if not text:
            continue
        answer, after, elapsed = assistant.timed(text, topic if session else None)
        topic = after
        click.echo(json.dumps(answer.to_json(text, elapsed), ensure_ascii=False))
