"""Where the knowledge that came with the program lies."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def shipped_folder() -> Path:
    """Return the knowledge that came with the program: in the wheel, or in the checkout."""
    inside = PACKAGE / "_knowledge"
    return inside if inside.is_dir() else PACKAGE.parent / "knowledge"
