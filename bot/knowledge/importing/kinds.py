"""The kinds of regulations: how they are headed, named and shortened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of regulation.

    Attributes:
        id: Short name, as in the id of a knowledge file.
        heading: Letters of the title line, without blanks.
        name: Full name; the issuer's name follows it where ``placed``.
        short: For citations.
        placed: What the issuer's region is called, ``*`` where the heading says it itself, or
            nothing for the centre.
        issuer: Who enacts, for the centre.
    """

    id: str
    heading: str
    name: str
    short: str
    placed: str = ""
    issuer: str = ""


# Longer headings first: "PERATURAN DAERAH" begins several. Order matters.
KINDS = (
    Kind("perpu", "PERATURANPEMERINTAHPENGGANTIUNDANGUNDANG",
         "Peraturan Pemerintah Pengganti Undang-Undang", "Perpu",
         issuer="Presiden Republik Indonesia"),
    Kind("pp", "PERATURANPEMERINTAH", "Peraturan Pemerintah", "PP",
         issuer="Presiden Republik Indonesia"),
    Kind("perpres", "PERATURANPRESIDEN", "Peraturan Presiden", "Perpres",
         issuer="Presiden Republik Indonesia"),
    Kind("keppres", "KEPUTUSANPRESIDEN", "Keputusan Presiden", "Keppres",
         issuer="Presiden Republik Indonesia"),
    Kind("inpres", "INSTRUKSIPRESIDEN", "Instruksi Presiden", "Inpres",
         issuer="Presiden Republik Indonesia"),
    Kind("perda", "PERATURANDAERAH", "Peraturan Daerah", "Perda", placed="*"),
    Kind("perda", "QANUN", "Qanun", "Qanun", placed="*"),
    Kind("pergub", "PERATURANGUBERNUR", "Peraturan Gubernur", "Pergub", placed="Provinsi"),
    Kind("perbup", "PERATURANBUPATI", "Peraturan Bupati", "Perbup", placed="Kabupaten"),
    Kind("perwali", "PERATURANWALIKOTA", "Peraturan Wali Kota", "Perwali", placed="Kota"),
    Kind("kepgub", "KEPUTUSANGUBERNUR", "Keputusan Gubernur", "Kepgub", placed="Provinsi"),
    Kind("kepbup", "KEPUTUSANBUPATI", "Keputusan Bupati", "Kepbup", placed="Kabupaten"),
    Kind("kepwali", "KEPUTUSANWALIKOTA", "Keputusan Wali Kota", "Kepwali", placed="Kota"),
    Kind("permen", "PERATURANMENTERI", "Peraturan Menteri", "Permen"),
    Kind("kepmen", "KEPUTUSANMENTERI", "Keputusan Menteri", "Kepmen"),
    Kind("peraturan-dprd", "PERATURANDEWANPERWAKILANRAKYATDAERAH",
         "Peraturan Dewan Perwakilan Rakyat Daerah", "Peraturan DPRD", placed="*"),
    Kind("peraturan-badan", "PERATURANBADAN", "Peraturan Badan", "Peraturan Badan"),
    Kind("peraturan-badan", "PERATURANKEPALA", "Peraturan Kepala", "Peraturan Kepala"),
    Kind("peraturan-badan", "PERATURANLEMBAGA", "Peraturan Lembaga", "Peraturan Lembaga"),
    Kind("peraturan-badan", "PERATURANKOMISI", "Peraturan Komisi", "Peraturan Komisi"),
    Kind("peraturan-badan", "PERATURANOTORITAS", "Peraturan Otoritas", "Peraturan Otoritas"),
    *(
        # Agencies without a word of their own ("Peraturan Kepolisian Negara", "Peraturan Arsip
        # Nasional"): the heading goes on with the name.
        Kind("peraturan-badan", f"PERATURAN{word.upper()}", f"Peraturan {word}",
             f"Peraturan {word}")
        for word in (
            "Arsip", "Kepolisian", "Kejaksaan", "Perpustakaan", "Sekretariat", "Sekretaris",
            "Mahkamah", "Majelis", "Dewan", "Pusat", "Bank", "Ombudsman", "Direktur", "Rektor",
        )
    ),
    Kind("uu", "UNDANGUNDANG", "Undang-Undang", "UU", issuer="Presiden Republik Indonesia"),
)  # fmt: skip
