"""What a question asks of the calendar, and whether it asks the calendar at all."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.answering.question import Question
from bot.answering.schedule.periods import MONTHS, Period, find_period, year_shift
from bot.language.lexicon import INDEX_WORDS, RANK, TREND
from bot.language.text import strip_clitic
from bot.language.words import NUMBER_WORDS, STOP_WORDS

# Longer phrases first: "penilaian mandiri" before "mandiri".
_STAGES = {
    "penilaian mandiri": (
        "penilaian mandiri",
        "penilai mandiri",
        "evaluasi mandiri",
        "asesmen mandiri",
        "self assessment",
        "selfassessment",
        "mandiri",
        "unggah bukti",
        "mengunggah bukti",
        "upload bukti",
        "pengumpulan bukti",
        "kumpul bukti",
        "mengumpulkan bukti",
        "unggah data dukung",
        "upload data dukung",
        "kirim bukti",
        "submit bukti",
    ),
    "penilaian dokumen": ("penilaian dokumen", "verifikasi dokumen", "pemeriksaan dokumen"),
    "interviu": ("interviu", "interview", "wawancara"),
    "visitasi": ("visitasi", "kunjungan lapangan", "kunjungan lapang"),
    "reviu": ("reviu", "review", "reviu tauval"),
    "sosialisasi": ("sosialisasi",),
    "finalisasi": ("finalisasi", "rekapitulasi hasil"),
    "pengumuman": (
        "pengumuman",
        "diumumkan",
        "diumumin",
        "penetapan hasil",
        "hasil ditetapkan",
        "hasil keluar",
        "keluar hasil",
        "hasil rilis",
        "hasil dirilis",
    ),
}
_EVIDENCE = frozenset({"bukti", "eviden", "evidence"})
_SCHEDULE = frozenset(
    """
    jadwal jadwalnya tenggat tenggatnya deadline deadlinenya kalender timeline linimasa ddl
""".split()
)
_SCHEDULE_PHRASES = ("jatuh tempo", "batas waktu", "batas akhir", "lini masa")
_EVALUATION = frozenset("evaluasi pemantauan penilaian spbe pemdi tauval evaluasinya".split())
_WHEN = frozenset("kapan kapankah tanggal tanggalnya".split())
_LIMIT = frozenset("batas batasnya bts terakhir akhir".split())
_STATE = frozenset(
    """
    telat terlambat berakhir tutup ditutup buka dibuka mulai dimulai selesai berjalan
    berlangsung
""".split()
)
# "Lewat" alone is also "by way of".
_PASSED = (
    "sudah lewat",
    "belum lewat",
    "lewat belum",
    "lewat tidak",
    "telah lewat",
    "kelewat",
    "masih bisa",
    "masih boleh",
    "masih dapat",
    "masih sempat",
)
_LEFT = frozenset("sisa sisanya tinggal kurang".split())
_STAGING = frozenset("tahap tahapan tahapannya rangkaian rangkaiannya agenda".split())
_OF_RULE = frozenset("siapa wajib apakah maksud maksudnya dimaksud arti artinya setelah".split())
_MEANING = ("apa itu", "hal apa", "itu apa")
_FIGURES = INDEX_WORDS | RANK | TREND
_DRAW = frozenset("gambar grafik bagan diagram visual gambarkan".split())
# A question of rule, not of date: "kapan visitasi diperlukan".
_RULE = frozenset(
    "perlu diperlukan dilakukan dilaksanakan wajib harus sering setiap tiap kali".split()
)
_NO_DATE = frozenset("siapa siapakah bagaimana mengapa kenapa mana kemana".split())
# "Tahun ini ada interviu tidak" asks whether, not when.
_WHETHER = frozenset("tidak apakah boleh cuma ikut".split())
# "Ada apa bulan Maret" of a far year is history, and none of the calendar's.
_NEAR = 370
_SOMETHING = ("ada apa", "apa yang", "ada agenda", "ada jadwal", "ada kegiatan", "apa saja", "ada")
_OTHERS = frozenset(
    """
    hari kerja kalender minggu pekan bulan tahun depan lalu besok lusa kemarin waktu jam pukul
    jatuh tempo acara kegiatan proses pelaksanaan resmi pasti perkiraan kira instansi pusat
    pemerintah pemda daerah kabupaten kota provinsi kementerian lembaga kemenpanrb kemenpan panrb
    menpan menpanrb rb nasional indeks digital asesor eksternal bukti eviden evidence dukung
    data dokumen lapangan
    kumpul pengumpulan mengumpulkan unggah mengunggah upload kirim pengiriman submit hasil hasilnya
    keluar lengkap terdekat berikutnya selanjutnya mendatang kedepan awal sampe pas nanti sekarang
    tersisa update terbaru jadinya dong kegiatannya eval wilayah kedua pertama ngumpul
    ngumpulin terakhirnya maks maksimal dikirim dikumpulkan diunggah diupload
""".split()
)
_KNOWN = (
    STOP_WORDS
    | _SCHEDULE
    | _EVALUATION
    | _WHEN
    | _LIMIT
    | _STATE
    | _LEFT
    | _STAGING
    | _DRAW
    | _OTHERS
    | set(MONTHS)
    | set(NUMBER_WORDS)
    | {word for phrase in _PASSED for word in phrase.split()}
    | {word for names in _STAGES.values() for name in names for word in name.split()}
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the calendar.

    Attributes:
        stage: A stage, as the calendar names it; empty for all.
        year: The year of the evaluation; None when unsaid.
        period: Days in which something is looked for.
        due: Whether what closes is asked for, not all that goes on.
        left: Whether the days left are asked for.
        drawn: Whether a picture is asked for.
        follows: Whether it is about the event last spoken of.
    """

    stage: str = ""
    year: int | None = None
    period: Period | None = None
    due: bool = False
    left: bool = False
    drawn: bool = False
    follows: bool = False


def read_wish(question: Question, last_year: int | None, today: date) -> Wish | None:
    """Read what is asked of the calendar; None where it is not the calendar's matter.

    Args:
        question: What was asked.
        last_year: The year of the events that the conversation is about; None for none.
        today: The present day.
    """
    refs = question.refs
    if refs.regulations or refs.regulation or refs.locator or refs.indicator is not None:
        return None
    words = question.words
    if not all(_explained(question, at, token) for at, token in enumerate(question.tokens)):
        return None
    stage = _stage(question)
    year = _year(question, last_year, today)
    period = find_period(question.tokens, question.years.years, today)
    due = bool(question.has("jatuh tempo") or words & (_LIMIT | {"tenggat", "deadline", "tutup"}))
    left = bool(words & _LEFT and question.has("hari", "hari kerja", "berapa"))
    left = left or question.has("berapa hari", "berapa hari kerja", "hari kerja lagi")
    wish = Wish(stage, year, period, due, left, bool(words & _DRAW))
    if _asks(question, wish, today):
        return wish
    if last_year is not None and _goes_on(question, wish):
        return Wish(stage, year, period, due, left, wish.drawn, follows=True)
    return None


def _asks(question: Question, wish: Wish, today: date) -> bool:
    """Whether a question by itself is for the calendar."""
    words = question.words
    dated = wish.year is not None or wish.period is not None
    state = bool(words & _STATE) or question.has(*_PASSED)
    when = bool(words & _WHEN) or question.has("bulan apa", "bulan berapa", "tanggal berapa")
    limited = bool(words & _LIMIT)
    scheduled = bool(words & _SCHEDULE) or question.has(*_SCHEDULE_PHRASES)
    if (words & _NO_DATE and not (when or scheduled)) or _lasts(question.tokens):
        return False
    if scheduled:
        return True
    if wish.stage:
        if words & _RULE and not (dated or limited):
            return False
        return when or limited or wish.left or state or (dated and not words & _WHETHER)
    evaluated = bool(words & _EVALUATION)
    if wish.left and (evaluated or question.has("hari kerja")):
        return True
    if evaluated and dated and words & _STAGING:
        return not question.years.span
    if evaluated and when and (limited or dated):
        return True
    if wish.period is None or question.places:
        return False
    return abs((wish.period.first - today).days) < _NEAR and question.has(*_SOMETHING)


def _goes_on(question: Question, wish: Wish) -> bool:
    """Whether a short question goes on about the events last spoken of."""
    words = question.words
    # "Indeks palopo 2024" begins something else, and so does a place with nothing but a year.
    elsewhere = question.places and not (wish.stage or wish.period)
    # What a stage is, who does it and whether it must be is a matter of rule.
    ruled = words & _OF_RULE or question.has(*_MEANING)
    if words & _FIGURES or elsewhere or (ruled and not words & (_WHEN | _SCHEDULE)):
        return False
    named = wish.stage or wish.year is not None or wish.period or wish.left or wish.drawn
    told = words & (_STATE | _WHEN | {"resmi", "pasti", "perkiraan"})
    return bool(named or told or question.has(*_PASSED))


def _lasts(tokens: tuple[str, ...]) -> bool:
    """Whether a term of years is spoken of, which regulations set: "tenggat tiga tahun itu"."""
    return any(
        strip_clitic(after) == "tahun" and (before in NUMBER_WORDS or re.fullmatch(r"\d", before))
        for before, after in pairwise(tokens)
    )


def _stage(question: Question) -> str:
    line = f" {' '.join(map(strip_clitic, question.tokens))} "
    found = ((stage, name) for stage, names in _STAGES.items() for name in names)
    named = next((stage for stage, name in found if f" {name} " in line), "")
    # What is handed in is handed in with the self-assessment.
    handed_in = question.words & _EVIDENCE and question.words & (_SCHEDULE | _LIMIT)
    return named or ("penilaian mandiri" if handed_in else "")


def _year(question: Question, last_year: int | None, today: date) -> int | None:
    if question.years.years:
        return question.years.years[-1]
    shift = year_shift(question.tokens)
    if shift is not None:
        return today.year + shift
    if question.years.shift:
        return (last_year or today.year) + question.years.shift
    return None


def _explained(question: Question, at: int, token: str) -> bool:
    """Whether a word is one that the calendar understands; places are left to the caller."""
    if at in question.named or not token.isalpha() or len(token) < 3:
        return True
    return token in _KNOWN or strip_clitic(token) in _KNOWN
