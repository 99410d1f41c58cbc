"""What admins read about the files they send and what becomes of them."""

NOT_YOURS = (
    "Anda admin untuk {regions}, sedangkan berkas ini juga mengubah: {units}. "
    "Perbaikan: kirim hanya yang menyangkut wilayah Anda, atau minta admin lain."
)

TOO_LARGE = "Berkas ini lebih dari {megabytes} MB. Perbaikan: kecilkan atau pecah berkasnya."
NOT_UTF8 = "Huruf dalam berkas ini tidak terbaca. Perbaikan: simpan sebagai UTF-8."
BAD_YAML = "YAML tidak terbaca ({place}). Perbaikan: periksa titik dua, tanda kutip, dan lekukan."
YAML_ALIAS = (
    "{path} memakai jangkar atau alias YAML (& dan *). Perbaikan: tulis isinya secara lengkap."
)
UNKNOWN_YAML = (
    "Berkas YAML ini tidak dikenali. Perbaikan: pakai susunan jadwal/<tahun>.yaml, istilah.yaml, "
    "ejaan.yaml, predikat.yaml, pemdi.yaml, atau struktur.yaml."
)
BAD_HEADER = (
    "Kepala berkas (di antara dua baris “---”) tidak terbaca. "
    "Perbaikan: tulis tiap isian sebagai “kunci: nilai”."
)
BAD_DATE = (
    "Ada tanggal yang tidak mungkin pada kepala berkas ({why}). Perbaikan: tulis TTTT-BB-HH."
)
IS_README = "README adalah panduan, bukan pengetahuan. Perbaikan: sunting di folder pengetahuan."
STATUS_FACT = "Status: {status} (menurut: {source}); naskah resmi: {url}"
NO_BASE = (
    "Arsip ini bukan basis pengetahuan: tidak ada folder “regulasi”. "
    "Perbaikan: kirim arsip hasil ekspor bot ini."
)
UNKNOWN_TABLE = (
    "Tabel {path} tidak dapat dikirim begini. Perbaikan: sunting di folder pengetahuan."
)
ROW_WITHOUT_KEY = "Ada baris {path} tanpa {columns}. Perbaikan: isi kolom itu di setiap baris."
FORMULA = (
    "Sel “{cell}” tampak seperti rumus. Perbaikan: simpan hasilnya sebagai teks atau angka biasa."
)
UNKNOWN_KIND = (
    "Jenis “{kind}” tidak dikenali. Perbaikan: tulis misalnya “Peraturan Wali Kota Palopo”."
)
UNKNOWN_OPTION = "“{option}” tidak dikenal. Perbaikan: pakai salah satu dari {options}."
BAD_YEAR = "“{value}” bukan tahun. Perbaikan: tulis empat angka, misalnya 2024."
BAD_STATUS = "“{value}” bukan status. Perbaikan: pakai salah satu dari {statuses}."
BAD_URL = "“{value}” bukan alamat. Perbaikan: tulis lengkap, misalnya https://jdih.contoh.go.id/…"
BAD_NUMBER = "“{value}” bukan nomor peraturan. Perbaikan: tulis misalnya 26 atau 12A."
IDLE_OPTION = "“{option}” tidak berlaku bagi berkas jenis ini, jadi tidak dipakai."
NO_ROOM = (
    "Tidak dapat disimpan di server ({why}). Perbaikan: minta pengelola server memeriksa ruang disk "
    "dan izin DATA_DIR, lalu kirim lagi."
)
EMPTY_VALUE = "Isiannya kosong. Perbaikan: tulis isi barunya."
SAME = "Isinya sama dengan yang sudah terbit; tidak ada yang perlu diterbitkan."
NO_ROWS = "Tidak ada baris yang dapat ditulis. Perbaikan: lihat catatan tiap baris di bawah."
NO_PASAL = (
    "Tidak ada Pasal yang terbaca. Perbaikan: periksa berkasnya, atau kirim versi yang teksnya "
    "dapat disalin."
)

REGULATION_TITLE = "{kind} Nomor {number} Tahun {year} tentang {title}"
TABLE_TITLE = "Tabel {path}: {count} baris"
FIGURES_TITLE = "Angka indeks: {count} baris"
ARCHIVE_TITLE = "Seluruh basis pengetahuan: {count} berkas"
REMOVAL_TITLE = "Hapus berkas {path}"
FILE_TITLE = "Berkas {path}"
ISSUER = "Penetap: {name}"
COUNTS = "{chapters} bab, {pasal} pasal, {ayat} ayat, {annexes} lampiran"
IS_DRAFT = "Rancangan: belum bernomor resmi"
IS_AMENDMENT = "Peraturan perubahan"
STATUS_SOURCE = "Pernyataan admin"
ROW_PROBLEM = "Baris {line} ({name}) tidak ditulis: {message} {mend}"
ROW_CONFLICT = "Baris {line} ({name}): {message} Masuk daftar angka yang berbeda."
ROW_WARNING = "Baris {line} ({name}): {warning}"

NOTE_RESTORED = "Dipulihkan ke revisi {number}"
DRAFT_GONE = "Pratinjau ini sudah tidak ada (diterbitkan, dibatalkan, atau kedaluwarsa)."
NOT_YOUR_DRAFT = "Pratinjau ini milik orang lain; tidak ada yang diubah."

DIFFERENCE = "Beda dengan yang terbit:"
NO_UNITS = "Berubah: {paths}"
FAULTS = "Kesalahan ({count}), harus dibetulkan dahulu:"
WARNINGS = "Perlu diperiksa ({count}):"
MORE = "- … dan {count} lagi"
MORE_GROUPS = "- … dan {count} kelompok lain"
REVISION = "Revisi {number}, {time}, oleh {author}: {note}"
BY_FOLDER = "penyunting folder"
BY_PROGRAM = "pembaruan program"
DELETES = "Menghapus {count} berkas: {paths}"
REVISION_LOST = "Revisi {number}: tidak terbaca"
