"""What broadcasts say, as Telegram's HTML; every sentence that a reader or an admin sees."""

from collections import Counter
from datetime import date, datetime
from html import escape

from bot.answering.wording import day
from bot.broadcasts.progress import Progress
from bot.broadcasts.zones import zone_info, zone_name
from bot.knowledge.deadline import Deadline, Moment

_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
UNITS_OF_MARKS = 250
"""UTF-16 units that the marks below may add to a text; announcements must leave them free."""

RESENT = "\n\n<i>(dikirim ulang)</i>"
TOPIC_LOST = (
    "\n\n<i>Untuk admin grup: topik yang dipilih bagi pesan ini sudah ditutup atau dihapus, jadi "
    "pesan kini dikirim ke topik umum. Topik lain dapat dipilih dengan /langganan.</i>"
)
STOPPED = "dibatalkan admin"
DOUBTFUL = "mungkin terkirim, tetapi jawabannya tidak diterima"
PROGRAM = "galat program; lihat catatan (log)"
UNSUBSCRIBED = "langganan dihentikan"
TOO_LATE = "batas akhirnya sudah lewat"
OUTDATED = "tidak berlaku lagi"
EXPIRED = "tidak terkirim dalam 24 jam"

GREETING = (
    "Halo, saya asisten SPBE. Saya menjawab pertanyaan tentang regulasi, indikator, dan indeks "
    "SPBE; tulis /tanya diikuti pertanyaan Anda.\n\n"
    "Admin grup dapat menyalakan pengingat tenggat evaluasi dengan /langganan. Selain itu saya "
    "tidak menulis tanpa diminta."
)
SUBSCRIBED = (
    "Langganan menyala. Pengingat dikirim pukul {hour:02d}.00 {zone}: {leads}. "
    "Topik: {topics}. Ubah dengan /langganan, hentikan dengan /berhenti."
)
ALL_TOPICS = "semua tahap"
UNSUBSCRIBED_NOW = "Langganan dihentikan. Nyalakan lagi kapan saja dengan /langganan."
NOT_SUBSCRIBED = "Obrolan ini tidak berlangganan. Nyalakan dengan /langganan."

_FOOT = "<i>/langganan untuk mengatur · /berhenti untuk menghentikan</i>"
_ESTIMATE = "<i>Tanggal ini perkiraan; pastikan pada surat resmi Kementerian PANRB.</i>"


def reminder(deadline: Deadline, closing: Moment, left: int, today: date, zone: str) -> str:
    """Write a reminder: what, until when, how long still, what to do, where.

    Args:
        deadline: The event.
        closing: Its last day, or the moment it closes.
        left: Working days left after today.
        today: The reader's date.
        zone: The reader's zone, by name.
    """
    return _letter(
        f"<b>Pengingat: {escape(_name(deadline))}</b>",
        f"Batas akhir: <b>{moment(closing, deadline.zone, zone)}</b>",
        _left(closing, left, today),
        *_what_to_do(deadline),
    )


def moved(
    deadline: Deadline, before: Moment | None, closing: Moment, left: int, today: date, zone: str
) -> str:
    """Write that a closing has moved; without ``before`` that an event is on again."""
    was = f"Semula: <s>{moment(before, deadline.zone, zone)}</s>" if before else ""
    head = "Jadwal berubah" if before else "Jadwal berlaku kembali"
    return _letter(
        f"<b>{head}: {escape(_name(deadline))}</b>",
        was,
        f"Batas akhir{' sekarang' if before else ''}: "
        f"<b>{moment(closing, deadline.zone, zone)}</b>",
        _left(closing, left, today),
        *_what_to_do(deadline),
    )


def cancelled(title: str, before: Moment | None, zone: str) -> str:
    """Write that an event will not take place."""
    was = f"Batas akhir {moment(before, '', zone)} tidak berlaku lagi." if before else ""
    return _letter(f"<b>Dibatalkan: {escape(title)}</b>", was, "Anda tidak perlu berbuat apa-apa.")


def moment(value: Moment, zone: str, reader: str) -> str:
    """Write a day with its weekday, a moment with its zone and, where it differs, the reader's.

    Args:
        value: The day or moment.
        zone: Name of the zone it was set in; found from its offset when empty.
        reader: Name of the reader's zone.
    """
    told = f"{_WEEKDAYS[value.weekday()]}, {day(value)}"
    if not isinstance(value, datetime):
        return told
    name = zone or zone_name(value.tzinfo, value)
    told += f" pukul {value:%H.%M} {name}"
    here = value.astimezone(zone_info(reader))
    if here.utcoffset() == value.utcoffset():
        return told
    when = "" if here.date() == value.date() else f"{_WEEKDAYS[here.weekday()]} "
    return f"{told} ({when}{here:%H.%M} {reader})"


def subscribed(topics: tuple[str, ...], hour: int, zone: str, leads: tuple[int, ...]) -> str:
    """Write what a subscription was set to."""
    counts = [str(lead) for lead in leads if lead]
    parts = [f"{', '.join(counts)} hari kerja sebelum batas akhir"] if counts else []
    parts += ["pagi hari terakhir"] if 0 in leads else []
    return SUBSCRIBED.format(
        hour=hour,
        zone=zone,
        leads=" dan ".join(parts),
        topics=escape(", ".join(topics)) or ALL_TOPICS,
    )


def progress(title: str, at: Progress, *, paused: bool = False) -> str:
    """Write how far a run is, for the message that edits itself."""
    rest = "Dijeda." if paused else f"Selesai {_duration(at.seconds)} lagi."
    counts = f"{_count(at.sent)} terkirim, {_count(at.failed)} gagal, {_count(at.left)} tersisa."
    return f"<b>{escape(title)}</b>\n{counts}\n{rest}"


def report(title: str, at: Progress) -> str:
    """Write how a run ended, with the reasons of what was not sent."""
    lines = [
        f"<b>Selesai: {escape(title)}</b>",
        f"Terkirim {_count(at.sent)} dari {_count(at.total)} obrolan.",
    ]
    if at.resent:
        lines.append(f"{_count(at.resent)} di antaranya dikirim ulang dan ditandai.")
    if at.failed:
        lines.append(f"Tidak terkirim: {_count(at.failed)}")
        # Rows that a cancelled run still held ended together, without a reason each.
        stopped = Counter({STOPPED: max(at.stopped - at.reasons[STOPPED], 0)})
        lines += _reasons(at.reasons + stopped)
    return "\n".join(lines)


def missed(title: str, closing: Moment | None, chats: int) -> str:
    """Write to admins that reminders could not be sent while they were of use."""
    until = f" (batas akhir {moment(closing, '', 'WIB')})" if closing else ""
    return (
        f"Pengingat <b>{escape(title)}</b>{until} tidak sempat dikirim ke {_count(chats)} obrolan, "
        "karena bot tidak berjalan atau Telegram tidak terjangkau sampai batasnya lewat."
    )


def held(title: str, reason: str) -> str:
    """Write to admins why an event waits for them."""
    return _HELD[reason].format(title=escape(title))


_HELD = {
    "perkiraan": (
        "<b>{title}</b> masih perkiraan, jadi tidak diingatkan. Setujui bila tanggalnya sudah pasti."
    ),
    "tidak pasti": "<b>{title}</b> belum bertanggal pasti, jadi tidak diingatkan.",
    "hilang": (
        "<b>{title}</b> hilang dari jadwal sesudah diingatkan. Nyatakan dibatalkan, atau kembalikan "
        "ke jadwal."
    ),
}


def _name(deadline: Deadline) -> str:
    """Name an event so that it can be told from that of another year."""
    year = str(deadline.year)
    return deadline.title if year in deadline.title else f"{deadline.title} (evaluasi {year})"


def _letter(head: str, *lines: str) -> str:
    """Put a message together: the head, a line each, the foot."""
    return "\n".join([head, *(line for line in lines if line), "", _FOOT])


def _left(closing: Moment, left: int, today: date) -> str:
    last = closing.date() if isinstance(closing, datetime) else closing
    if today >= last:
        return "<b>Hari ini hari terakhir.</b>"
    if left == 0:
        return "Hari ini hari kerja terakhir sebelum batasnya."
    return f"Sisa waktu: {left} hari kerja setelah hari ini."


def _what_to_do(deadline: Deadline) -> list[str]:
    lines = []
    if deadline.action:
        lines.append(f"Yang perlu dilakukan: {escape(deadline.action)}")
    if deadline.link:
        lines.append(escape(deadline.link))
    if not deadline.official:
        lines.append(_ESTIMATE)
    return lines


def _reasons(reasons: Counter[str]) -> list[str]:
    return [f"• {escape(reason)}: {_count(n)}" for reason, n in reasons.most_common()]


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _duration(seconds: float | None) -> str:
    if seconds is None:
        return "sebentar"
    if seconds < 90:
        return f"{max(1, round(seconds))} detik"
    if seconds < 5400:
        return f"{round(seconds / 60)} menit"
    return f"{seconds / 3600:.1f} jam".replace(".", ",")
