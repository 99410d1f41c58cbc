"""The errors this package raises on purpose.

    SpbeError
    ├── SettingsError      a setting is missing or wrong
    ├── KnowledgeError     the knowledge folder cannot be used at all
    └── StoreError         a file of the store cannot be read or written

The wording a user reads is Indonesian and names the mend; a message is complete in itself.
"""


class SpbeError(Exception):
    """Base of every error this package raises on purpose."""


class KnowledgeError(SpbeError):
    """The knowledge folder cannot be used: it is absent, empty or has faults."""


class SettingsError(SpbeError):
    """A setting is missing or wrong; the message names the variable and the mend."""


class StoreError(SpbeError):
    """A file of the store cannot be read or written."""
