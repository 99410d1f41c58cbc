"""Commands. Each turns into a question for the assistant, or shows a text of ours."""

from bot.telegram import wording
from bot.telegram.handlers.common import Context, answer_to, send_html
from telegram import Update

# Command -> the question its arguments stand for.
QUESTIONS = {
    "tanya": "{text}",
    "pasal": "pasal {text}",
    "indeks": "indeks spbe {text}",
    "indikator": "indikator {text}",
    "simulasi": "simulasi {text}",
    "status": "status {text} masih berlaku",
}


async def start(update: Update, context: Context) -> None:
    """Greet."""
    del context
    if update.effective_message:
        await send_html(update.effective_message, wording.START)


async def help_(update: Update, context: Context) -> None:
    """Show how to use the bot."""
    if update.effective_message:
        await send_html(
            update.effective_message, wording.HELP.format(username=context.bot.username)
        )


async def privacy(update: Update, context: Context) -> None:
    """Say what is kept."""
    del context
    if update.effective_message:
        await send_html(update.effective_message, wording.PRIVACY)


async def question(update: Update, context: Context) -> None:
    """Answer a command that carries a question."""
    message = update.effective_message
    if message is None or message.text is None:
        return
    name = message.text.split()[0][1:].split("@")[0].lower()
    args = list(context.args or ())
    # A simulation without a start explains itself.
    if not args and name in wording.USAGE:
        await send_html(message, wording.USAGE[name])
        return
    if name == "indikator" and len(args) == 2 and all(a.isdigit() for a in args):
        args.insert(1, "level")
    await answer_to(update, context, QUESTIONS[name].format(text=" ".join(args)))
