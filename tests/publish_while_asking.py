"""Asks without pause while revisions are published and rolled back, and checks every answer."""

import asyncio
import re
from dataclasses import dataclass, field

from bot.administration.roles import Role
from bot.knowledge.snapshot import fingerprint
from bot.telegram.services import Services

from tests.knowledge_folder import path_of, regulation

QUESTIONS = (
    "siapa yang menyalakan mesin kue digital di palopo?",
    "pasal 1 perwali palopo 90/2024",
    "jam berapa mesin kue digital palopo buka?",
    "perwali palopo 90/2024 pasal 2",
    "selengkapnya",
)
_MARK = re.compile(r"tanda-(\d+)")


@dataclass
class Toll:
    """What came of the questions.

    Attributes:
        asked: Questions that got an answer.
        revisions: Revisions published meanwhile.
        failed: Questions that raised.
        mixed: Answers that belong to no single revision.
        seen: Different revisions that answers came from.
    """

    asked: int = 0
    revisions: int = 0
    failed: int = 0
    mixed: int = 0
    seen: set[str] = field(default_factory=set)


async def ask_while_publishing(services: Services, questions: int, publications: int) -> Toll:
    """Ask from many conversations at once while one after the other is published.

    Every third publication goes back to the revision before the last.
    """
    toll = Toll()
    marks: dict[str, str] = {}
    base, role = services.desk.base, Role(0, "uji", owner=True)

    async def publish(number: int) -> None:
        def work() -> None:
            if number % 3 == 2:
                services.desk.roll_back(role, base.number - 1)
            else:
                text = regulation(f"Juru kue tanda-{number}.", f"Pukul delapan tanda-{number}.")
                base.publish({path_of(): text}, author="uji", note=str(number))
            held = base.history.file(base.head(), path_of()) or b""
            found = _MARK.search(held.decode())
            marks[fingerprint(base.served())] = found[1] if found else ""

        await asyncio.to_thread(work)
        await services.refresh()
        toll.revisions += 1

    await publish(0)
    publishing = True
    answers: list[str] = []
    answered = asyncio.Event()

    async def asker(key: int) -> None:
        at = 0
        while publishing or len(answers) < questions:
            try:
                _, answer = await services.ask(QUESTIONS[at % len(QUESTIONS)], key)
            except Exception:
                toll.failed += 1
            else:
                answers.append(answer.plain())
            answered.set()
            at += 1

    tasks = [asyncio.create_task(asker(key)) for key in range(8)]
    for number in range(1, publications):
        # So many questions lie between two publications at least.
        wanted = questions * number // publications
        while len(answers) < wanted:
            answered.clear()
            await answered.wait()
        await publish(number)
    publishing = False
    await asyncio.gather(*tasks)
    known = set(marks.values())
    for text in answers:
        toll.asked += 1
        found = set(_MARK.findall(text))
        toll.seen |= found
        if len(found) != 1 or not found <= known:
            toll.mixed += 1
    return toll
