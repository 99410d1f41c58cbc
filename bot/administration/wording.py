"""What admins read about roles and the use of the bot."""

ADMINS_ONLY = "Ini hanya untuk admin. Mintalah pemilik bot mengangkat Anda."
OWNERS_ONLY = "Ini hanya untuk pemilik bot (ADMIN_USER_IDS)."
IS_OWNER = "Orang itu pemilik bot, jadi tidak perlu diangkat."
NO_SUCH_ADMIN = "Id {user} bukan admin. Perbaikan: periksa id-nya pada daftar admin."
NO_SUCH_REGION = (
    "Kode wilayah {codes} tidak dikenal. Perbaikan: pakai kode Kemendagri, misalnya 73.73."
)

REPORT_TITLE = "Pemakaian asisten SPBE, {span}"
REPORT_ASKED = "Pertanyaan: {asked}, rata-rata {daily} sehari"
REPORT_GREETINGS = "Sapaan dan obrolan ringan: {count} (tidak dihitung di atas)"
REPORT_ANSWERED = "Terjawab: {share} ({answered} dari {asked})"
REPORT_VOTES = "Penilaian 👍: {share} ({up} dari {votes})"
REPORT_NO_VOTES = "Penilaian: belum ada"
REPORT_SPEED = "Waktu jawab: separuhnya dalam {median}, 95 % dalam {high}"
REPORT_OPEN = "Menunggu keputusan admin: {count} pertanyaan"
REPORT_NOTHING_OPEN = "Tidak ada pertanyaan yang menunggu keputusan admin."
REPORT_TOPICS = "Paling banyak ditanyakan:"
REPORT_TOPIC = "{place}. {name}: {count}"
REPORT_NOTHING = "Belum ada pertanyaan tentang SPBE."
PICTURE_TITLE = "{asked} pertanyaan, {share} terjawab"
PICTURE_NOTHING = "Belum ada pertanyaan"
PICTURE_SOURCE = "catatan pertanyaan bot ini, {span}"
TOPIC_INDICATOR = "Indikator {number}"
TOPIC_INDEX = "Indeks {name}"
TOPIC_INDEX_ANY = "Indeks SPBE, tanpa nama daerah"
TOPIC_NEWS = "Berita dan laporan daerah"


def count(value: int) -> str:
    """Write a whole number: ``1.234``."""
    return f"{value:,}".replace(",", ".")


def decimal(value: float) -> str:
    """Write a number with one decimal, none if it is 0: ``1.234,5``."""
    whole, _, rest = f"{value:,.1f}".replace(",", ".").rpartition(".")
    return whole if rest == "0" else f"{whole},{rest}"


def percent(share: float) -> str:
    """Write a share of 1: ``93,5 %``; all but a few is not ``100 %``, a few is not ``0 %``."""
    value = round(100 * share, 1)
    if share not in (0, 1):
        value = min(max(value, 0.1), 99.9)
    return f"{decimal(value)} %"


def duration(ms: float) -> str:
    """Write milliseconds as a person says them: ``12 milidetik``, ``1,2 detik``."""
    if round(ms) < 1000:
        return f"{round(ms)} milidetik"
    return f"{decimal(ms / 1000)} detik"
