"""Words that show what a question wants: index figures, status of a regulation, an indicator.

They stand together because the spelling correction must know them all.
"""

INDEX_WORDS = frozenset(
    """
    indeks skor nilai predikat capaian ipspbe indeksnya nilainya predikatnya
""".split()
)
SPBE = frozenset({"spbe", "spbenya", "spbee"})
TOP = frozenset(
    """
    tertinggi terbaik teratas terbesar tertingginya juara terunggul unggul
""".split()
)
BOTTOM = frozenset(["terendah", "terburuk", "terbawah", "terkecil", "terendahnya"])
RANK = frozenset(
    "urutkan urut ranking peringkat urutan posisi rangking peringkatnya urutannya".split()
)
CHANGE = frozenset(
    """
    naik turun kenaikan penurunan selisih selisihnya berubah perubahan lonjakan lonjakannya
    bertambah berkurang anjlok jeblok merosot meroket meningkat menurun naiknya turunnya
    melonjak peningkatan
""".split()
)
TREND = frozenset("tren trennya perkembangan riwayat sejarah grafik historis rekam jejak".split())
COMPARE = frozenset(
    "vs versus bandingkan dibanding dibandingkan banding perbandingan membandingkan".split()
)
NATIONAL = frozenset(["nasional", "nasionalnya", "rata", "rataan", "ratanya"])
DOMAIN_WORDS = frozenset("domain domainnya kebijakan tata kelola manajemen layanan".split())
TOP_PHRASES = (
    "paling tinggi",
    "paling baik",
    "paling bagus",
    "paling besar",
    "paling atas",
    "paling unggul",
    "nomor satu",
    "nomor 1",
    "peringkat satu",
    "peringkat 1",
    "rangking 1",
)
BOTTOM_PHRASES = (
    "paling rendah",
    "paling bawah",
    "paling buruk",
    "paling jelek",
    "paling kecil",
    "paling kurang",
)
WHY = frozenset("kenapa mengapa penyebab penyebabnya sebab sebabnya".split())
MOVE_NOUNS = frozenset({"kenaikan", "penurunan", "peningkatan", "lonjakan", "naiknya", "turunnya"})
MOST = frozenset(
    "paling terbesar tertinggi terbanyak terjauh tertajam terdrastis besar banyak".split()
)
MOVE_PHRASES = ("paling naik", "paling turun", "naik paling", "turun paling")
SPREAD = frozenset("sebaran sebarannya distribusi komposisi rekap rekapitulasi".split())
AVERAGE = frozenset({"rata", "rataan", "rerata", "ratanya", "reratanya"})
WEAK = frozenset(
    "lemah terlemah rendah terendah kecil terkecil buruk terburuk jelek terjelek kurang".split()
)
STRONG = frozenset(
    "kuat terkuat tinggi tertinggi besar terbesar baik terbaik bagus unggul".split()
)
REGION_KINDS = {
    "kabupaten": ("kabupaten",),
    "kota": ("kota",),
    "provinsi": ("provinsi",),
    "kementerian": ("kementerian",),
    "pemprov": ("provinsi",),
    "pemkab": ("kabupaten",),
    "pemkot": ("kota",),
    "lembaga": ("lembaga pemerintah nonkementerian", "lembaga nonstruktural"),
    "lpnk": ("lembaga pemerintah nonkementerian",),
    "lns": ("lembaga nonstruktural",),
}
UNRATED = ("kecamatan", "kelurahan", "desa", "puskesmas", "sekolah", "rsud", "rt", "rw")
INDEX_FILLER = frozenset(
    """
    spbe indeks nilai skor predikat capaian hasil evaluasi tahun angka poin data daerah
    pemerintah pemda kota kabupaten provinsi domain berapa lebih tinggi rendah tren laporan
    instansi mendapat memperoleh meraih dapat peroleh raih berpredikat nomor benar
    sebenarnya resmi katanya disebut koran berita rincian rinci detail lengkap profil tiap
""".split()
)

STATUS_WORDS = frozenset(
    """
    berlaku dicabut pengganti penggantinya diganti digantikan gantinya status dihapus
    kedaluwarsa gugur dipakai digunakan sah valid pencabutan
""".split()
)
REVOKING_WORDS = frozenset({"mencabut", "menggantikan", "mengganti", "menghapus"})
ENACTED_WORDS = frozenset({"ditetapkan", "diundangkan", "disahkan", "terbit"})
NOW_WORDS = frozenset("sekarang kini terkini terbaru terakhir mutakhir".split())
IMPLEMENTING_WORDS = frozenset(
    "pelaksana pelaksanaan pelaksananya turunan turunannya juknis".split()
)
DIFFERENCE_WORDS = frozenset(
    {"beda", "bedanya", "perbedaan", "dibandingkan", "bandingkan", "berbeda"}
)
INDICATOR_WORDS = frozenset(
    """
    level tingkat bobot bobotnya aspek aspeknya bukti buktinya levelnya indikator
    indikatornya dukung eviden evidence
""".split()
)
ALL = frozenset().union(
    INDEX_WORDS,
    SPBE,
    TOP,
    BOTTOM,
    RANK,
    CHANGE,
    TREND,
    COMPARE,
    NATIONAL,
    DOMAIN_WORDS,
    REGION_KINDS,
    UNRATED,
    INDEX_FILLER,
    SPREAD,
    AVERAGE,
    WEAK,
    STRONG,
    STATUS_WORDS,
    REVOKING_WORDS,
    ENACTED_WORDS,
    IMPLEMENTING_WORDS,
    NOW_WORDS,
    DIFFERENCE_WORDS,
    INDICATOR_WORDS,
)
