"""Reads ``indikator/pemdi.yaml``: the 20 indicators of Indeks Pemdi, successor of the 47."""

from pathlib import Path

from pydantic import Field

from bot.knowledge.faults import Faults, find_line
from bot.knowledge.locator import Ref
from bot.knowledge.model import Part, Pemdi, PemdiIndicator, Snapshot
from bot.knowledge.shapes import Strict, read_shape


class _Aspect(Strict):
    nomor: int
    nama: str
    bobot: float = Field(gt=0, le=100)
    indikator: tuple[int, int]
    dasar: str


class _Indicator(Strict):
    nomor: int
    nama: str
    bobot: float = Field(gt=0, le=100)
    lingkup: str
    spbe: tuple[int, ...]
    nilai_dari: str = ""
    kata: tuple[str, ...]


class _File(Strict):
    regulasi: str
    sumber_pemetaan: str
    aspek: tuple[_Aspect, ...]
    indikator: tuple[_Indicator, ...]


def read_pemdi(path: Path, faults: Faults) -> Pemdi | None:
    """Read the instrument; None where the file is absent or not usable."""
    if not path.exists():
        return None
    data = read_shape(_File, path, faults)
    if data is None:
        return None
    aspects = {a.nomor: Part(a.nomor, a.nama, a.bobot, 0, a.indikator) for a in data.aspek}
    basis = {a.nomor: Ref(data.regulasi, a.dasar) for a in data.aspek}
    indicators = {}
    for item in data.indikator:
        inside = [
            n for n, a in aspects.items() if a.indicators[0] <= item.nomor <= a.indicators[1]
        ]
        if len(inside) != 1:
            faults.add(
                path,
                find_line(path, f"nomor: {item.nomor}"),
                f"indikator {item.nomor}",
                "Tidak termuat tepat dalam satu aspek.",
                "Periksa rentang “indikator” pada tiap aspek.",
            )
            continue
        indicators[item.nomor] = PemdiIndicator(
            number=item.nomor,
            name=item.nama,
            weight=item.bobot,
            aspect=inside[0],
            scope=item.lingkup,
            reuses=item.spbe,
            rated_by=item.nilai_dari,
            keywords=item.kata,
            basis=basis[inside[0]],
        )
    return Pemdi(indicators, aspects, data.regulasi, data.sumber_pemetaan)


def check_pemdi(snapshot: Snapshot, path: Path, faults: Faults) -> None:
    """Note weights that do not add up and references that lead nowhere."""
    pemdi = snapshot.pemdi
    if pemdi is None:
        return
    total = sum(a.weight for a in pemdi.aspects.values())
    if round(total, 4) != 100:
        faults.add(path, 1, "aspek", f"Bobot aspek berjumlah {total:g}.", "Jumlahnya harus 100.")
    for aspect in pemdi.aspects.values():
        inside = sum(i.weight for i in pemdi.inside(aspect))
        if round(inside - aspect.weight, 4):
            faults.add(
                path,
                find_line(path, f"nama: {aspect.name}"),
                f"aspek {aspect.number}",
                f"Bobot indikatornya berjumlah {inside:g}, bukan {aspect.weight:g}.",
                "Periksa bobot tiap indikator.",
            )
    regulation = snapshot.regulations.get(pemdi.regulation)
    if pemdi.mapping_source not in snapshot.sources:
        faults.add(
            path,
            find_line(path, "sumber_pemetaan:"),
            "sumber_pemetaan",
            f"Sumber “{pemdi.mapping_source}” tidak dikenal.",
            "Tambahkan ke indeks/sumber.csv.",
        )
    for indicator in pemdi.indicators.values():
        known = regulation is not None and indicator.basis.locator in regulation.by_locator
        unknown = sorted(set(indicator.reuses) - set(snapshot.indicators))
        if not known or unknown:
            faults.add(
                path,
                find_line(path, f"nomor: {indicator.number}"),
                f"indikator {indicator.number}",
                f"Rujukan tidak ada: {unknown or indicator.basis}.",
                "Periksa “dasar” aspeknya dan nomor pada “spbe”.",
            )
