"""What broadcasts say, as Telegram's HTML; every sentence that a reader or an admin sees."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from html import escape, unescape

from bot.answering.wording import day
from bot.broadcasts.progress import Progress
from bot.broadcasts.telling import Kind, Telling
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
TOO_LONG = "Teksnya terlalu panjang; kurangi sedikitnya {over} karakter (emoji dihitung 2)."

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
REGION = "Daerah: {name}."
NO_REGION = (
    "Daerah: belum dipilih; pengingat khusus satu daerah tidak dikirim. Contoh: /langganan palopo"
)
UNSUBSCRIBED_NOW = "Langganan dihentikan. Nyalakan lagi kapan saja dengan /langganan."
NOT_SUBSCRIBED = "Obrolan ini tidak berlangganan. Nyalakan dengan /langganan."

_FOOT = "<i>/langganan untuk mengatur · /berhenti untuk menghentikan</i>"
_UNDECREED = (
    "<i>Cuti bersama {years} belum ditetapkan, jadi hitungan hari kerja dapat berubah.</i>"
)
_ESTIMATE = "<i>Tanggal ini perkiraan; pastikan pada surat resmi Kementerian PANRB.</i>"


def reminder(
    deadline: Deadline,
    closing: Moment,
    left: int,
    today: date,
    zone: str,
    *,
    unsure: Sequence[int] = (),
) -> str:
    """Write a reminder: what, until when, how long still, what to do, where.

    Args:
        deadline: The event.
        closing: Its last day, or the moment it closes.
        left: Working days left after today.
        today: The reader's date.
        zone: The reader's zone, by name.
        unsure: Years of the count whose days off are not decreed yet.
    """
    return _letter(
        f"<b>Pengingat: {escape(_name(deadline))}</b>",
        f"Batas akhir: <b>{moment(closing, deadline.zone, zone)}</b>",
        _left(deadline, closing, left, today, zone),
        *_what_to_do(deadline),
        _unsure(unsure),
    )


def moved(
    deadline: Deadline,
    before: Moment | None,
    closing: Moment,
    left: int,
    today: date,
    zone: str,
    *,
    unsure: Sequence[int] = (),
    past: bool = False,
) -> str:
    """Write that a closing has moved; without ``before`` that an event is on again.

    Args:
        deadline: The event.
        before: The closing that was told before.
        closing: As in ``reminder``; so are those that follow.
        left: Working days left after today.
        today: The reader's date.
        zone: The reader's zone, by name.
        unsure: Years of the count whose days off are not decreed yet.
        past: Whether it is over by now.
    """
    was = f"Semula: <s>{moment(before, deadline.zone, zone)}</s>" if before else ""
    head = "Jadwal berubah" if before else "Jadwal berlaku kembali"
    return _letter(
        f"<b>{head}: {escape(_name(deadline))}</b>",
        was,
        f"Batas akhir{' sekarang' if before else ''}: "
        f"<b>{moment(closing, deadline.zone, zone)}</b>{' (sudah lewat)' if past else ''}",
        *(
            [escape(deadline.link)]
            if past
            else [
                _left(deadline, closing, left, today, zone),
                *_what_to_do(deadline),
                _unsure(unsure),
            ]
        ),
    )


def unset(title: str, before: Moment | None, zone: str) -> str:
    """Write that the day that was told no longer holds, and that there is no other yet."""
    was = f"Tanggal {moment(before, '', zone)} tidak berlaku lagi; " if before else ""
    return _letter(
        f"<b>Jadwal berubah: {escape(title)}</b>",
        f"{was}tanggal pastinya belum ditetapkan.",
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


def subscribed(
    topics: tuple[str, ...],
    hour: int,
    zone: str,
    leads: tuple[int, ...],
    *,
    region: str | None = None,
) -> str:
    """Write what a subscription was set to.

    Args:
        topics: Stages; empty means all.
        hour: Hour of the day.
        zone: By name.
        leads: Working days before the closing.
        region: Name of the region, empty for none; None says nothing about it.
    """
    counts = [str(lead) for lead in leads if lead]
    parts = [f"{', '.join(counts)} hari kerja sebelum batas akhir"] if counts else []
    parts += ["pagi hari terakhir"] if 0 in leads else []
    told = SUBSCRIBED.format(
        hour=hour,
        zone=zone,
        leads=" dan ".join(parts),
        topics=escape(", ".join(topics)) or ALL_TOPICS,
    )
    if region is None:
        return told
    return f"{told}\n{REGION.format(name=escape(region)) if region else NO_REGION}"


def progress(title: str, at: Progress, *, paused: bool = False) -> str:
    """Write how far a run is, for the message that edits itself."""
    counts = f"{_count(at.sent)} terkirim, {_count(at.failed)} gagal"
    if at.over:
        return f"<b>{escape(title)}</b>\n{counts}. Selesai."
    if paused:
        rest = "Dijeda."
    elif at.seconds is None:
        rest = "Perkiraan selesai belum diketahui."
    else:
        rest = f"Selesai {_duration(at.seconds)} lagi."
    return f"<b>{escape(title)}</b>\n{counts}, {_count(at.left)} tersisa.\n{rest}"


def run_title(tellings: Sequence[Telling], now: datetime) -> str:
    """Name a run of reminders after its events and the moment, with its zone."""
    reminders = any(t.kind is Kind.REMINDER for t in tellings)
    changes = any(t.kind is not Kind.REMINDER for t in tellings)
    what = "Pengingat dan perubahan jadwal" if reminders and changes else ""
    what = what or ("Perubahan jadwal" if changes else "Pengingat")
    names = list(dict.fromkeys(t.title or t.event for t in tellings))
    shown = ", ".join(names[:3]) + (f", dan {len(names) - 3} lainnya" if len(names) > 3 else "")
    return f"{what} {shown} ({now:%d-%m-%Y %H.%M} {zone_name(now.tzinfo, now)})"


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


def missed(telling: Telling, closing: Moment | None, chats: int) -> str:
    """Write to admins that something could not be told while it was of use."""
    title = escape(telling.title or telling.event)
    until = f" (batas akhir {moment(closing, '', 'WIB')})" if closing else ""
    if telling.kind is Kind.MOVED:
        return (
            f"Perubahan jadwal <b>{title}</b>{until} tidak diberitahukan ke {_count(chats)} obrolan "
            "yang sudah diingatkan, karena tanggal yang lama maupun yang baru sudah lewat."
        )
    return (
        f"Pengingat <b>{title}</b>{until} tidak sempat dikirim ke {_count(chats)} obrolan, "
        "karena bot tidak berjalan atau Telegram tidak terjangkau sampai batasnya lewat."
    )


def announcement_missed(number: int, at: datetime, text: str) -> str:
    """Write to admins that an announcement is not sent, as its time is long past."""
    plain = " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split())
    begin = plain if len(plain) <= _EXCERPT else f"{plain[:_EXCERPT].rstrip()}…"
    what = f" (“{escape(begin)}”)" if begin else ""
    when = moment(at, "", zone_name(at.tzinfo, at))
    return (
        f"Pengumuman {number}{what} yang dijadwalkan {when} tidak terkirim karena bot mati; "
        "kirim ulang bila masih perlu."
    )


def held(title: str, reason: str, closing: Moment | None = None) -> str:
    """Write to admins why an event waits for them.

    Args:
        title: Name of the event.
        reason: As in ``Held``.
        closing: The closing that it has, or had when it was told.
    """
    until = f" (batas akhir {moment(closing, '', 'WIB')})" if closing else ""
    return _HELD[reason].format(title=escape(title), until=until)


_EXCERPT = 60
_HELD = {
    "perkiraan": (
        "<b>{title}</b>{until} masih perkiraan, jadi belum diingatkan. Bila boleh diingatkan dengan "
        "tanggal ini, tekan Setujui."
    ),
    "tidak pasti": "<b>{title}</b> belum bertanggal pasti, jadi tidak diingatkan.",
    "hilang": (
        "<b>{title}</b>{until} hilang dari jadwal sesudah diingatkan. Nyatakan dibatalkan, atau "
        "kembalikan ke jadwal."
    ),
    "kembali": (
        "<b>{title}</b>{until} sudah dinyatakan dibatalkan, tetapi ada di jadwal, jadi tidak "
        "diingatkan. Bila acaranya berlaku dengan tanggal ini, tekan Setujui; bila tidak, hapus "
        "dari jadwal."
    ),
}


def _name(deadline: Deadline) -> str:
    """Name an event so that it can be told from that of another year."""
    year = str(deadline.year)
    return deadline.title if year in deadline.title else f"{deadline.title} (evaluasi {year})"


def _letter(head: str, *lines: str) -> str:
    """Put a message together: the head, a line each, the foot."""
    return "\n".join([head, *(line for line in lines if line), "", _FOOT])


def _left(deadline: Deadline, closing: Moment, left: int, today: date, zone: str) -> str:
    last = closing
    until = ""
    if isinstance(closing, datetime):
        last = closing.date()
        if closing.time() == time.min:
            last -= timedelta(days=1)
            here = closing.astimezone(zone_info(zone)).utcoffset() == closing.utcoffset()
            name = "" if here else f" {deadline.zone or zone_name(closing.tzinfo, closing)}"
            until = f" (sampai pukul 00.00{name} nanti malam)"
    if today >= last:
        return f"<b>Hari ini hari terakhir{until}.</b>"
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


def _unsure(years: Sequence[int]) -> str:
    return _UNDECREED.format(years=", ".join(map(str, years))) if years else ""


def _reasons(reasons: Counter[str]) -> list[str]:
    return [f"• {escape(reason)}: {_count(n)}" for reason, n in reasons.most_common()]


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} detik"
    if seconds < 5400:
        return f"{round(seconds / 60)} menit"
    return f"{seconds / 3600:.1f} jam".replace(".", ",")
