"""Roots whose first letter the prefixes me- and pe- swallow: menetapkan, penetapan -> tetap.

Snowball's Indonesian stemmer leaves ``etap`` of these forms and ``tetap`` of others. Only roots
that offices use and whose forms mean the same are listed; what the law separates (tingkat and
peningkatan, tata and penataan) is left apart.
"""

ROOTS = frozenset(
    """
    tetap terap tugas tunjuk tentu tuntut tambah tarik terima terbit tutup telaah tunda tuang
    tinjau tukar titip tegas telusur tanggap terjemah tolak tulis tampil teliti tafsir temu
    kelola kirim kumpul kembang kendali kurang kuat kenal kecuali kunjung kutip kuasa kontrol
    koordinasi koordinir kembali kelompok konfirmasi konsultasi konversi komunikasi koreksi
    klarifikasi kategori kosong
    nilai nyata
    manfaat muat mulai mutakhir masuk
    periksa pakai peroleh padu
    """.split()
)
# What a prefix stands before, with the letter that it may have swallowed.
_PREFIXES = (
    ("", ""),
    ("di", ""),
    ("ter", ""),
    ("ber", ""),
    ("ke", ""),
    ("me", ""),
    ("pe", ""),
    ("men", "t"),
    ("pen", "t"),
    ("meng", "k"),
    ("peng", "k"),
    ("meny", "ny"),
    ("peny", "ny"),
    ("mem", "m"),
    ("pem", "m"),
    ("mem", "p"),
    ("pem", "p"),
    ("keter", ""),
)
_SUFFIXES = ("", "kan", "an", "i")


def root(word: str) -> str:
    """Return the listed root that a word is a form of, or nothing."""
    for prefix, swallowed in _PREFIXES:
        if not word.startswith(prefix):
            continue
        rest = swallowed + word[len(prefix) :]
        for suffix in _SUFFIXES:
            if rest.endswith(suffix) and rest[: len(rest) - len(suffix)] in ROOTS:
                return rest[: len(rest) - len(suffix)]
    return ""
