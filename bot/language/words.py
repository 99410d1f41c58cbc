"""Closed word classes of Indonesian: question words, function words, politeness.

They matter twice: the search ignores them, and the spelling correction knows them.
"""

# "izin" asks for politeness here and is a topic elsewhere ("harus izin siapa").
POLITE_PHRASES = frozenset(
    {
        ("mohon", "izin"),
        ("izin", "bertanya"),
        ("izin", "tanya"),
        ("izin", "min"),
        ("izin", "admin"),
        ("izin", "pak"),
        ("izin", "bu"),
        ("izin", "kak"),
        ("minta", "tolong"),
        ("minta", "bantuan"),
    }
)

QUESTION_WORDS = frozenset(
    """
    apa apakah siapa siapakah kapan kapankah dimana di mana manakah bagaimana bagaimanakah
    berapa berapakah kenapa mengapa ke kemana darimana
""".split()
)

POLITE = frozenset(
    """
    min admin kak kakak bang mas mbak pak bapak bu ibu om gan bos bro sis halo hai hei hallo
    hello permisi maaf mohon tolong tlg plis please mohonlah punten nuwun bantu dibantu
    bantuan assalamualaikum assalamu alaikum wr wb salam selamat pagi siang sore malam
    terima kasih terimakasih makasih thanks tq trims sih dong deh ya yah nih toh kan ko lho
    loh lah kah tanya nanya bertanya tanyakan numpang mau ingin saya sy aku kami kita anda
""".split()
)

FUNCTION_WORDS = frozenset(
    """
    ada adalah adakah agar akan aku aja antara anda apabila atas atau bagi bahwa baik bahkan
    banyak beberapa begitu belum berikut bila bisa boleh bolehkah bukan bukankah buat cara
    caranya cuma dalam dan dapat dapatkah dari daripada dengan dia di ditanya harus haruskah
    hal hanya harusnya ia ini itu itulah jadi jangan jika juga jumlah kah kalau kami karena
    ke kepada ketika kita kok lagi lah lain lalu lebih maka mana masih mau mereka merupakan
    misalnya mungkin nah namun nya oleh pada para paling per perlu perlukah pernah pun pula
    punya saat saja sama sampai sangat sebagai sebelum sebuah secara sedang sedangkan
    sehingga sejak sekarang sekali selain seluruh semua seperti serta sesuai setelah
    setiap si siapa sih sini situ suatu sudah sudahkah supaya tadi tanpa tapi telah tentang
    tentu terhadap terus tersebut tetapi tiap tidak tidakkah tolong untuk wajib wajibkah
    yaitu yakni yang isi isinya bunyi bunyinya sebutkan jelaskan jelasin sampaikan uraikan
    tampilkan tunjukkan lihat lihatkan kutip kutipkan dikutip dikutipkan maksud maksudnya
    dimaksud arti artinya pengertian definisi namanya disebut dijelaskan dikatakan bilang
    kasih tahu beri berikan menurut mengenai soal terkait seputar bagaimana gini gitu
    kemudian ialah kayak macam sebenarnya sebetulnya mestinya cukup dilakukan melakukan
    lakukan dilaksanakan sebutan contoh terdiri bingung paham ngerti mengerti
    didefinisikan definisinya pengertiannya istilah istilahnya kepanjangan kepanjangannya
    singkatan singkatannya dinamakan
""".split()
)

# Function words that carry the kind of a question; kept apart because they never count as topic.
STOP_WORDS = QUESTION_WORDS | POLITE | FUNCTION_WORDS

GREETINGS = frozenset(
    """
    halo hai hei hallo hello assalamualaikum assalamu alaikum selamat pagi siang sore malam
    permisi punten test tes ping p hi
""".split()
)
THANKS = frozenset(
    """
    terima kasih terimakasih makasih thanks tq trims nuwun mantap oke ok sip
""".split()
)

NUMBER_WORDS = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
    "sepuluh": 10,
}
