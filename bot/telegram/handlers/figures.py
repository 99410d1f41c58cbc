"""Pictures of an answer's figures, and files to take them away."""

import asyncio

from bot.answering.answer import Answer
from bot.answering.schedule.ics import file_name
from bot.errors import SpbeError
from bot.regions.charts.spec import Chart
from bot.regions.tables import to_csv, to_xlsx
from bot.telegram import wording
from bot.telegram.callbacks import Press
from bot.telegram.handlers.admin import editing
from bot.telegram.handlers.common import (
    Context,
    conversation_key,
    send,
    send_html,
    send_picture,
    services,
)
from telegram import CallbackQuery, Message, Update

# A form of 47 rows takes some kilobytes.
_MOST_BYTES = 1024 * 1024


async def picture(query: CallbackQuery, press: Press, context: Context) -> None:
    """Show the picture of an answer that is still remembered."""
    answer = services(context).recent.get(press.answer)
    if answer is None or answer.chart is None or not isinstance(query.message, Message):
        await query.answer(wording.STALE)
        return
    await query.answer()
    await send_picture(query.message, answer, answer.chart, context)


async def file(query: CallbackQuery, press: Press, context: Context) -> None:
    """Send the figures of an answer as CSV or XLSX, the page about its agency, or its events."""
    answer = services(context).recent.get(press.answer)
    if answer is None or not isinstance(query.message, Message):
        await query.answer(wording.STALE)
        return
    if press.value == "b":
        await _page(query, query.message, answer, context)
    elif press.value == "i":
        await _calendar(query, query.message, answer, context)
    elif answer.table is None:
        await query.answer(wording.STALE)
    else:
        await query.answer()
        write, kind = (to_xlsx, "xlsx") if press.value == "x" else (to_csv, "csv")
        content = await asyncio.to_thread(write, answer.table)
        await query.message.reply_document(content, filename=f"{answer.table.file_stem}.{kind}")


async def sent_file(update: Update, context: Context) -> None:
    """Open a simulation from a form that was sent back; other files are for admins."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None or message.document is None:
        return
    document = message.document
    name = document.file_name or ""
    is_admin = await asyncio.to_thread(services(context).roles.of, user.id) is not None
    is_table = name.lower().endswith((".csv", ".xlsx"))
    is_small = (document.file_size or 0) <= _MOST_BYTES
    if is_table and is_small:
        data = bytes(await (await document.get_file()).download_as_bytearray())
        try:
            answer_id, answer = await services(context).open_levels(
                data, name, conversation_key(update)
            )
        except SpbeError as error:
            if not is_admin:
                await message.reply_text(str(error))
                return
        else:
            await send(message, answer_id, answer)
            return
    if is_admin:
        await editing.received(update, context)
    else:
        await send_html(message, wording.FILE_SIZE if is_table else wording.FILE_KIND)


async def _calendar(
    query: CallbackQuery, message: Message, answer: Answer, context: Context
) -> None:
    events = [event for event in answer.events if event.known]
    if not events:
        await query.answer(wording.STALE)
        return
    await query.answer()
    content = await asyncio.to_thread(services(context).assistant.calendar, events)
    await message.reply_document(
        content, filename=file_name(events), caption=wording.CALENDAR_FILE
    )


async def _page(query: CallbackQuery, message: Message, answer: Answer, context: Context) -> None:
    shared = services(context)
    page: Chart | None = await asyncio.to_thread(shared.assistant.brief, answer.agency)
    if page is None:
        await query.answer(wording.STALE)
        return
    await query.answer()
    content = await shared.painter.paint(page, "pdf")
    name = f"indeks-spbe-{answer.values[0].region_name.lower().replace(' ', '-')}.pdf"
    await message.reply_document(content, filename=name, caption=page.title)
