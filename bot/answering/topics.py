"""Carries a conversation over to a newer state of the knowledge."""

from dataclasses import replace

from bot.answering.answer import Topic
from bot.knowledge.model import Snapshot
from bot.regions.whatif import Figures


def carried_over(topic: Topic, snapshot: Snapshot) -> Topic:
    """Drop from a topic what a snapshot does not hold (any more)."""
    regulation = topic.regulation if topic.regulation in snapshot.regulations else ""
    regions = tuple(code for code in topic.regions if code in snapshot.regions)
    province = topic.asked.scope.province if topic.asked else ""
    same_places = regions == topic.regions and (not province or province in snapshot.regions)
    scenario = topic.scenario
    if isinstance(scenario, Figures) and scenario.source not in snapshot.sources:
        scenario = None
    return replace(
        topic,
        regulation=regulation,
        locator=topic.locator if regulation or not topic.regulation else "",
        indicator=topic.indicator if topic.indicator in snapshot.indicators else None,
        regions=regions,
        asked=topic.asked if same_places else None,
        cited=tuple(
            c
            for c in topic.cited
            if c.source in snapshot.regulations or c.source in snapshot.sources
        ),
        scenario=scenario,
        events=tuple(e for e in topic.events if e in {d.id for d in snapshot.deadlines}),
        revision=snapshot.revision,
    )
