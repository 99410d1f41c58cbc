"""Registers the handlers, in the order in which they are tried."""

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram.handlers import (
    buttons,
    chats,
    commands,
    errors,
    figures,
    inline,
    privacy,
    questions,
    subscriptions,
)
from bot.telegram.handlers.admin import admins, announcing, editing, history, queue, statistics


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Add every handler to the application."""
    add = application.add_handler
    # A group that became a supergroup changes its id: first, before anything is kept under it.
    add(MessageHandler(filters.StatusUpdate.MIGRATE, chats.migrated))
    add(ChatMemberHandler(chats.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    # Commands before plain text, or "/tanya" would be answered as a question.
    messages = filters.UpdateType.MESSAGE
    add(CommandHandler("start", commands.start, messages))
    add(CommandHandler("bantuan", commands.help_, messages))
    add(CommandHandler("help", commands.help_, messages))
    add(CommandHandler("privasi", privacy.privacy, messages))
    add(CommandHandler("hapus_data", privacy.erase, messages))
    add(CommandHandler("admin", admins.admin, messages))
    add(CommandHandler("langganan", subscriptions.subscribe, messages))
    add(CommandHandler("berhenti", subscriptions.unsubscribe, messages))
    private = messages & filters.ChatType.PRIVATE
    add(CommandHandler("umumkan", announcing.announce, private))
    # A document's command stands in its caption, where command handlers do not look.
    add(MessageHandler(private & filters.CaptionRegex(r"(?i)^/umumkan\b"), announcing.announce))
    add(CommandHandler("antrean", queue.queue, messages))
    add(CommandHandler("statistik", statistics.statistics, messages))
    add(CommandHandler("riwayat", history.history, messages))
    add(CommandHandler("ekspor", history.export, messages))
    add(CommandHandler("buang", editing.remove, messages))
    add(CommandHandler("berkas", history.file, messages))
    for name in commands.QUESTIONS:
        add(CommandHandler(name, commands.question, messages))
    add(
        MessageHandler(
            messages & filters.ChatType.PRIVATE & filters.TEXT & ~filters.COMMAND,
            questions.private,
        )
    )
    add(
        MessageHandler(
            messages & filters.ChatType.PRIVATE & filters.Document.ALL, figures.sent_file
        )
    )
    add(
        MessageHandler(
            messages & filters.ChatType.PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL,
            questions.not_text,
        )
    )
    add(
        MessageHandler(
            messages & filters.ChatType.GROUPS & filters.TEXT & ~filters.COMMAND, questions.group
        )
    )
    add(CallbackQueryHandler(buttons.pressed))
    add(InlineQueryHandler(inline.query))
    application.add_error_handler(errors.failed)
