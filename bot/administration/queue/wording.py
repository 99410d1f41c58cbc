"""What admins and askers read about open questions."""

from datetime import date

from bot.answering.wording import day as _day

FILE_TITLE = "Jawaban admin atas pertanyaan yang belum terjawab"
NAMELESS = "Pertanyaan tanpa kata"
OFFICE = "Keterangan pengelola bot, {day}"
NO_ANSWER = "Jawabannya kosong. Perbaikan: tulis jawabannya dalam balasan."
ANSWER_TOO_LONG = "Jawabannya lebih dari {most} huruf. Perbaikan: ringkaskan."
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
NOTE = "Jawaban: {question}"


def day(value: date) -> str:
    """Write a date: ``28 November 2026``."""
    return _day(value)
