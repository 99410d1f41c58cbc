"""The Telegram face of the assistant: thin handlers, rendering, keyboards, application."""

import os

# The library's durations as timedelta, which they become in its next version. Without this every
# 429 warns, and where warnings are errors it is no 429 any more.
os.environ.setdefault("PTB_TIMEDELTA", "true")
