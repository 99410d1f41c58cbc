"""Whole regulations of kinds that no shared document shows, with the quirks of each; invented."""

PERWALI_PAGES = [
    """WALI KOTA PALOPO
PROVINSI SULAWESI SELATAN
PERATURAN WALI KOTA PALOPO
NOMOR 31 TAHUN 2023
TENTANG
PENGELOLAAN TAMAN BACA DAN RUANG BERMAIN RAMAH ANAK
DENGAN RAHMAT TUHAN YANG MAHA ESA
WALI KOTA PALOPO,
Menimbang : a. bahwa setiap anak berhak atas bacaan dan ruang bermain;
b. bahwa berdasarkan ketentuan Pasal 12 ayat (3) Peraturan Daerah
Nomor 4 Tahun 2019 perlu menetapkan Peraturan Wali Kota;
Mengingat : 1. Pasal 18 ayat (6) Undang-Undang Dasar Negara Republik
Indonesia Tahun 1945;
2. Undang-Undang Nomor 11 Tahun 2002 tentang Pembentukan Kabupaten
Mamasa dan Kota Palopo;
MEMUTUSKAN:
Menetapkan : PERATURAN WALI KOTA TENTANG PENGELOLAAN TAMAN BACA DAN
RUANG BERMAIN RAMAH ANAK.
BAB I . . .""",
    """- 2 -
BAB I
KETENTUAN UMUM
Bagian Kesatu
Pengertian
Pasal 1
Dalam Peraturan Wali Kota ini yang dimaksud dengan:
1. Daerah adalah Kota Palopo.
2. Taman Baca adalah tempat membaca yang dikelola warga, sebagaimana
dimaksud dalam Pasal 5 ayat (2) peraturan yang mengaturnya.
3. Ruang Bermain adalah tempat bermain anak.
Bagian Kedua
Ruang Lingkup
Pasal 2
Ruang lingkup Peraturan Wali Kota ini meliputi:
a. pengelolaan Taman Baca;
b. pengelolaan Ruang Bermain; dan
c. pembiayaan.
BAB II
PENGELOLAAN TAMAN BACA DAN
RUANG BERMAIN
Bagian Kesatu
Umum
Pasal 3
(1) Dinas mengelola Taman Baca.
(2) Pengelolaan sebagaimana dimaksud pada ayat
(1) dilakukan bersama warga se-
(3) Warga . . .""",
    """- 3 -
tempat menurut pedoman Dinas.
(3) Warga sebagaimana dimaksud pada ayat (2) mendaftar kepada lurah.
Bagian Kedua
Tata Cara
Paragraf 1
Pendaftaran
Pasal 4
(1) Pendaftaran dilakukan:
a. secara langsung; atau
b. melalui laman:
1) milik Dinas; atau
2) milik kelurahan.
(2) Lurah memeriksa pendaftaran sebagaimana dimaksud dalam
Pasal 3
ayat (3) paling lama 3 (tiga) hari.
Paragraf 2
Penutupan
Pasal 5
Taman Baca yang melanggar ketentuan sebagaimana dimaksud dalam
Pasal 4 ayat (1) ditutup.
Bagian Ketiga
Ruang Bermain
Paragraf 1
Umum
Pasal 6
(1) Ruang Bermain bebas rokok.
(2) Ruang Bermain dipagari.
BAB III
PEMBIAYAAN
Pasal 7
Pembiayaan dibebankan pada anggaran pendapatan dan belanja daerah.
BAB IV . . .""",
    """- 4 -
BAB IV
KETENTUAN PENUTUP
Pasal 8
Peraturan Wali Kota ini mulai berlaku pada tanggal diundangkan.
Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Wali
Kota ini dengan penempatannya dalam Berita Daerah Kota Palopo.
Ditetapkan di Palopo
pada tanggal 14 Agustus 2023
WALI KOTA PALOPO,
ttd.
NAMA CONTOH
Diundangkan di Palopo
pada tanggal 15 Agustus 2023
BERITA DAERAH KOTA PALOPO TAHUN 2023 NOMOR 31""",
    """- 5 -
PENJELASAN
ATAS
PERATURAN WALI KOTA PALOPO
NOMOR 31 TAHUN 2023
TENTANG
PENGELOLAAN TAMAN BACA DAN RUANG BERMAIN RAMAH ANAK
I. UMUM
Anak memerlukan bacaan.
II. PASAL DEMI PASAL
Pasal 1
Cukup jelas.
Pasal 2
Cukup jelas.
Pasal 3
Ayat (1)
Yang dimaksud dengan "mengelola" termasuk menyediakan buku.
Ayat (2)
Cukup jelas.
Pasal 4
Cukup jelas.
Pasal 5
Cukup jelas.
Pasal 6
Cukup jelas.
Pasal 7
Cukup jelas.
Pasal 8
Cukup jelas.""",
]
PERWALI = {"1": [], "2": [], "3": [1, 2, 3], "4": [1, 2], "5": [], "6": [1, 2], "7": [], "8": []}

AMENDMENT = """BUPATI LUWU
PROVINSI SULAWESI SELATAN
PERATURAN DAERAH KABUPATEN LUWU
NOMOR 2 TAHUN 2022
TENTANG
PERUBAHAN KEDUA ATAS PERATURAN DAERAH KABUPATEN LUWU NOMOR 9 TAHUN 2014 TENTANG RETRIBUSI PASAR
DENGAN RAHMAT TUHAN YANG MAHA ESA
BUPATI LUWU,
Menimbang : bahwa tarif perlu disesuaikan;
Mengingat : Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;
Dengan Persetujuan Bersama
DEWAN PERWAKILAN RAKYAT DAERAH KABUPATEN LUWU
dan
BUPATI LUWU
MEMUTUSKAN:
Menetapkan : PERATURAN DAERAH TENTANG PERUBAHAN KEDUA ATAS PERATURAN DAERAH NOMOR 9 TAHUN 2014.
Pasal I
Beberapa ketentuan dalam Peraturan Daerah Kabupaten Luwu Nomor 9 Tahun 2014 diubah sebagai berikut:
1. Ketentuan angka 4 Pasal 1 diubah, sehingga Pasal 1 berbunyi sebagai berikut:
Pasal 1
Dalam Peraturan Daerah ini yang dimaksud dengan:
1. Daerah adalah Kabupaten Luwu.
2. Pasar adalah tempat berjual beli.
2. Di antara Pasal 7 dan Pasal 8 disisipkan 2 (dua) pasal, yakni Pasal 7A dan Pasal 7B:
Pasal 7A
(1) Pedagang kecil dibebaskan dari retribusi.
(2) Pembebasan sebagaimana dimaksud pada ayat (1) diajukan setiap tahun.
Pasal 7B
Tata cara pembebasan diatur dengan Peraturan Bupati.
3. Pasal 12 dihapus.
4. Ketentuan Pasal 15 diubah sehingga berbunyi sebagai berikut:
Pasal 15
(1) Retribusi dibayar di muka.
(2) Pembayaran dilakukan tanpa uang tunai.
(3) Dihapus.
Pasal II
Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.
Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Daerah ini.
Ditetapkan di Belopa
pada tanggal 7 Maret 2022
BUPATI LUWU,
"""

DRAFT = """RANCANGAN
PERATURAN DAERAH PROVINSI SULAWESI SELATAN
NOMOR ......... TAHUN .........
TENTANG
PENYELENGGARAAN KEARSIPAN
DENGAN RAHMAT TUHAN YANG MAHA ESA
GUBERNUR SULAWESI SELATAN,
Menimbang : bahwa arsip perlu diselamatkan;
Mengingat : Undang-Undang Nomor 43 Tahun 2009 tentang Kearsipan;
MEMUTUSKAN:
Menetapkan : PERATURAN DAERAH TENTANG PENYELENGGARAAN KEARSIPAN.
BAB I
KETENTUAN UMUM
Pasal 1
Dalam Peraturan Daerah ini yang dimaksud dengan:
1. Arsip adalah rekaman kegiatan.
BAB II
PENYELENGGARAAN
Pasal 2
(1) Gubernur menyelenggarakan kearsipan.
(2) Penyelenggaraan kearsipan dilaksanakan oleh:
a. Lembaga Kearsipan Daerah; dan
b. Perangkat Daerah.
Pasal 3
(1) Setiap orang dilarang merusak arsip.
BAB III
KETENTUAN PIDANA
Pasal 4
Setiap orang yang melanggar ketentuan sebagaimana dimaksud dalam
Pasal 3 ayat (1) dipidana menurut undang-undang.
BAB IV
KETENTUAN PENUTUP
Pasal 5
Peraturan Daerah ini mulai berlaku pada tanggal diundangkan.
Ditetapkan di Makassar
pada tanggal .................
GUBERNUR SULAWESI SELATAN,
"""

SCAN = """BUPATI WAJ0
PR0VINSI SULAWESI SELATAN
PERATUKAN BUPATI WAJO
NOM0R 28 TAHUN 2OL9
TENTANG
PENGEL0LAAN BARANG PERSEDIAAN
DENGAN RAHMAT TUHAN YANG MAHA ESA
BUPATI WAJO,
Menirnbang : bahwa barang persediaan perlu dikelola;
Mengingat : Undang-Undang Nomor 29 Tahun 1959;
MEMUTUSKAN ;
Menetapkan : PERATURAN BUPATI TENTANG PENGELOLAAN BARANG PERSEDIAAN.
BAB l
KETENTUAN UMUM
Pasal l
Dalam Peraturan Bupati ini yang dimaksud dengan :
l. Daerah adalah Kabupaten Wajo.
2. Barang adalah barang persediaan.
BAB ll
PERENCANAAN
Pasal 2
(l) Barang direncanakan setiap tahun.
(2] Rencana sebagaimana dimaksud pada ayat (l) memuat :
a. jenis; dan
b. jumlah.
{3) Rencana disahkan oleh Bupati.
Pasai 3
Rencana dapat diubah.
BAB lll
PENGADAAN
Bagian Kesatu
Umum
Pasa1 4
1) Barang diadakan oleh Perangkat Daerah.
(2) Pengadaan sebagaimana dimaksud pada ayat (1) dicatat.
Pasai 5
Barang diterima oleh pengurus barang.
PasaI 6
(1) Barang disimpan di gudang.
@ Gudang dikunci.
(3) Kunci dipegang oleh pengurus barang.
BAB 1V
PENYALURAN
Pasal 7
Barang disalurkan menurut permintaan.
Pasal B
(1) Permintaan ditulis.
(2) Permintaan sebagaimana dimaksud dalam
Pasal 7
disetujui oleh atasan.
Pasal 9
Sisa barang dilaporkan.
BAB V
PENUTUP
Pasal l0
Peraturan Bupati ini mulai berlaku pada tanggal diundangkan.
Agar setiap orang rnengetahuinya, memerintahkan pengundangan Peraturan
Bupati ini.
Ditetapkan di Sengkang
pada tanggal 2 Septernber 2OI9
BUPATI WAJO,
"""
SCANNED = {
    "1": [],
    "2": [1, 2, 3],
    "3": [],
    "4": [1, 2],
    "5": [],
    "6": [1, 2, 3],
    "7": [],
    "8": [1, 2],
    "9": [],
    "10": [],
}

DECREE = """SALINAN
KEPUTUSAN MENTERI PENDAYAGUNAAN APARATUR NEGARA
DAN REFORMASI BIROKRASI REPUBLIK INDONESIA
NOMOR 1503 TAHUN 2021
TENTANG
TIM KOORDINASI LAYANAN TERPADU
MENTERI PENDAYAGUNAAN APARATUR NEGARA
DAN REFORMASI BIROKRASI REPUBLIK INDONESIA,
Menimbang : bahwa untuk melaksanakan ketentuan
Pasal 5
ayat (2) Peraturan Presiden perlu dibentuk tim;
Mengingat : 1. Pasal 17 ayat (3) Undang-Undang Dasar;
2. Undang-Undang Nomor 39 Tahun 2008 tentang Kementerian Negara;
MEMUTUSKAN:
Menetapkan : KEPUTUSAN MENTERI TENTANG TIM KOORDINASI LAYANAN TERPADU.
KESATU : Membentuk Tim Koordinasi dengan susunan sebagaimana tercantum dalam Lampiran.
KEDUA : Tim Koordinasi sebagaimana dimaksud dalam Diktum KESATU bertugas:
a. menyusun rencana kerja; dan
b. melaporkan hasilnya kepada Menteri.
KETIGA : Biaya dibebankan pada anggaran kementerian.
KEEMPAT : Keputusan Menteri ini mulai berlaku pada tanggal ditetapkan.
Ditetapkan di Jakarta
pada tanggal 30 November 2021
MENTERI PENDAYAGUNAAN APARATUR NEGARA
DAN REFORMASI BIROKRASI REPUBLIK INDONESIA,
LAMPIRAN
KEPUTUSAN MENTERI
SUSUNAN TIM
1. Ketua : Sekretaris Kementerian
"""

AGENCY = """PERATURAN BADAN KEPEGAWAIAN NEGARA
REPUBLIK INDONESIA
NOMOR 6 TAHUN 2022
TENTANG
TATA CARA PENILAIAN KOMPETENSI PEGAWAI
DENGAN RAHMAT TUHAN YANG MAHA ESA
KEPALA BADAN KEPEGAWAIAN NEGARA REPUBLIK INDONESIA,
Menimbang : bahwa kompetensi perlu dinilai;
Mengingat : Undang-Undang Nomor 5 Tahun 2014;
MEMUTUSKAN:
Menetapkan : PERATURAN BADAN KEPEGAWAIAN NEGARA TENTANG TATA CARA PENILAIAN KOMPETENSI PEGAWAI.
Pasal 1
1. Penilaian kompetensi dilakukan terhadap setiap pegawai.
2. Penilaian sebagaimana dimaksud pada ayat (1) dilakukan oleh penilai.
3. Penilai ditetapkan oleh pejabat pembina kepegawaian.
Pasal 2
Penilaian dilakukan dengan cara:
1. tes tertulis;
2. wawancara; dan
3. simulasi.
Pasal 3
(1) Hasil penilaian dicatat.
(2) Hasil sebagaimana dimaksud pada ayat (1) berlaku selama 3 (tiga) tahun.
Pasal 4
Peraturan Badan ini mulai berlaku pada tanggal diundangkan.
Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Badan ini dengan
penempatannya dalam Berita Negara Republik Indonesia.
Ditetapkan di Jakarta
pada tanggal 11 Mei 2022
KEPALA BADAN KEPEGAWAIAN NEGARA
REPUBLIK INDONESIA,
"""

MINISTRY = """SALINAN
PERATURAN MENTERI DALAM NEGERI REPUBLIK INDONESIA
NOMOR 20 TAHUN 2021
TENTANG
PEDOMAN PENYUSUNAN PERATURAN DI DESA
DENGAN RAHMAT TUHAN YANG MAHA ESA
MENTERI DALAM NEGERI REPUBLIK INDONESIA,
Menimbang : bahwa perlu pedoman;
Mengingat : Pasal 17 ayat (3) Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;
MEMUTUSKAN:
Menetapkan : PERATURAN MENTERI DALAM NEGERI TENTANG PEDOMAN PENYUSUNAN PERATURAN DI DESA.
BAB I
KETENTUAN UMUM
Pasal 1
Dalam Peraturan Menteri ini yang dimaksud dengan Desa adalah kesatuan masyarakat hukum.
BAB II
JENIS PERATURAN
Pasal 2
Jenis peraturan di desa terdiri atas peraturan desa dan peraturan kepala desa.
Pasal 3
(1) Bentuk peraturan desa tercantum dalam Lampiran yang merupakan bagian tidak terpisahkan dari
Peraturan Menteri ini.
(2) Peraturan desa dibahas bersama Badan Permusyawaratan Desa.
BAB III
KETENTUAN PENUTUP
Pasal 4
Peraturan Menteri ini mulai berlaku pada tanggal diundangkan.
Ditetapkan di Jakarta
pada tanggal 4 Mei 2021
MENTERI DALAM NEGERI REPUBLIK INDONESIA,
LAMPIRAN
PERATURAN MENTERI DALAM NEGERI
NOMOR 20 TAHUN 2021
CONTOH BENTUK PERATURAN DESA
PERATURAN DESA SUKAMAJU
NOMOR 1 TAHUN 2020
TENTANG
PUNGUTAN DESA
MEMUTUSKAN:
Menetapkan : PERATURAN DESA TENTANG PUNGUTAN DESA.
BAB I
KETENTUAN UMUM
Pasal 5
(1) Isi contoh.
(2) Isi contoh.
Pasal 6
Isi contoh.
Ditetapkan di Sukamaju
pada tanggal 1 Januari 2020
"""

REPEAL = """GUBERNUR SULAWESI SELATAN
PERATURAN GUBERNUR SULAWESI SELATAN
NOMOR 17 TAHUN 2020
TENTANG
PENCABUTAN ATAS PERATURAN GUBERNUR NOMOR 4 TAHUN 2010 TENTANG PERUBAHAN
IKLIM DAERAH
DENGAN RAHMAT TUHAN YANG MAHA ESA
GUBERNUR SULAWESI SELATAN,
Menimbang : bahwa peraturan lama tidak sesuai lagi;
Mengingat : Undang-Undang Nomor 12 Tahun 2011;
MEMUTUSKAN:
Menetapkan : PERATURAN GUBERNUR TENTANG PENCABUTAN ATAS PERATURAN GUBERNUR NOMOR 4 TAHUN 2010.
Pasal 1
Peraturan Gubernur Nomor 4 Tahun 2010 (Berita Daerah Tahun 2010 Nomor 4) dicabut dan dinyatakan
tidak berlaku.
Pasal 2
Peraturan Gubernur ini mulai berlaku pada tanggal diundangkan.
Agar setiap orang mengetahuinya, memerintahkan pengundangan Peraturan Gubernur ini.
Ditetapkan di Makassar
pada tanggal 9 Juni 2020
GUBERNUR SULAWESI SELATAN,
"""
