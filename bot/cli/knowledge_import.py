"""``spbe-bot knowledge import``: read a regulation from a document into a knowledge file."""

import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from bot.cli.files import read_limited
from bot.clock import Clock
from bot.errors import KnowledgeError, SpbeError
from bot.knowledge import snapshot
from bot.knowledge.importing import DocumentError, ImportedRegulation, read_regulation_file
from bot.knowledge.importing.model import MOST_BYTES
from bot.knowledge.importing.writing import knowledge_file, knowledge_id
from bot.settings import Settings, load_settings

MOST_SHOWN = 40


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Laporkan saja, tidak menulis.")
@click.option("--json", "as_json", is_flag=True, help="Tulis satu objek JSON.")
@click.option("--replace", is_flag=True, help="Timpa berkas pengetahuan yang sudah ada.")
def import_(file: Path, dry_run: bool, as_json: bool, replace: bool) -> None:
    """Impor naskah peraturan dari FILE (PDF, DOCX, TXT, MD) menjadi berkas pengetahuan."""
    started = time.perf_counter()
    regulation = read_regulation_file(read_limited(file, MOST_BYTES), file.name)
    seconds = round(time.perf_counter() - started, 3)
    if as_json:
        click.echo(json.dumps(as_object(regulation, seconds), ensure_ascii=False))
    else:
        click.echo("\n".join(report(regulation, seconds)))
    if not dry_run:
        written = save(regulation, file.name, load_settings(), replace=replace)
        click.echo(f"Ditulis ke {written}.", err=as_json)


def as_object(regulation: ImportedRegulation, seconds: float) -> dict[str, Any]:
    """Return what was understood, as the object that ``--json`` prints."""
    identity = regulation.identity
    return {
        "jenis": identity.kind,
        "nomor": identity.number,
        "tahun": identity.year,
        "judul": identity.title,
        "teu": identity.issuer,
        "rancangan": identity.draft,
        "perubahan": identity.amendment,
        "tanggal_penetapan": identity.enacted.isoformat() if identity.enacted else None,
        "bab": len(regulation.chapters),
        "pasal": [
            {"nomor": p.number, "ayat": p.numbers, "judul_bab": p.chapter}
            for p in regulation.pasal
        ],
        "peringatan": list(regulation.warnings),
        "seconds": seconds,
    }


def report(regulation: ImportedRegulation, seconds: float) -> list[str]:
    """Say what was understood, in short lines."""
    identity = regulation.identity
    kind = identity.kind_name or "Jenis tidak dikenali"
    number = f"Nomor {identity.number or '(belum ada)'} Tahun {identity.year or '(belum ada)'}"
    ayat = sum(len(p.numbers) for p in regulation.pasal)
    marks = [
        word
        for word, true in (("rancangan", identity.draft), ("perubahan", identity.amendment))
        if true
    ]
    lines = [
        f"{kind} {number} tentang {identity.title or '(judul tidak ditemukan)'}",
        f"Penetap: {identity.issuer or '(tidak dikenali)'}"
        + (f" · {', '.join(marks)}" if marks else ""),
        f"{len(regulation.chapters)} bab, {len(regulation.pasal)} pasal, {ayat} ayat, "
        f"{len(regulation.annexes)} lampiran ({seconds:.1f} detik).",
    ]
    if regulation.warnings:
        lines.append(f"\nPerlu diperiksa ({len(regulation.warnings)}):")
        lines += [f"  {warning}" for warning in regulation.warnings[:MOST_SHOWN]]
        if len(regulation.warnings) > MOST_SHOWN:
            lines.append(f"  … dan {len(regulation.warnings) - MOST_SHOWN} lagi")
    return lines


def save(
    regulation: ImportedRegulation, file_name: str, settings: Settings, *, replace: bool
) -> Path:
    """Write a knowledge file, after the loader has read it without new faults.

    Raises:
        SpbeError: No folder of one's own is set, the file exists, or it would not load.
    """
    folder = settings.knowledge_dir
    if folder is None:
        raise KnowledgeError(
            "KNOWLEDGE_DIR belum diisi; folder bawaan milik program dan tidak ditulisi. "
            "Perbaikan: salin folder “knowledge” ke tempat Anda dan isi KNOWLEDGE_DIR."
        )
    if not regulation.pasal:
        raise DocumentError(
            "Tidak ada Pasal yang terbaca, jadi tidak ada yang ditulis. "
            "Perbaikan: periksa berkasnya, atau kirim versi yang teksnya dapat disalin."
        )
    target = folder / "regulasi" / f"{knowledge_id(regulation.identity)}.md"
    if target.exists() and not replace:
        raise KnowledgeError(
            f"{target} sudah ada. Perbaikan: periksa isinya, lalu pakai --replace untuk menimpa."
        )
    text = knowledge_file(regulation, file_name, Clock(settings.zone).today())
    _check(folder, target, text)
    _write(target, text)
    return target


def _check(folder: Path, target: Path, text: str) -> None:
    """Load a copy of the folder with the new file: nothing real changes until that works."""
    known = {str(fault) for fault in snapshot.load(folder)[1]}
    with tempfile.TemporaryDirectory(prefix="spbe-impor-") as scratch:
        copy = Path(scratch) / "knowledge"
        shutil.copytree(folder, copy)
        (copy / "regulasi" / target.name).write_text(text, encoding="utf-8")
        found, faults = snapshot.load(copy)
    new = [str(fault) for fault in faults if str(fault) not in known]
    if new or target.stem not in found.regulations:
        raise KnowledgeError(
            "Hasil impor tidak lolos pemeriksaan, jadi tidak ditulis:\n  " + "\n  ".join(new[:20])
        )


def _write(target: Path, text: str) -> None:
    scratch = target.with_suffix(".tmp")
    try:
        with scratch.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(target)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise SpbeError(
            f"{target} tidak dapat ditulis ({error.strerror}). Perbaikan: periksa izin foldernya."
        ) from error
