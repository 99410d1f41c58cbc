"""Takes over what a newer program ships into the copy that admins have changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.publishing.history import hash_of
from bot.knowledge.publishing.model import Changes


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a newer program brings.

    Attributes:
        changes: Files that only the program changed.
        kept: Files that both changed; the admins' version stays.
        manifest: SHA-256 by path of what it ships.
    """

    changes: Changes
    kept: tuple[str, ...]
    manifest: Mapping[str, str]


def renewal(
    before: Mapping[str, str], shipped: Mapping[str, bytes], ours: Mapping[str, str]
) -> Renewal:
    """Merge by file.

    Args:
        before: SHA-256 by path of what was shipped when last taken over.
        shipped: What is shipped now.
        ours: SHA-256 by path of the last revision.
    """
    manifest = {path: hash_of(content) for path, content in shipped.items()}
    changes: dict[str, bytes | None] = {}
    kept = []
    for path in sorted({*before, *manifest}):
        old, new, held = before.get(path), manifest.get(path), ours.get(path)
        if new in (old, held):
            continue
        if held == old:
            changes[path] = shipped.get(path)
        else:
            kept.append(path)
    return Renewal(changes, tuple(kept), manifest)
