"""The headers (front matter) of knowledge files, with the Indonesian field names of JDIH.

The models check the header and give the JSON Schema that editors complete from
(``knowledge/skema/*.json``).
"""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from bot.knowledge.document import Document
from bot.knowledge.faults import Faults
from bot.knowledge.shapes import Strict, note_invalid

Status = Literal["berlaku", "tanpa_pencabutan", "dicabut", "diragukan", "tidak_diketahui"]
RelationKind = Literal[
    "mengubah", "diubah_oleh", "mencabut", "dicabut_oleh", "melaksanakan", "dilaksanakan_oleh"
]
SOURCE_ID = re.compile(r"[a-z]+(-[a-z]+)*-\d+[a-z]?-\d{4}")

Words = Annotated[
    list[str],
    BeforeValidator(
        lambda v: [v] if isinstance(v, str) else v, json_schema_input_type=str | list[str]
    ),
]


class StatusCheck(Strict):
    """When and where the status of a regulation was looked up."""

    tanggal: date = Field(description="Tanggal pemeriksaan, TTTT-BB-HH")
    sumber: str = Field(min_length=3, description="Tempat status itu terbaca")


class Relation(Strict):
    """A relation to another regulation."""

    id: str = Field(pattern=f"^{SOURCE_ID.pattern}$")
    dasar: str = Field("", description="Locator pasal yang menyatakannya, misalnya pasal-12")
    tanggal: date | None = None
    catatan: str = ""


def _relation(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


class RegulationHeader(Strict):
    """Header of ``regulasi/<id>.md``."""

    id: str = Field(pattern=f"^{SOURCE_ID.pattern}$")
    jenis: str = Field(description="Jenis peraturan, misalnya Peraturan Presiden")
    nomor: int | str
    tahun: int = Field(ge=1945, le=2100)
    judul: str
    sebutan: str = Field(description="Sebutan pendek untuk kutipan, misalnya Perpres 95/2018")
    teu: str = Field("", description="Tajuk entri utama: siapa yang menetapkan")
    tempat_penetapan: str = ""
    tanggal_penetapan: date | None = None
    tanggal_pengundangan: date | None = None
    mulai_berlaku: date | None = None
    sumber: str = Field("", description="Lembaran atau Berita Negara/Daerah")
    subjek: Words = Field(default=[])
    bidang_hukum: str = ""
    status: Status
    status_diperiksa: StatusCheck
    url: str = Field("", pattern=r"^(https?://\S+)?$")
    relasi: dict[
        RelationKind,
        list[
            Annotated[Relation, BeforeValidator(_relation, json_schema_input_type=str | Relation)]
        ],
    ] = Field(default_factory=dict)
    alias: Words = Field(default=[])
    wilayah: str = Field("", description="Kode wilayah untuk peraturan daerah")
    isi: Literal["ringkasan", "naskah"]
    tangan_kedua: bool = Field(False, description="Isinya diketahui dari sumber tidak resmi")
    ringkasan: str = Field(min_length=10)
    tidak_ada: dict[str, str] = Field(
        default_factory=dict, description="Nomor yang memang dilompati naskah resmi -> catatan"
    )
    tidak_dimuat: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Alasan -> locator yang sengaja tidak diringkas karena alasan itu",
    )
    tanya: list[str] = Field(min_length=3)
    kata: Words = Field(default=[])


class IndicatorHeader(Strict):
    """Header of ``indikator/<nn>-<slug>.md``."""

    nomor: int = Field(ge=1, le=47)
    nama: str
    sebutan: str
    domain: int = Field(ge=1, le=4)
    aspek: int = Field(ge=1, le=8)
    bobot: float = Field(gt=0, le=100)
    model: Literal["proses", "layanan"]
    dasar: Words = Field(default_factory=list)
    tanya: list[str] = Field(min_length=3)
    kata: Words = Field(default=[])


class FaqHeader(Strict):
    """Header of ``tanya-jawab/<slug>.md``."""

    judul: str
    wilayah: str = Field("", description="Kode wilayah bila isinya hanya tentang satu daerah")


Header = TypeVar("Header", bound=Strict)


def read_header(kind: type[Header], document: Document, faults: Faults) -> Header | None:
    """Check a document's header; each fault is noted with the line of its key."""
    try:
        return kind.model_validate(document.header)
    except ValidationError as error:
        lines = document.key_lines
        note_invalid(error, document.path, "kepala berkas", lambda k: lines.get(k, 1), faults)
    return None


def write_schemas(folder: Path) -> list[Path]:
    """Write the JSON Schema of each kind of header into ``folder``; return the files."""
    import json

    from bot.knowledge.calendar_file import CalendarFile

    kinds: tuple[tuple[str, type[BaseModel]], ...] = (
        ("regulasi", RegulationHeader),
        ("indikator", IndicatorHeader),
        ("tanya-jawab", FaqHeader),
        ("jadwal", CalendarFile),
    )
    written = []
    for name, kind in kinds:
        path = folder / f"{name}.schema.json"
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        schema |= kind.model_json_schema()
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        written.append(path)
    return written
