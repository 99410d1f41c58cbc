"""What the bot says in Telegram besides answers."""

START = (
    "Halo! Saya <b>asisten SPBE</b>.\n\n"
    "Tulis pertanyaan Anda dengan bahasa sehari-hari, misalnya:\n"
    "• <i>siapa yang menetapkan arsitektur SPBE daerah?</i>\n"
    "• <i>bukti dukung indikator 19 level 4 apa saja?</i>\n"
    "• <i>permenpan 59/2020 masih berlaku?</i>\n"
    "• <i>indeks SPBE Palopo 2024</i>\n\n"
    "Setiap jawaban menyebut dasar dan statusnya. Yang tidak saya ketahui, saya katakan tidak tahu. "
    "Perintah lain: /bantuan"
)
HELP = (
    "<b>Cara memakai</b>\n"
    "/tanya pertanyaan – bertanya apa saja tentang SPBE\n"
    "/pasal 12 ayat 3 perpres 95 – isi sebuah pasal\n"
    "/indikator 19 4 – indikator 19 tingkat 4\n"
    "/indeks palopo 2024 – indeks SPBE suatu daerah atau instansi\n"
    "/simulasi palopo 2024 – indeks bila tingkat indikator berubah\n"
    "/jadwal visitasi – kapan tahap evaluasi, apa yang jatuh tempo\n"
    "/langganan palopo – diingatkan sebelum tenggat, di sini; /berhenti menghentikannya\n"
    "/status permenpan 59/2020 – masih berlaku atau tidak\n"
    "/privasi – data apa yang disimpan\n\n"
    "Di grup, tulis /tanya …, balas pesan saya, atau sebut nama saya. "
    "Di obrolan mana pun, ketik @{username} lalu pertanyaan Anda."
)
PRIVACY = (
    "<b>Privasi</b>\n"
    "Yang disimpan di server bot ini, mengapa, dan berapa lama:\n"
    "• Teks pertanyaan dengan waktu dan jenis jawabannya, <b>tanpa</b> nama atau id Anda: agar yang "
    "belum terjawab dapat dijawab admin. {days} hari.\n"
    "• Pertanyaan yang dijawab admin dapat diterbitkan sebagai pertanyaan, tanpa nama; jawaban yang terbit "
    "tetap tersimpan dalam riwayat revisi.\n"
    "• Penilaian 👍/👎 dengan id Telegram Anda: agar dihitung sekali. {days} hari.\n"
    "• Bila Anda menekan 🔔 Kabari saya: pertanyaan itu, id Anda, dan obrolannya, sampai Anda dikabari, "
    "paling lama {days} hari.\n"
    "• Id dan judul obrolan tempat bot berada.\n"
    "• Langganan: id obrolan, daerah, topik, dan jamnya, sampai dihapus; catatan pengiriman 120 hari.\n"
    "• Ingatan percakapan: 15 menit, hanya di memori.\n"
    "• Tindakan admin (siapa, apa, kapan): 2 tahun, untuk pertanggungjawaban.\n"
    "Tidak ada yang dikirim ke pihak lain. Jangan menulis data pribadi atau rahasia dalam pertanyaan.\n"
    "Menghapus data Anda: /hapus_data"
)
ERASED = (
    "Sudah dihapus: {votes} penilaian, {waiting} permintaan kabar, {topics} ingatan percakapan, "
    "{chats} catatan obrolan, dan {subscriptions} langganan di obrolan pribadi. Teks pertanyaan tidak memuat nama atau id Anda; teks itu terhapus sendiri "
    "setelah {days} hari."
)
ERASED_ADMIN = (
    " Peran admin Anda dan jejak tindakan admin tetap tersimpan; pemilik bot dapat mencabutnya."
)
USAGE = {
    "tanya": "Tulis pertanyaannya setelah perintah, misalnya: /tanya apa itu arsitektur SPBE?",
    "pasal": "Sebutkan pasalnya, misalnya: /pasal 12 ayat 3 perpres 95",
    "indeks": "Sebutkan daerah dan tahunnya, misalnya: /indeks palopo 2024",
    "indikator": "Sebutkan nomornya, misalnya: /indikator 19 4",
    "status": "Sebutkan peraturannya, misalnya: /status permenpan 59/2020",
}
COMMANDS = {
    "tanya": "Bertanya tentang SPBE",
    "pasal": "Isi sebuah pasal",
    "indikator": "Kriteria dan bukti suatu indikator",
    "indeks": "Indeks SPBE daerah atau instansi",
    "simulasi": "Indeks bila tingkat berubah",
    "jadwal": "Jadwal evaluasi dan tenggat",
    "langganan": "Pengingat tenggat di obrolan ini",
    "berhenti": "Hentikan pengingat",
    "status": "Masih berlakukah suatu peraturan",
    "bantuan": "Cara memakai bot",
    "privasi": "Data yang disimpan",
    "hapus_data": "Hapus data saya",
    "start": "Mulai",
}
GROUP_COMMANDS = (
    "tanya",
    "pasal",
    "indikator",
    "indeks",
    "simulasi",
    "jadwal",
    "langganan",
    "berhenti",
    "status",
    "bantuan",
    "privasi",
)
STALE = "Tombol ini sudah kedaluwarsa. Silakan bertanya lagi."
VOTED = "Terima kasih atas penilaian Anda."
VOTE_CHANGED = "Penilaian Anda sudah diubah."
FAILED = "Maaf, ada gangguan di sisi kami. Coba lagi sebentar lagi. (kode {reference})"
TOO_LONG = "Pertanyaannya terlalu panjang; saya membaca 1.000 huruf pertama."
NOT_TEXT = "Saya hanya dapat membaca teks. Silakan tulis pertanyaan Anda."
CALENDAR_FILE = "Buka berkas ini di ponsel untuk memasukkannya ke kalender Anda."
FILE_KIND = (
    "Berkas yang saya baca hanya tingkat indikator (CSV atau XLSX) untuk simulasi. Templatnya: "
    "/simulasi templat"
)
FILE_SIZE = "Berkasnya terlalu besar; templat tingkat hanya beberapa kilobita."

KEPT_OWN = (
    "Program versi baru juga mengubah {files}, yang sudah Anda ubah sendiri. Isi Anda dipertahankan; "
    "bandingkan bila perlu."
)
FOLDER_REFUSED = (
    "Perubahan di folder pengetahuan belum dipakai, karena ada kesalahan. Bot tetap menjawab dari "
    "revisi terakhir."
)
AND_MORE = "… dan {count} lagi"
READING = "Membaca {name} …"
PUBLISHED = "Terbit sebagai revisi {number}. Pertanyaan berikutnya dijawab darinya; admin lain diberi tahu."
PUBLISHING = "Menerbitkan …"
CANCELLED = "Dibatalkan; tidak ada yang berubah."
MOVED = "Sejak pratinjau tadi ada yang terbit:"
MOVED_CHOOSE = "Ini beda terhadap keadaan sekarang. Terbitkan juga, atau batalkan?"
CHOOSE_FIELD = "Apa yang diubah?"
CHOOSE_STATUS = "Pilih statusnya:"
ASK_VALUE = "Balas pesan ini dengan {field} yang benar. ({code})"
FIELDS = {
    "judul": "judul",
    "nomor": "nomor",
    "tahun": "tahun",
    "jenis": "jenis dan penetap (misalnya: Peraturan Wali Kota Palopo)",
    "status": "status",
    "url": "tautan naskah resmi",
    "sumber": "id sumber (kolom id di indeks/sumber.csv)",
    "dasar": "dasar (resmi, disebut, atau disimpulkan)",
}
STATUS_NAMES = {
    "berlaku": "Berlaku",
    "tanpa_pencabutan": "Tidak ditemukan pencabutannya",
    "dicabut": "Dicabut",
    "diragukan": "Diragukan",
    "tidak_diketahui": "Belum diketahui",
}
DIFFERENCE_CAPTION = "Perbedaan lengkap, baris demi baris (− yang terbit, + yang baru)."
NO_DIFFERENCE = "Tidak ada beda isi."
TOO_BIG_FOR_TELEGRAM = (
    "Berkas ini lebih dari 20 MB, batas Telegram bagi bot. Perbaikan: kecilkan, atau pakai "
    "spbe-bot knowledge import di server."
)
NO_HISTORY = "Belum ada revisi; riwayat dimulai saat pertama menerbitkan."
HISTORY_TITLE = "Riwayat pengetahuan, yang terakhir dahulu. Tekan nomornya untuk melihat isinya."
FIRST_REVISION = "Keadaan awal: {count} berkas."
ROLLBACK_QUESTION = "Bila dipulihkan ke revisi {number}, yang berubah dari sekarang:"
ROLLBACK_IS_NOW = "Revisi {number} sama dengan yang terbit sekarang."
EXPORT_CAPTION = (
    "Seluruh basis pengetahuan, revisi {number}. Kirim kembali ke bot mana pun untuk memakainya."
)
FILE_USAGE = "Sebutkan berkasnya, misalnya: /berkas perpres-95-2018 atau /berkas indeks"
FILE_CHOICES = "Maksud Anda yang mana?\n{names}"
REMOVE_USAGE = "Sebutkan berkas yang dibuang, misalnya: /buang perbup-luwu-utara-5-2023"
FILE_NONE = "Tidak ada berkas pengetahuan yang cocok dengan “{name}”."
FILE_CAPTION = "{path}, revisi {number}. Sunting, lalu kirim kembali ke sini."
ADMIN_LIST = "<b>Admin</b>"
ADMIN_NONE = "Belum ada admin selain pemilik."
ADMIN_USAGE = (
    "Mengangkat untuk wilayah tertentu: /admin tambah 123456 73.73 Ani\n"
    "Untuk semua wilayah: /admin tambah 123456 semua Ani\n"
    "Memberhentikan: /admin hapus 123456\n"
    "Calon admin melihat id-nya sendiri dengan /admin."
)
ADMIN_YOUR_ID = (
    "Anda bukan admin bot ini. Id Telegram Anda: <code>{user}</code>. Berikan kepada pemilik bot "
    "bila Anda perlu diangkat."
)
ADMIN_YOU = "Anda admin{regions}. Kirim berkas untuk mengubah pengetahuan; lihat juga {commands}."
ADMIN_WHERE = (
    "Sebutkan wilayahnya dengan kode Kemendagri, atau kata “semua” bila tanpa batas. Misalnya: "
    "/admin tambah 123456 73.73 Ani, atau /admin tambah 123456 semua Ani."
)
ADMIN_DID_YOU_MEAN = " Kodenya: {places}."
ADMIN_EVERYWHERE = " untuk SEMUA wilayah"
PRIVATE_ONLY = "Kirim perintah ini lewat obrolan pribadi dengan saya."
ADMIN_ADDED = "{name} kini admin{regions}."
ADMIN_REMOVED = "{name} bukan admin lagi."
ADMIN_WELCOME = (
    "Anda diangkat menjadi admin bot ini{regions}. Kirim berkas (PDF, DOCX, MD, YAML, CSV, XLSX) untuk "
    "mengubah pengetahuan; perintah lain: {commands}."
)
ADMIN_REGIONS = " untuk {names}"
ADMIN_COMMANDS = {
    "antrean": "Pertanyaan yang belum terjawab",
    "riwayat": "Revisi pengetahuan",
    "berkas": "Minta sebuah berkas pengetahuan",
    "buang": "Buang sebuah berkas pengetahuan",
    "ekspor": "Unduh seluruh pengetahuan",
    "statistik": "Pemakaian bot",
    "umumkan": "Kirim pengumuman ke obrolan berlangganan",
    "admin": "Daftar admin",
}

TELL_ME = "🔔 Kabari saya"
WILL_TELL = "Baik, Anda dikabari di sini begitu pertanyaan ini dijawab."
NO_RULE_ALREADY = "Pada {day} admin menyatakan belum ada aturan tentang hal ini."
IGNORED_ALREADY = (
    "Pada {day} admin menutup pertanyaan ini tanpa jawaban; tidak ada kabar yang menyusul."
)
ANSWERED_ALREADY = "Sudah dijawab; jawabannya saya kirim."
NEWS_ANSWERED = "🔔 Pertanyaan Anda kini ada jawabannya:\n<i>{question}</i>"
NEWS_NO_RULE = (
    "🔔 Tentang pertanyaan Anda:\n<i>{question}</i>\nAdmin menyatakan belum ada aturannya. Yang tidak "
    "diatur tidak kami tebak."
)
QUEUE_EMPTY = "Tidak ada pertanyaan yang menunggu."
QUEUE_TITLE = "Menunggu jawaban: {count} pertanyaan. Tekan nomornya."
QUEUE_LINE = "{number}. {question} ({asked})"
QUEUE_CLOSED_EMPTY = "Tidak ada pertanyaan tertutup."
QUEUE_CLOSED_TITLE = (
    "Sudah ditutup: {count} pertanyaan, yang terakhir dahulu. Tekan ↩️ untuk membukanya lagi."
)
QUEUE_CLOSED_LINE = "{number}. {question} ({status}, {day}; {item})"
QUEUE_NOT_CLOSED = "Tidak ada pertanyaan tertutup dengan id itu. Lihat /antrean tertutup."
QUEUE_PAGE = "{first}–{last} dari {count}"
QUEUE_BEFORE = "‹ Sebelumnya"
QUEUE_AFTER = "Berikutnya ›"
QUEUE_CARD = "Ditanyakan {asked}, terakhir {last}."
QUEUE_VARIANTS = "Ditanyakan juga:"
QUEUE_NEAR = "Mungkin berkaitan:"
QUEUE_ASK = (
    "Balas pesan ini dengan jawabannya, paling banyak {most} huruf dalam satu pesan: yang lebih panjang "
    "dipecah Telegram, dan pecahannya masuk sebagai pertanyaan.\n"
    "Bila perlu, tambahkan baris:\n"
    "Pertanyaan: … (rumusan yang lebih jelas, tanpa nama orang)\n"
    "Dasar: perpres-95-2018#pasal-39-ayat-3\n"
    "Tanpa Dasar, jawaban ditandai sebagai keterangan kantor. (jawab-{item})"
)
QUEUE_DRAFT = "Jawaban yang akan terbit:"
QUEUE_CITED = "Dasar: {refs}"
QUEUE_OFFICE = "Tanpa dasar; ditandai: {office}"
QUEUE_AS_ASKED = (
    "Pertanyaannya terbit seperti ditulis penanya. Untuk rumusan lain, batalkan dan tambahkan baris "
    "Pertanyaan: …"
)
QUEUE_ALSO = "Juga menjawab:"
QUEUE_ALSO_CHOOSE = (
    "Rumusan penanya ikut terbit agar jawabannya ditemukan. Tekan yang tidak boleh terbit."
)
QUEUE_CHOOSE = "Tekan rujukan yang menjadi dasarnya:"
QUEUE_STANDING = "Pertanyaan ini sudah {status} oleh {by} pada {when}."
QUEUE_STANDING_ANSWER = "Jawaban yang berdiri:"
QUEUE_MEANWHILE = "Terbitkan juga jawaban Anda, atau batalkan?"
QUEUE_MERGE = "Digabung dengan yang mana?\n{question}"
QUEUE_TOLD = " {count} orang dikabari."
QUEUE_DONE = {
    "dijawab": "Terjawab dan terbit sebagai revisi {number}.{told}",
    "diabaikan": "Diabaikan.{told} Membukanya lagi: /antrean buka {item}",
    "belum_ada": "Dicatat: belum ada aturannya.{told} Membukanya lagi: /antrean buka {item}",
    "digabung": "Digabung.{told} Memisahkannya lagi: /antrean buka {item}",
}
QUEUE_DONE_BEFORE = "Sudah dicatat."
QUEUE_REOPENED = "Dibuka lagi."
STATISTICS_USAGE = "Tulis banyaknya hari, 1 sampai 366, misalnya: /statistik 30"

GROUP_ADMINS_ONLY = "Di grup, hanya admin grup yang dapat mengatur langganan."
OUT_OF_REACH = "Telegram sedang tidak dapat dihubungi; coba lagi sebentar lagi."
WISH_UNKNOWN = "Tidak saya pahami: {words}. Langganan tidak diubah. Contoh: /langganan palopo jam 7 h-7 h-1 interviu"
SUBSCRIPTION_ON = "Langganan menyala."
SUBSCRIPTION_CHANGED = "Langganan diubah."
WHICH_REGION = "Daerahnya lebih dari satu: {names}. Sebutkan satu saja."
ONE_TOPIC = "Sedikitnya satu topik harus tetap menyala."
ANNOUNCE_USAGE = (
    "Tulis pengumumannya setelah perintah, misalnya: /umumkan Bimtek dimulai pukul 09.00. "
    "Untuk dokumen: kirim berkas dengan keterangan /umumkan teks, atau balas sebuah pesan dengan /umumkan. "
    "Yang terjadwal: /umumkan daftar"
)
ANNOUNCE_KINDS = (
    "Yang dapat diumumkan hanya teks dan berkas. Perbaikan: kirim foto, video, atau yang lain sebagai "
    "berkas (dokumen), dengan keterangan /umumkan teks."
)
ANNOUNCE_CONTROL = "Di atas adalah pengumuman sebagaimana akan tampak.\nSasaran: {whom}. Obrolan berlangganan: {count}."
ASK_TIME = "Balas dengan waktunya, misalnya: besok jam 8, senin 08.00, atau 1 Desember 2026 08.00 WITA. (waktu-{number})"
ASK_RECIPIENTS = (
    "Balas dengan sasarannya: semua; nama daerah (provinsi mencakup kabupaten/kotanya); semua kabupaten; "
    "grup; atau tahap, misalnya interviu. (sasaran-{number})"
)
BAD_TIME = "Waktunya tidak terbaca. Tulis misalnya: besok jam 8, senin 08.00, atau 1 Desember 2026 08.00 WITA."
PAST_TIME = "Waktu itu sudah lewat: {when}. Tulis misalnya: besok jam 8."
BAD_RECIPIENTS = (
    "Sasarannya tidak terbaca. Tulis misalnya: semua, Kota Palopo, semua kabupaten, atau grup."
)
RECIPIENTS_UNKNOWN = (
    "Tidak saya pahami: {words}. Tulis misalnya: semua, Kota Palopo, semua kabupaten, atau grup."
)
NO_EXCEPTIONS = (
    "Sasaran dengan pengecualian belum dapat dipakai. Perbaikan: sebutkan yang dituju saja, misalnya: "
    "Kota Palopo, semua kabupaten, atau grup."
)
OWN_REGIONS_ONLY = "Anda hanya dapat mengirim ke obrolan wilayah Anda. Perbaikan: ubah sasarannya."
ALL_REGIONS_ONLY = "Ini hanya untuk admin tanpa batas wilayah."
ANNOUNCE_UNKNOWN = "Pengumuman ini tidak ada lagi."
ALREADY_SENT = "Pengumuman ini sudah dikirim oleh {who}, {when}."
ALREADY_SCHEDULED = (
    "Pengumuman ini sudah dijadwalkan oleh {who} untuk {when}. Membatalkannya: /umumkan daftar"
)
ALREADY_CANCELLED = "Pengumuman ini sudah dibatalkan."
ALREADY_MISSED = (
    "Pengumuman ini tidak terkirim karena waktunya sudah lama lewat. Perbaikan: buat yang baru."
)
ALREADY_STARTED = "Pengumuman ini sudah mulai dikirim. Menghentikannya: tombol Hentikan di bawah pesan kemajuannya."
YOU = "Anda"
SCHEDULED = (
    "Dijadwalkan {when} untuk {whom} ({count} obrolan sekarang). Ini pengumuman {number}; laporannya "
    "menyusul setelah terkirim."
)
SCHEDULED_LIST = "Pengumuman terjadwal:"
SCHEDULED_LINE = "{number}. {when}, untuk {whom} ({count} obrolan sekarang): {text}"
SCHEDULED_NONE = "Tidak ada pengumuman terjadwal."
DOCUMENT_ONLY = "(berkas)"
RUN_OVER = "Pengiriman ini sudah selesai."
STEERED = {"jeda": "Dijeda.", "jalan": "Dilanjutkan.", "batal": "Dihentikan."}
EVENT_APPROVED = "Disetujui: tanggal ini akan diingatkan."
EVENT_CANCELLED = "Dicatat batal; yang sudah diingatkan akan diberi tahu."
EVENT_UNDONE = "Keputusan itu ditarik kembali."
EVENT_NOT_DECIDED = "Keputusan itu sudah tidak berlaku."
EVENT_DECIDED = "Sudah diputuskan oleh {who}."
EVENT_REDATED = (
    "Tanggal acara ini sudah berubah, jadi tidak disetujui. Pakai pertanyaan yang terbaru."
)
EVENT_GONE = "Acara ini tidak ada lagi di jadwal."
EVENT_LIVE = "Acara ini ada lagi di jadwal, jadi tidak dinyatakan batal."

REVISIONS_LOST = (
    "⚠️ Riwayat rusak: revisi {numbers} tidak terbaca. Bot menjawab dari revisi {head}. "
    "Perbaikan: kembalikan DATA_DIR dari cadangan; menerbitkan tetap bisa."
)
ADMINS_SET_ASIDE = (
    "⚠️ Daftar admin rusak dan disisihkan sebagai {name}; yang tidak terbaca kehilangan haknya. "
    "Perbaikan: periksa /admin, lalu angkat lagi yang hilang."
)
FOLDER_TROUBLE = "⚠️ Folder pengetahuan perlu diperiksa. Bot tetap menjawab dari revisi terakhir."
