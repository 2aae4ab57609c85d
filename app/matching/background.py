"""Common problems beside the obstacles of a small call.

How sure a match is, shows against what else the offer could be for: an offer of language lessons beside the
one obstacle "schulden" looks nearer than it is. What a call has too few of, the thesaurus gives.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from app.domain.thesaurus import Thesaurus

LEAST_NEEDS = 40
MARK = "~"


def with_background(needs: Mapping[str, str], thesaurus: Thesaurus) -> dict[str, str]:
    """The needs, and common problems under ids that begin with MARK until there are LEAST_NEEDS."""
    said = {text.casefold() for text in needs.values()}
    names = [name for name in common_problems(thesaurus) if name.casefold() not in said]
    missing = max(0, LEAST_NEEDS - len(needs))
    return {**needs, **{f"{MARK}{place}": name for place, name in enumerate(names[:missing])}}


def common_problems(thesaurus: Thesaurus) -> list[str]:
    """Names of what most kinds of help are for, one of each life domain in turn."""
    helped = Counter(id for one in thesaurus.concepts.values() for id in one.helps)
    by_domain: dict[str, list[str]] = defaultdict(list)
    for id, _ in sorted(helped.items(), key=lambda pair: (-pair[1], pair[0])):
        if id in thesaurus.concepts:
            by_domain[thesaurus.domain(id)].append(thesaurus.concepts[id].name)
    turns = [(place, domain) for domain, names in by_domain.items() for place in range(len(names))]
    return [by_domain[domain][place] for place, domain in sorted(turns)]
