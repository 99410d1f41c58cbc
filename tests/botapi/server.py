"""The server: long polling with offsets, stateful chats and topics, scripted faults."""

import asyncio
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.botapi.entities import ParseError, plain_text, utf16

TOKEN = "123456:TEST-token-of-the-fake-server"
BOT = {
    "id": 123456,
    "is_bot": True,
    "first_name": "SPBE",
    "username": "spbe_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}


@dataclass
class Fault:
    """What the server does instead of answering, once.

    Attributes:
        status: HTTP status; 0 drops the connection.
        description: Telegram's description, or the raw body when ``raw``.
        parameters: Such as ``{"retry_after": 1}``.
        raw: Send ``description`` as it is instead of JSON.
    """

    status: int
    description: str = "scripted"
    parameters: dict[str, Any] = field(default_factory=dict)
    raw: bool = False


class ApiError(Exception):
    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status, self.description = status, description


@dataclass
class Call:
    """One request the bot made."""

    method: str
    params: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)


class BotApi:
    """A Bot API server on loopback."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.messages: dict[int, list[dict[str, Any]]] = defaultdict(list)
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.chats: dict[int, dict[str, Any]] = {}
        self.topics: dict[int, set[int]] = defaultdict(set)
        self.blocked: set[int] = set()
        self.admins: dict[int, set[int]] = defaultdict(set)
        self.url = ""
        self._faults: dict[tuple[str, int | None], deque[Fault]] = defaultdict(deque)
        self._updates: list[dict[str, Any]] = []
        self._ids = itertools.count(1000)
        self.uploads: dict[str, bytes] = {}
        self._files: dict[str, bytes] = {}
        self._callbacks: set[str] = set()
        self._inline: set[str] = set()
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self.confirmed = 0

    # -- life ------------------------------------------------------------------------------------

    async def start(self) -> None:
        app = web.Application(client_max_size=60 * 2**20)
        self.routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    def routes(self, app: web.Application) -> None:
        """What the server answers to; a bench adds its own."""
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/documents/{id}", self._download)

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    # -- what tests do ---------------------------------------------------------------------------

    def fail(self, method: str, *faults: Fault, chat: int | None = None) -> None:
        """Script the next answers to a method, for one chat or for any."""
        self._faults[(method.lower(), chat)].extend(faults)

    async def push(self, **update: Any) -> int:
        """Queue an update; return its id."""
        update_id = next(self._ids)
        self._updates.append({"update_id": update_id, **update})
        await self._notify()
        return update_id

    async def private(self, text: str, user: int = 7) -> int:
        """A user writes to the bot in private."""
        chat = {"id": user, "type": "private", "first_name": "Ani"}
        self.chats[user] = chat
        return await self.push(message=self._message(chat, user, text))

    async def reply(self, to: dict[str, Any], text: str, user: int = 7) -> int:
        """A user replies to a message of the bot in private."""
        chat = {"id": user, "type": "private", "first_name": "Ani"}
        self.chats[user] = chat
        message = self._message(chat, user, text)
        message["reply_to_message"] = {k: v for k, v in to.items() if k != "parse_mode"}
        return await self.push(message=message)

    async def document(self, data: bytes, name: str, user: int = 7, caption: str = "") -> int:
        """A user sends a file to the bot in private."""
        chat = {"id": user, "type": "private", "first_name": "Ani"}
        self.chats[user] = chat
        file_id = f"file{next(self._ids)}"
        self._files[file_id] = data
        message = self._message(chat, user, "")
        del message["text"]
        message["document"] = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "file_size": len(data),
        }
        if caption:
            message["caption"] = caption
        return await self.push(message=message)

    async def group(
        self,
        text: str,
        *,
        chat_id: int = -100500,
        user: int = 7,
        topic: int | None = None,
        reply_to_bot: bool = False,
    ) -> int:
        """A user writes in a group, possibly in a topic or as a reply to the bot."""
        chat = {"id": chat_id, "type": "supergroup", "title": "Grup SPBE"}
        if topic is not None:
            chat["is_forum"] = True
            self.topics[chat_id].add(topic)
        self.chats[chat_id] = chat
        message = self._message(chat, user, text)
        if topic is not None:
            message |= {"message_thread_id": topic, "is_topic_message": True}
        if reply_to_bot:
            message["reply_to_message"] = {
                "message_id": next(self._ids),
                "date": int(time.time()),
                "chat": chat,
                "from": BOT,
                "text": "jawaban",
            }
        return await self.push(message=message)

    async def press(self, message: dict[str, Any], data: str, user: int = 7) -> str:
        """A user presses a button; return the callback's id."""
        query = str(next(self._ids))
        self._callbacks.add(query)
        await self.push(
            callback_query={
                "id": query,
                "from": _user(user),
                "chat_instance": "1",
                "data": data,
                "message": {k: v for k, v in message.items() if k != "parse_mode"},
            }
        )
        return query

    async def inline(self, text: str, user: int = 7) -> str:
        """A user types an inline query; return its id."""
        query = str(next(self._ids))
        self._inline.add(query)
        await self.push(
            inline_query={"id": query, "from": _user(user), "query": text, "offset": ""}
        )
        return query

    async def until(self, found: Callable[[], Any], timeout: float = 40.0) -> Any:
        """Wait until ``found()`` is true; return what it gave."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(found)
        return found()

    async def sent(self, chat: int, count: int = 1) -> list[dict[str, Any]]:
        """Wait until the bot has sent ``count`` messages to a chat."""
        await self.until(lambda: len(self.messages[chat]) >= count)
        return self.messages[chat]

    async def call(self, method: str, **match: Any) -> Call:
        """Wait for a call of a method with these parameters."""

        def found() -> Call | None:
            return next(
                (
                    c
                    for c in self.calls
                    if c.method == method.lower()
                    and all(str(c.params.get(k)) == str(v) for k, v in match.items())
                ),
                None,
            )

        call: Call = await self.until(found)
        return call

    def of(self, method: str) -> list[Call]:
        """All calls of a method so far."""
        return [c for c in self.calls if c.method == method.lower()]

    # -- HTTP ------------------------------------------------------------------------------------

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        if request.match_info["token"] != TOKEN:
            return _error(ApiError(401, "Unauthorized"))
        params, files = await _body(request)
        self.uploads |= files
        fault = self._fault(method, params)
        if fault is not None:
            return await self._misbehave(request, fault)
        try:
            answer = getattr(self, f"_do_{method}", None)
            if answer is None:
                raise ApiError(404, "Not Found")
            result = await answer(params)
        except ApiError as error:
            return _error(error)
        finally:
            if method != "getupdates":
                self.calls.append(Call(method, params, files))
                await self._notify()
        return web.json_response({"ok": True, "result": result})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != TOKEN:
            return _error(ApiError(401, "Unauthorized"))
        return web.Response(body=self._files[request.match_info["id"]])

    def _fault(self, method: str, params: dict[str, Any]) -> Fault | None:
        chat = params.get("chat_id")
        for key in ((method, chat if isinstance(chat, int) else None), (method, None)):
            if self._faults[key]:
                return self._faults[key].popleft()
        return None

    async def _misbehave(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        await self._notify()
        if fault.status == 0:
            if request.transport is not None:
                request.transport.close()
            raise web.HTTPServiceUnavailable
        if fault.raw:
            return web.Response(status=fault.status, text=fault.description)
        return web.json_response(
            {
                "ok": False,
                "error_code": fault.status,
                "description": fault.description,
                "parameters": fault.parameters,
            },
            status=fault.status,
        )

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    # -- methods ---------------------------------------------------------------------------------

    async def _do_getme(self, params: dict[str, Any]) -> Any:
        return BOT

    async def _do_deletewebhook(self, params: dict[str, Any]) -> Any:
        return True

    async def _do_getupdates(self, params: dict[str, Any]) -> Any:
        offset = int(params.get("offset") or 0)
        self.confirmed = max(self.confirmed, offset)
        self._updates = [u for u in self._updates if u["update_id"] >= offset]
        limit = time.monotonic() + float(params.get("timeout") or 0)
        await self._notify()
        while not self._updates and (rest := limit - time.monotonic()) > 0:
            async with self._changed:
                try:
                    await asyncio.wait_for(self._changed.wait(), rest)
                except TimeoutError:
                    break
        return self._updates[:100]

    async def _do_setmycommands(self, params: dict[str, Any]) -> Any:
        scope = params.get("scope") or {"type": "default"}
        self.commands[scope["type"]] = params["commands"]
        return True

    async def _do_sendchataction(self, params: dict[str, Any]) -> Any:
        self._chat(params)
        return True

    async def _do_sendmessage(self, params: dict[str, Any]) -> Any:
        chat = self._chat(params)
        thread = params.get("message_thread_id")
        if thread is not None and thread not in self.topics[chat["id"]]:
            raise ApiError(400, "Bad Request: message thread not found")
        _check_text(params.get("text", ""), params.get("parse_mode"))
        _check_keyboard(params.get("reply_markup"))
        message = {
            "message_id": next(self._ids),
            "date": int(time.time()),
            "chat": chat,
            "from": BOT,
            "text": params["text"],
            "parse_mode": params.get("parse_mode"),
        }
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        # Telegram tells a message's own buttons only; others belong to the reader's keyboard.
        if "inline_keyboard" in (params.get("reply_markup") or {}):
            message["reply_markup"] = params["reply_markup"]
        self.messages[chat["id"]].append(message)
        return {k: v for k, v in message.items() if k != "parse_mode"}

    async def _do_sendphoto(self, params: dict[str, Any]) -> Any:
        return self._send_file(params, "photo")

    async def _do_senddocument(self, params: dict[str, Any]) -> Any:
        return self._send_file(params, "document")

    async def _do_getfile(self, params: dict[str, Any]) -> Any:
        file_id = str(params["file_id"])
        if file_id not in self._files:
            raise ApiError(400, "Bad Request: wrong file_id or the file is unavailable")
        size = len(self._files[file_id])
        if size > 20 * 2**20:
            raise ApiError(400, "Bad Request: file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_size": size,
            "file_path": f"documents/{file_id}",
        }

    def _send_file(self, params: dict[str, Any], kind: str) -> dict[str, Any]:
        chat = self._chat(params)
        caption = params.get("caption")
        if caption is not None:
            _check_text(caption, params.get("parse_mode"), 1024)
        _check_keyboard(params.get("reply_markup"))
        # What is uploaded stands in another part, which the field points to.
        name = str(params.get(kind, kind)).removeprefix("attach://")
        # One that is on the server already is named by its id.
        content = self.uploads.get(name) or self._files.get(name)
        if not content:
            raise ApiError(400, "Bad Request: file must be non-empty")
        described = {"file_id": name, "file_unique_id": name, "file_size": len(content)}
        message = {
            "message_id": next(self._ids),
            "date": int(time.time()),
            "chat": chat,
            "from": BOT,
            kind: [described | {"width": 1080, "height": 1080}] if kind == "photo" else described,
        }
        if caption is not None:
            message["caption"] = caption
        self.messages[chat["id"]].append(message | {"content": content})
        return message

    async def _do_deletemessage(self, params: dict[str, Any]) -> Any:
        message = self._own(params)
        self.messages[message["chat"]["id"]].remove(message)
        return True

    async def _do_editmessagereplymarkup(self, params: dict[str, Any]) -> Any:
        message = self._own(params)
        _check_keyboard(params.get("reply_markup"))
        before = message.get("reply_markup")
        after = params.get("reply_markup") or None
        if before == after:
            raise ApiError(400, "Bad Request: message is not modified")
        message.pop("reply_markup", None)
        if after:
            message["reply_markup"] = after
        return {k: v for k, v in message.items() if k != "parse_mode"}

    async def _do_editmessagetext(self, params: dict[str, Any]) -> Any:
        message = self._own(params)
        _check_text(params.get("text", ""), params.get("parse_mode"))
        _check_keyboard(params.get("reply_markup"))
        message["text"] = params["text"]
        message.pop("reply_markup", None)
        if params.get("reply_markup"):
            message["reply_markup"] = params["reply_markup"]
        return {k: v for k, v in message.items() if k != "parse_mode"}

    async def _do_getchatmember(self, params: dict[str, Any]) -> Any:
        user = int(params["user_id"])
        if user not in self.admins[int(params["chat_id"])]:
            return {"user": _user(user), "status": "member"}
        rights = dict.fromkeys(
            "can_be_edited can_manage_chat can_delete_messages can_manage_video_chats "
            "can_restrict_members can_promote_members can_change_info can_invite_users "
            "can_post_stories can_edit_stories can_delete_stories is_anonymous".split(),
            False,
        )
        return {"user": _user(user), "status": "administrator", **rights}

    async def _do_deletemycommands(self, params: dict[str, Any]) -> Any:
        self.commands.pop(json.dumps(params.get("scope")), None)
        return True

    def _own(self, params: dict[str, Any]) -> dict[str, Any]:
        """Return a message that the bot sent and did not delete."""
        for message in self.messages[int(params["chat_id"])]:
            if message["message_id"] == int(params["message_id"]):
                return message
        raise ApiError(400, "Bad Request: message to edit not found")

    async def _do_answercallbackquery(self, params: dict[str, Any]) -> Any:
        query = str(params["callback_query_id"])
        if query not in self._callbacks:
            raise ApiError(
                400,
                "Bad Request: query is too old and response timeout expired or "
                "query ID is invalid",
            )
        self._callbacks.remove(query)
        if len(params.get("text") or "") > 200:
            raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
        return True

    async def _do_answerinlinequery(self, params: dict[str, Any]) -> Any:
        if str(params["inline_query_id"]) not in self._inline:
            raise ApiError(400, "Bad Request: query is too old")
        results = params["results"]
        if len(results) > 50 or len({r["id"] for r in results}) < len(results):
            raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
        for result in results:
            content = result["input_message_content"]
            _check_text(content["message_text"], content.get("parse_mode"))
        return True

    def _chat(self, params: dict[str, Any]) -> dict[str, Any]:
        chat = self.chats.get(int(params["chat_id"]))
        if chat is None:
            raise ApiError(400, "Bad Request: chat not found")
        if chat["id"] in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _message(self, chat: dict[str, Any], user: int, text: str) -> dict[str, Any]:
        message = {
            "message_id": next(self._ids),
            "date": int(time.time()),
            "chat": chat,
            "from": _user(user),
            "text": text,
        }
        entities = []
        if text.startswith("/"):
            entities.append({"type": "bot_command", "offset": 0, "length": len(text.split()[0])})
        at = text.find("@spbe_test_bot")
        if at > 0 or (at == 0 and not text.startswith("/")):
            entities.append({"type": "mention", "offset": utf16(text[:at]), "length": 14})
        if entities:
            message["entities"] = entities
        return message


def _user(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": "Ani"}


def _error(error: ApiError) -> web.Response:
    return web.json_response(
        {"ok": False, "error_code": error.status, "description": error.description},
        status=error.status,
    )


async def _body(request: web.Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Read form or multipart; values that are JSON are decoded as Telegram does."""
    params: dict[str, Any] = {k: _value(v) for k, v in request.query.items()}
    files: dict[str, bytes] = {}
    if request.content_type == "application/json":
        return params | await request.json(), files
    for key, value in (await request.post()).items():
        if isinstance(value, str):
            params[key] = _value(value)
        elif isinstance(value, web.FileField):
            files[key] = value.file.read()
    return params, files


def _value(text: str) -> Any:
    if text[:1] in "[{" or text in ("true", "false") or text.lstrip("-").isdigit():
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _check_text(text: Any, parse_mode: str | None, limit: int = 4096) -> None:
    try:
        plain = plain_text(str(text), parse_mode)
    except ParseError as error:
        raise ApiError(400, f"Bad Request: can't parse entities: {error}") from None
    if not plain.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if utf16(plain) > limit:
        raise ApiError(400, "Bad Request: message is too long")


def _check_keyboard(markup: Any) -> None:
    for row in (markup or {}).get("inline_keyboard", []):
        for button in row:
            if len(button.get("callback_data", "").encode()) > 64:
                raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
            if not button.get("text"):
                raise ApiError(400, "Bad Request: inline keyboard button text is empty")
