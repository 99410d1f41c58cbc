"""What the assistant says in its own voice; every sentence of it stands here."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

GREETING = (
    "Halo! Saya asisten SPBE. Tanyakan isi peraturan (misalnya “siapa yang menetapkan arsitektur "
    "SPBE daerah?”), 47 indikator, status peraturan, atau indeks SPBE suatu daerah."
)
THANKS = "Sama-sama. Silakan bertanya lagi kapan saja."
ABOUT = (
    "Saya asisten SPBE: menjawab tentang Perpres 95/2018 dan aturan turunannya, 47 indikator, "
    "status peraturan, dan riwayat indeks SPBE daerah. Tiap jawaban menyebut dasarnya; yang tidak "
    "saya ketahui saya katakan tidak tahu."
)
NO_OPINION = (
    "Saya tidak memberi pendapat atau penilaian sendiri; saya hanya menyampaikan isi peraturan dan "
    "angka yang diumumkan, dengan sumbernya."
)
NO_DRAFTING = (
    "Saya tidak membuat surat, dokumen, kode, atau terjemahan. Saya menjawab pertanyaan tentang isi "
    "peraturan SPBE, indikator, dan indeks daerah, dengan dasarnya."
)
PRIVACY = (
    "Topik percakapan dilupakan setelah 15 menit. Di Telegram, /privasi menjelaskan apa yang "
    "disimpan; untuk menghapusnya hubungi admin bot ini."
)
EXAMPLES = (
    "Apa itu Arsitektur SPBE?",
    "Bukti dukung indikator 19 level 4 apa saja?",
    "Apakah PermenPANRB 59/2020 masih berlaku?",
    "Berapa indeks SPBE Kota Palopo 2024?",
)
UNKNOWN = (
    "Maaf, saya belum menemukan jawabannya di basis pengetahuan SPBE, jadi saya tidak akan menebak. "
    "Coba sebutkan peraturan, indikator, atau daerahnya; untuk kepastian, hubungi Dinas Kominfo "
    "atau Bagian Organisasi setempat."
)
OFFER = "Saya belum yakin maksud Anda. Apakah salah satu dari ini?"
OTHER_LAW = (
    "{name} tidak ada di basis pengetahuan saya, jadi isinya tidak dapat saya sampaikan. Saya hanya "
    "memuat peraturan tentang SPBE."
)
NO_SUCH_REGULATION = "{name} tidak ada di basis pengetahuan saya. Periksa nomor dan tahunnya."
NO_LOCAL_TEXT = (
    "{name} tidak ada di basis pengetahuan saya, jadi isinya tidak dapat saya sampaikan. Periksa "
    "daerah, nomor, dan tahunnya; admin dapat mengimpor naskah resminya."
)
DID_YOU_MEAN = "Mungkin maksud Anda {names}?"
WHICH_REGULATION = "Ada beberapa peraturan yang cocok dengan “{name}”: {names}. Yang mana?"
NO_SUCH_PASAL = "{short} hanya sampai Pasal {last}; {label} tidak ada."
NO_SUCH_UNIT = "{label} tidak ada di {short}."
SKIPPED_UNIT = "{label} {short} tidak ada dalam naskah resmi: {note}"
NOT_LOADED = (
    "Isi {label} {short} belum ada di basis pengetahuan saya. Silakan lihat naskah resminya."
)
NO_TEXT = (
    "Naskah {short} belum ada di basis pengetahuan saya, jadi isi pasalnya tidak dapat saya "
    "sampaikan. Admin dapat mengimpor naskah resminya."
)
CHECK_STATUS = "Pastikan di JDIH penerbitnya."
NOT_IN_LOCAL = "Dalam naskah {names} tidak saya temukan ketentuan tentang hal ini."
NATIONAL_INSTEAD = "Dalam naskah {names} tidak saya temukan ketentuan tentang hal ini; jawaban ini aturan nasional."
NATIONAL_TOO = "Aturan nasional tentang hal ini (ringkasan kami): {text} ({label})."
ONLY_LOCAL = (
    "Anda tidak menyebut daerahnya; ini naskah {short}, satu-satunya peraturan daerah yang saya "
    "pegang. Daerah lain dapat mengatur berbeda."
)
ONLY_BY_PASAL = (
    "Naskah {short} saya pegang per pasal (Pasal 1 sampai {last}), tidak per bab; isi lampirannya "
    "tidak ikut diimpor. Sebutkan pasal atau hal yang dicari."
)
ASK_UNIT = "Isi {label} {short}"
ALSO_IN = "{pasal} juga mengatur:"
WHOLE = "{pasal} selengkapnya:"
ASSUMED = "Anda tidak menyebut peraturannya; ini diambil dari {short}."
NO_SUCH_INDICATOR = "Indikator {number} tidak ada: Indeks SPBE memakai indikator 1 sampai 47."
NO_SUCH_LEVEL = "Tingkat {level} tidak ada: tingkat kematangan hanya 1 sampai 5."
INDICATOR_NOTE = (
    "Instrumen 47 indikator dipakai 2021–2025; sejak 2026 diganti Indeks Pemdi (20 indikator, "
    "PermenPANRB 8/2026, menurut sumber tangan kedua)."
)
NO_SUCH_PEMDI = (
    "Indikator Pemdi {number} tidak ada: Indeks Pemdi memakai indikator 1 sampai {last}. Indikator "
    "{number} ada pada Indeks SPBE, yang memakai 47 indikator."
)
NO_SUCH_PEMDI_ASPECT = "Aspek {number} tidak ada: Indeks Pemdi memakai aspek 1 sampai {last}."
PEMDI_NO_LEVELS = (
    "Kriteria tiap tingkat pada Indeks Pemdi belum saya pegang dari naskah resmi, jadi tidak saya "
    "sampaikan. Yang ada: nama, bobot, dan lingkup ke-20 indikatornya."
)
PEMDI_NO_TWIN = "Tidak ada indikator Pemdi yang sepadan dalam pemetaan yang saya pegang."
PEMDI_MAPPING_NOTE = (
    "Pemetaan bukti SPBE ke Pemdi adalah kebiasaan satu daerah (Kabupaten Pringsewu), bukan "
    "ketentuan."
)
SECOND_HAND = "Isi {short} baru diketahui dari sumber tangan kedua, belum dari naskah resmi."
PART_UNKNOWN = "Untuk bagian “{part}” saya belum menemukan jawabannya."
NO_LOCAL_FIGURE = (
    "Tentang {name} saya hanya memegang indeks SPBE dan sedikit fakta dari pers; angka yang "
    "ditanyakan tidak ada pada saya."
)
NO_DATA = "Data indeks SPBE {name} tahun {years} tidak ada pada saya."
NO_DATA_AT_ALL = "Data indeks SPBE {name} tidak ada pada saya."
NEAREST_DATA = "Yang ada: {items}."
UNKNOWN_REGION = (
    "Saya tidak mengenal daerah atau instansi itu. Tulis nama kabupaten, kota, provinsi, "
    "kementerian, atau lembaganya."
)
NOT_KNOWN = "Nama ini tidak saya kenali, jadi tidak ikut: {names}."
NOT_RATED = (
    "Indeks SPBE hanya dinilai untuk kementerian, lembaga, provinsi, kabupaten, dan kota; "
    "tidak untuk {unit}."
)
OTHER_MEASURE = "Saya hanya punya data Indeks SPBE, bukan {name}. Silakan tanyakan ke instansi yang menilainya."
SIMULATE = ("Simulasi Kota Palopo 2024", "Simulasi semua tingkat 2", "Simulasi templat")
SIMULATE_PEMDI = ("Simulasi Pemdi semua tingkat 2", "Simulasi Pemdi templat")
PEMDI_HOW = (
    "Simulasi {title}: mulai dari mana?\n"
    "- tingkat {count} indikator: “simulasi pemdi” diikuti {count} angka, “simulasi pemdi semua "
    "tingkat 2”, atau kirim berkas templat yang sudah diisi\n"
    "Lalu ubah: “indikator 3 jadi 4”, atau tanya “apa yang paling mudah menaikkan ke Baik?”."
)
NO_PEMDI_FIGURES = (
    "Angka Indeks Pemdi suatu instansi belum ada pada saya. Mulai dari tingkat: “simulasi pemdi "
    "semua tingkat 2” atau kirim templat (“simulasi pemdi templat”)."
)
WHICH_REGION = "Daerah yang mana: {names}?"
SIMULATION_HOW = (
    "Simulasi {title}: mulai dari mana?\n"
    "- angka domain yang diumumkan: “simulasi Kota Palopo 2024”\n"
    "- tingkat {count} indikator: “simulasi” diikuti {count} angka, “simulasi semua tingkat 2”, atau "
    "kirim berkas templat yang sudah diisi\n"
    "Lalu ubah: “indikator 11 jadi 4”, atau tanya “apa yang paling mudah menaikkan ke Baik?”."
)
SIMULATION_TEMPLATE = (
    "Ini templat {title}: isi kolom Tingkat (1 sampai 5) untuk {count} indikator, lalu kirim "
    "kembali sebagai XLSX atau CSV."
)
FORM_COLUMNS = (
    "Kolom “Indikator” dan “Tingkat” tidak ada. Pakai templatnya: tulis “simulasi templat”."
)
FORM_TWICE = "Indikator {number} ada dua kali; sisakan satu."
FORM_LEVELS = "Isi tingkat 1 sampai 5 (bilangan bulat) untuk {which}."
FORM_INDICATORS = "Nomor indikatornya tidak lengkap untuk {title}. Belum ada: {lacking}. Tidak dikenal: {beyond}."
SIMULATION_ENDED = "Simulasi ditutup."
ONLY_SIMULATED = "Ini hitungan simulasi, bukan hasil evaluasi."
ROUNDED = "Angka resmi {start} adalah {index}; hitungan dari angka domain yang dibulatkan sedikit berbeda."
LEVEL_COUNT = "{title} memerlukan {count} tingkat, satu tiap indikator; yang terbaca {given}."
NO_DOMAINS = (
    "Angka domain {name}{year} tidak ada pada saya, jadi simulasi tidak dapat dimulai darinya."
)
NO_INDICATOR_HERE = (
    "Indikator {number} tidak ada: instrumen ini memakai indikator 1 sampai {last}."
)
DOMAIN_RANGE = "Angka domain hanya 1,00 sampai 5,00."
GOAL_RANGE = "Target indeks hanya 1,00 sampai 5,00."
BY_INDICATOR = (
    "Simulasi ini memegang tingkat tiap indikator; ubah lewat indikatornya, misalnya “indikator 21 "
    "jadi 3”. Angka domain mengikutinya."
)
SHIFT_OF_FIGURES = (
    "Dari angka domain tingkat tiap indikator tidak diketahui. Sebut tingkatnya: “indikator 11 dari "
    "2 jadi 3”, atau mulai dari templat (“simulasi templat”)."
)
BEYOND_DOMAIN = (
    "Tingkat asal itu tidak mungkin: menurut angka domainnya indikator {number} sekarang di tingkat "
    "{possible}. Tidak ada yang diubah."
)
WHICH_LEVEL = (
    "Tingkat indikator {number} ({name}) sekarang tidak terbaca dari angka domain. Pengaruhnya pada "
    "indeks:"
)
OUT_OF_REACH = (
    "{goal} tidak tercapai, bahkan bila semua indikator yang boleh naik berada di tingkat 5."
)
AT_LEAST = (
    "{start} kurang {gap} poin ke {goal}. Paling sedikit {count} kenaikan satu tingkat, dimulai dari "
    "indikator berbobot terbesar:"
)
SEND_LEVELS = (
    "Tingkat tiap indikator tidak terbaca dari angka domain. Untuk rencana yang pasti, kirim tingkat "
    "ke-47 indikator (“simulasi templat”)."
)
FUTURE = "Evaluasi tahun {year} belum ada hasilnya, dan saya tidak meramal."
AMBIGUOUS = "Ada beberapa daerah bernama itu; berikut semuanya."
EXACT_BOUND = "Predikat dihitung dari indeks sebelum dibulatkan, jadi di batas bisa berbeda."
SERIES_BREAK = (
    "Instrumennya berganti pada {years}, jadi angka sebelum dan sesudahnya tidak dapat "
    "dibandingkan langsung."
)
BASIS = {
    "resmi": "laporan resmi",
    "disebut": "disebut sumber, bukan tabel resmi",
    "disimpulkan": "tahunnya disimpulkan, bukan dari tabel resmi",
}
STATUS = {
    "berlaku": "berlaku",
    "tanpa_pencabutan": "tidak ditemukan pencabutannya",
    "dicabut": "dicabut",
    "diragukan": "keberlakuannya diragukan",
    "tidak_diketahui": "statusnya belum diketahui",
}


def number(value: float, digits: int = 2) -> str:
    """Write a number the Indonesian way, halves rounded up: ``3,12``."""
    # The last bits of a float are no part of the figure.
    exact = Decimal(str(round(value, 8)))
    return str(exact.quantize(Decimal(10) ** -digits, ROUND_HALF_UP)).replace(".", ",")


def apart(gap: float) -> str:
    """Say how far a figure lies from another: ``0,52 poin di atas``, or ``sama dengan``."""
    gap = round(gap, 2)
    side = "di atas" if gap > 0 else "di bawah"
    return f"{number(abs(gap))} poin {side}" if gap else "sama dengan"


def weight(value: float) -> str:
    """Write a weight in percent without idle zeros: ``2,5%``."""
    return f"{value:g}".replace(".", ",") + "%"


def day(value: date) -> str:
    """Write a date: ``2 Oktober 2018``."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def listing(items: list[str]) -> str:
    """Join items: ``a, b, dan c``."""
    if len(items) < 3:
        return " dan ".join(items)
    return ", ".join(items[:-1]) + ", dan " + items[-1]


def spans(numbers: Iterable[int]) -> str:
    """Write numbers with runs of three or more drawn together: ``1, 11–13``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


OFFICE_NOTE = (
    "Ini keterangan pengelola, bukan kutipan peraturan; pastikan sebelum dijadikan dasar."
)
