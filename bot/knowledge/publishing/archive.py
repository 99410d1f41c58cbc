"""All knowledge files as one ZIP; the same files give the same bytes."""

import io
import zipfile
from pathlib import Path

from bot.knowledge.publishing import tree

_DATE = (1980, 1, 1, 0, 0, 0)


def packed(folder: Path) -> bytes:
    """Return a knowledge folder as an archive.

    Raises:
        KnowledgeError: A file cannot be read.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in tree.read(folder).items():
            entry = zipfile.ZipInfo(path, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
