"""The Telegram face of the assistant: thin handlers, rendering, keyboards, application."""
