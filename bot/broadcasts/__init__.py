"""Deadlines and announcements, told once and on time in every chat.

Planning (what is due where, pure) stands apart from sending (pace, retries, ledger). Nothing here
knows Telegram: what sends is given, as a ``Sender``.
"""
