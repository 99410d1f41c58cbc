"""What several handlers do: find the services, send an answer."""

from typing import Any, cast

from telegram.constants import ChatAction, ParseMode
from telegram.ext import CallbackContext

from bot.answering.answer import Answer
from bot.regions.charts.spec import Chart
from bot.telegram.broadcasting import BROADCASTING, Broadcasting
from bot.telegram.keyboards import keyboard
from bot.telegram.rendering import caption, render
from bot.telegram.services import Services
from telegram import Message, Update

Context = CallbackContext[Any, Any, Any, Any]
SERVICES = "services"


def services(context: Context) -> Services:
    """Return the services of the running application."""
    return cast(Services, context.bot_data[SERVICES])


def broadcasting(context: Context) -> Broadcasting:
    """Return the broadcasts of the running application."""
    return cast(Broadcasting, context.bot_data[BROADCASTING])


def conversation_key(update: Update) -> tuple[int, int, int]:
    """Return whose conversation an update belongs to: chat, topic, user."""
    message = update.effective_message
    thread = (message.message_thread_id or 0) if message and message.is_topic_message else 0
    chat, user = update.effective_chat, update.effective_user
    return (chat.id if chat else 0, thread, user.id if user else 0)


def replied_to_us(message: Message, bot: int) -> Message | None:
    """Return the message of the bot, by the bot's id, that a message replies to."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot:
        return None
    return replied


async def answer_to(update: Update, context: Context, text: str) -> None:
    """Answer a question below the message it came with."""
    message = update.effective_message
    if message is None:
        return
    shared = services(context)

    async def typing() -> None:
        await message.reply_chat_action(ChatAction.TYPING)

    answer_id, answer = await shared.ask(text, conversation_key(update), typing)
    await send(message, answer_id, answer)
    if answer.drawn and answer.chart is not None:
        await send_picture(message, answer, answer.chart, context)


async def send(message: Message, answer_id: str, answer: Answer) -> None:
    """Send an answer in one or more messages; the buttons stand under the last."""
    parts = render(answer)
    for number, part in enumerate(parts, 1):
        await message.reply_html(
            part,
            do_quote=message.chat.type != "private" and number == 1,
            disable_web_page_preview=True,
            reply_markup=keyboard(answer_id, answer) if number == len(parts) else None,
        )


async def send_picture(message: Message, answer: Answer, chart: Chart, context: Context) -> None:
    """Send a picture with the answer in words below it."""
    await message.reply_chat_action(ChatAction.UPLOAD_PHOTO)
    picture = await services(context).painter.paint(chart)
    await message.reply_photo(picture, caption=caption(answer), parse_mode=ParseMode.HTML)


async def send_html(message: Message, text: str) -> None:
    """Send a text of our own."""
    await message.reply_text(text, parse_mode=ParseMode.HTML, disable_web_page_preview=True)
