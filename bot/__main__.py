"""Lets ``python -m bot`` stand for the ``spbe-bot`` command."""

from bot.cli import main

if __name__ == "__main__":
    main()
