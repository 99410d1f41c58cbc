"""The SPBE assistant: cited answers about Indonesia's e-government rules and index."""

__version__ = "0.1.0"
