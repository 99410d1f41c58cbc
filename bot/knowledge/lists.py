"""The lettered and numbered lists inside a provision."""

import re

_ITEM = re.compile(r"^(\s*)- ([a-z]|\d+)\. ?(.*)$")


def items(text: str) -> list[tuple[str, str]]:
    """Return the list items of a body as (letter or number path, text).

    ``- b. x`` gives ``("huruf-b", "x")``; an indented ``- 1. y`` under it gives
    ``("huruf-b-angka-1", "y")``. A list that starts with numbers gives ``angka-n``.
    """
    out: list[tuple[str, str]] = []
    top = ""
    for line in text.splitlines():
        found = _ITEM.match(line)
        if not found:
            continue
        segment = f"{'angka' if found[2].isdigit() else 'huruf'}-{found[2]}"
        if found[1] and top:
            out.append((f"{top}-{segment}", found[3]))
        else:
            top = segment
            out.append((segment, found[3]))
    return out
