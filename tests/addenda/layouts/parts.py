"""What many layouts share, only so far as real documents share it too."""

from collections.abc import Sequence

from .content import Region, Task
from .model import Block, Items, Para


def listed(names: Sequence[str], last: str = " en ") -> str:
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def group(heading: Block, texts: Sequence[str], mark: str = "•", end: str = "",
          last: str | None = None) -> list[Block]:  # fmt: skip
    """A heading with a list, or nothing at all when there is nothing to list."""
    if not texts:
        return []
    return [heading, Items(texts, mark, end, last)]


def prose(heading: Block, text: str | None) -> list[Block]:
    return [heading, Para(text)] if text else []


def told(heading: Block, paragraphs: Sequence[str]) -> list[Block]:
    return [heading, *(Para(text) for text in paragraphs)] if paragraphs else []


def personas_of(task: Task, one: str = "persona", many: str = "persona's") -> str:
    return f"{one if len(task.personas) == 1 else many} {listed(task.personas)}"


def submit_places(region: Region, link: str = " of ") -> str:
    return link.join(place for place in (region.submit_url, region.submit_email) if place)
