"""Limits of the Bot API that this package keeps, by name."""

from telegram.constants import CallbackQueryLimit, FileSizeLimit, InlineQueryLimit, MessageLimit

MESSAGE_UNITS = int(MessageLimit.MAX_TEXT_LENGTH)
"""Longest message text, in UTF-16 code units after parsing entities."""
CAPTION_UNITS = int(MessageLimit.CAPTION_LENGTH)
"""Longest caption of a picture, counted like a message."""
CALLBACK_BYTES = 64
"""Longest callback data, in bytes."""
INLINE_RESULTS = 10
"""Inline answers that this bot offers; Telegram allows 50."""
INLINE_QUERY_CHARS = int(InlineQueryLimit.MAX_QUERY_LENGTH)
"""Longest inline query."""
BUTTON_CHARS = 60
"""Longest button text that a phone shows without cutting."""
ALERT_CHARS = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
"""Longest text shown when a button is pressed."""
DOWNLOAD_BYTES = int(FileSizeLimit.FILESIZE_DOWNLOAD)
"""Largest file that a bot can fetch."""
