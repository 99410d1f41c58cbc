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
    "/status permenpan 59/2020 – masih berlaku atau tidak\n"
    "/privasi – data apa yang disimpan\n\n"
    "Di grup, tulis /tanya …, balas pesan saya, atau sebut nama saya. "
    "Di obrolan mana pun, ketik @{username} lalu pertanyaan Anda."
)
PRIVACY = (
    "<b>Privasi</b>\n"
    "Yang disimpan di server bot ini: teks pertanyaan beserta waktu dan jenis jawabannya (tanpa nama "
    "atau nomor Anda), penilaian 👍/👎 beserta id Telegram Anda agar hanya dihitung sekali, serta id "
    "dan judul obrolan. Ingatan percakapan dihapus setelah 15 menit. Tidak ada data yang dikirim ke "
    "pihak lain. Jangan menulis data pribadi atau rahasia dalam pertanyaan."
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
    "status": "Masih berlakukah suatu peraturan",
    "bantuan": "Cara memakai bot",
    "privasi": "Data yang disimpan",
    "start": "Mulai",
}
GROUP_COMMANDS = (
    "tanya",
    "pasal",
    "indikator",
    "indeks",
    "simulasi",
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
FILE_KIND = (
    "Berkas yang saya baca hanya tingkat indikator (CSV atau XLSX) untuk simulasi. Templatnya: "
    "/simulasi templat"
)
FILE_SIZE = "Berkasnya terlalu besar; templat tingkat hanya beberapa kilobita."
