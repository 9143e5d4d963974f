"""What stands against the claims of a judgement: what one party says stands together."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.site import Project, assemble

ROOT = Path(__file__).parents[2]


def test_what_one_party_says_against_a_judgement_stands_together() -> None:
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    entry = library.briefs["energy-ties"]
    page = assemble(Project(ROOT), library).page_at["briefs/energy-ties.md"].body
    (judgements,) = re.findall(r'<section class="bs-judgements".*?</section>', page, re.DOTALL)
    several = 0
    for judgement in entry.record.judgements:
        part = judgements.partition(f'id="{judgement.id}"')[2].partition("</details>")[0]
        wanted = [c.by for key in judgement.claims for c in library.claims[key].contested]
        found = re.findall(r'<li>Against .*?actors/([a-z0-9-]+)/">', part)
        assert sorted(found) == sorted(filter(None, wanted))
        assert len([*groupby(found)]) == len(set(found))
        several += len(found) > len(set(found))
    assert several
