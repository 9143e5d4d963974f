"""What stands against the claims of a judgement: what one party says stands together."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from briefsite.check import check_tree
from briefsite.load import load_tree
from briefsite.site import Project, assemble

ROOT = Path(__file__).parents[2]


def against(page: str, judgement: str) -> list[str]:
    """The parties whose words stand against a judgement's claims, in order."""
    (judgements,) = re.findall(r'<section class="bs-judgements".*?</section>', page, re.DOTALL)
    part = judgements.partition(f'id="{judgement}"')[2].partition("</details>")[0]
    return re.findall(r'<li>Against .*?actors/([a-z0-9-]+)/">', part)


def test_what_one_party_says_against_a_judgement_stands_together() -> None:
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    entry = library.briefs["energy-ties"]
    page = assemble(Project(ROOT), library).page_at["briefs/energy-ties.md"].body
    several = 0
    for judgement in entry.record.judgements:
        wanted = [c.by for key in judgement.claims for c in library.claims[key].contested]
        found = against(page, judgement.id)
        assert sorted(found) == sorted(filter(None, wanted))
        assert len([*groupby(found)]) == len(set(found))
        several += len(found) > len(set(found))
    assert several


def test_whoever_denies_a_charge_stands_against_it() -> None:
    """A number in blue would say that nobody disagrees."""
    library = check_tree(load_tree(ROOT)).library
    assert library is not None
    site = assemble(Project(ROOT), library)
    only_denied = denied_and_contested = 0
    for entry in library.briefs.values():
        page = site.page_at[f"briefs/{entry.id}.md"].body
        for judgement in entry.record.judgements:
            found = against(page, judgement.id)
            for claim in (library.claims[key] for key in judgement.claims):
                if claim.response is None or claim.response.kind != "denial":
                    continue
                assert claim.is_contested
                assert claim.response.by in found
                only_denied += not claim.contested
                denied_and_contested += claim.response.by in {c.by for c in claim.contested}
    assert only_denied
    assert denied_and_contested
