"""Reads what stands around the end of the body: the last article, elucidation, annexes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.importing.chain import best_chain
from bot.knowledge.importing.clean import join
from bot.knowledge.importing.headings import pasal_candidates
from bot.knowledge.importing.marks import ended
from bot.knowledge.importing.model import Line, Pasal

ANNEX = re.compile(r"^\W{0,2}LAMPIRAN\b(?!.*[a-z]{4})")


def lost_at_the_end(pasal: Sequence[Pasal]) -> list[str]:
    """Doubt the last article where its final words are but the end of other text.

    "… ini mulai berlaku" is an article, or an ayat, of its own: where it follows other sentences
    without a number, its heading was not recognised.
    """
    if not pasal or pasal[-1].numbers or not pasal[-1].ayat:
        return []
    lines = pasal[-1].ayat[-1].lines
    begins = [
        at for at in range(1, len(lines)) if ended(lines[at - 1]) and lines[at].text[:1].isupper()
    ]
    if not any(re.search(r"\bini\s+mulai\s+berlaku\b", join(lines[at:])[:150]) for at in begins):
        return []
    return [
        f"Pasal {pasal[-1].number} ({pasal[-1].line.say()}): saat mulai berlaku tidak berdiri "
        "sebagai Pasal sendiri; judul Pasal terakhir mungkin tidak terbaca."
    ]


def with_notes(pasal: Sequence[Pasal], lines: Sequence[Line]) -> list[Pasal]:
    """Give each article what the official elucidation after the body says about it."""
    start = next(
        (at for at, line in enumerate(lines) if "PASALDEMIPASAL" in re.sub(r"\W", "", line.text)),
        None,
    )
    if start is None:
        return list(pasal)
    end = next((at for at in range(start + 1, len(lines)) if ANNEX.match(lines[at].text)), None)
    notes = list(lines[start + 1 : end])
    spread = []
    for line in notes:  # "Pasal 3 : cukup jelas" on one line
        found = re.match(r"^(Pasal\s\d+\w?)\s*[:.]?\s*([Cc]ukup [Jj]elas.*)$", line.text)
        spread += [line.with_text(found[1]), line.with_text(found[2])] if found else [line]
    chain = best_chain(pasal_candidates(spread, 0, len(spread)))
    texts = {}
    for at, item in enumerate(chain):
        until = chain[at + 1].at if at + 1 < len(chain) else len(spread)
        text = join(spread[item.at + 1 : until])
        if not re.fullmatch(r"(?i)\W*cukup\s*jelas\W*(?:tambahan lembaran.*)?", text):
            texts[f"{item.number}{item.suffix}"] = text
    return [replace(p, note=texts.get(p.number, "")) for p in pasal]


def annexes(lines: Sequence[Line]) -> list[str]:
    """Return the titles of the annexes after the body."""
    out = []
    for at, line in enumerate(lines):
        if ANNEX.match(line.text) and len(line.text) < 120:
            titles = [line.text]
            for following in lines[at + 1 : at + 5]:
                if not following.text.isupper() or ANNEX.match(following.text):
                    break
                titles.append(following.text)
            out.append(join(titles))
    return out
