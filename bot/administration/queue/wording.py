"""What admins and askers read about open questions."""

from datetime import date, datetime

from bot.answering.wording import day as _day

FILE_TITLE = "Jawaban admin atas pertanyaan yang belum terjawab"
NAMELESS = "Pertanyaan tanpa kata"
OFFICE = "Keterangan pengelola bot, {day}"
NO_ANSWER = "Jawabannya kosong. Perbaikan: tulis jawabannya dalam balasan."
ANSWER_TOO_LONG = "Jawabannya {length} huruf; paling banyak {most}. Perbaikan: ringkaskan, dan kirim dalam satu pesan."
BAD_REF = (
    "“{ref}” bukan rujukan. Perbaikan: tulis id dan tempatnya, misalnya "
    "Dasar: perpres-95-2018#pasal-39-ayat-3"
)
ITEM_GONE = "Pertanyaan ini sudah tidak ada di antrean."
SAME_ITEM = "Itu pertanyaan yang sama; pilih yang lain."
NOT_YOUR_QUESTION = (
    "Anda admin untuk {regions}; pertanyaan ini tidak menyebut wilayah itu. "
    "Mintalah admin lain menjawabnya."
)
NOT_YOUR_WORDING = (
    "Anda admin untuk {regions}; pertanyaan yang terbit harus menyebut wilayah itu. "
    "Perbaikan: sebut wilayahnya dalam baris Pertanyaan: …"
)
ALREADY_DECIDED = (
    "Pertanyaan ini sudah {status} oleh {by} pada {when}. Perbaikan: buka lagi dahulu, lihat "
    "/antrean tertutup."
)
STATUS = {
    "dijawab": "dijawab",
    "diabaikan": "diabaikan",
    "belum_ada": "dinyatakan belum ada aturannya",
    "digabung": "digabung",
}
NOTE = "Jawaban: {question}"


def day(value: date) -> str:
    """Write a date: ``28 November 2026``."""
    return _day(value)


def moment(value: datetime) -> str:
    """Write a time: ``28 November 2026 pukul 08.15``."""
    return f"{day(value.date())} pukul {value:%H.%M}"


def too_long(length: int, most: int) -> str:
    """Say how long an answer is, and how long it may be."""
    return ANSWER_TOO_LONG.format(length=_number(length), most=_number(most))


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
