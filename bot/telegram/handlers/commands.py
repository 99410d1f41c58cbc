"""Commands. Each turns into a question for the assistant, or shows a text of ours."""

import asyncio

from bot.telegram import wording
from bot.telegram.handlers.admin.admins import set_menu
from bot.telegram.handlers.common import Context, answer_to, send_html, services
from telegram import Update

# Command -> the question its arguments stand for.
QUESTIONS = {
    "tanya": "{text}",
    "pasal": "pasal {text}",
    "indeks": "indeks spbe {text}",
    "indikator": "indikator {text}",
    "simulasi": "simulasi {text}",
    "jadwal": "jadwal {text}",
    "status": "status {text} masih berlaku",
}


async def start(update: Update, context: Context) -> None:
    """Greet; an admin's menu gets the commands of admins from now on."""
    message, user = update.effective_message, update.effective_user
    if message is None:
        return
    await send_html(message, wording.START)
    if message.chat.type == "private" and user is not None:
        role = await asyncio.to_thread(services(context).roles.of, user.id)
        if role is not None:
            await set_menu(context.bot, user.id, admin=True)


async def help_(update: Update, context: Context) -> None:
    """Show how to use the bot."""
    if update.effective_message:
        await send_html(
            update.effective_message, wording.HELP.format(username=context.bot.username)
        )


async def question(update: Update, context: Context) -> None:
    """Answer a command that carries a question."""
    message = update.effective_message
    if message is None or message.text is None:
        return
    name = message.text.split()[0][1:].split("@")[0].lower()
    args = list(context.args or ())
    # A simulation without a start explains itself; a bare /jadwal is this year's.
    if not args and name in wording.USAGE:
        await send_html(message, wording.USAGE[name])
        return
    if name == "indikator" and len(args) == 2 and all(a.isdigit() for a in args):
        args.insert(1, "level")
    await answer_to(update, context, QUESTIONS[name].format(text=" ".join(args)))
