"""Reads an Indonesian regulation from a document: what it is called and what it says."""

from bot.knowledge.importing.clean import clean
from bot.knowledge.importing.extract import extract
from bot.knowledge.importing.identity import read_identity
from bot.knowledge.importing.legibility import legibility_warnings
from bot.knowledge.importing.model import DocumentError, ImportedRegulation
from bot.knowledge.importing.structure import read_structure

__all__ = ["DocumentError", "ImportedRegulation", "read_regulation_file"]


def read_regulation_file(content: bytes, name: str) -> ImportedRegulation:
    """Read a PDF, DOCX or text file of a regulation.

    Args:
        content: The bytes of the file.
        name: Its name; only its ending is looked at.

    Returns:
        The regulation, with a warning for everything doubtful.

    Raises:
        DocumentError: The file cannot be read at all.
    """
    pages = extract(content, name)
    lines = clean(pages)
    identity = read_identity(lines)
    structure = read_structure(lines, amendment=identity.amendment, paragraphs=pages.paragraphs)
    warnings = (
        *pages.warnings,
        *identity.warnings,
        *structure.warnings,
        *legibility_warnings(lines),
    )
    return ImportedRegulation(
        identity=identity,
        chapters=tuple(structure.chapters),
        pasal=tuple(structure.pasal),
        annexes=tuple(structure.annexes),
        warnings=tuple(dict.fromkeys(warnings)),
    )
