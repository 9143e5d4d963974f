"""Whatever was edited, a build that uses again what was made before gives what a cold one gives."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.engine.test_preview import BRIEF, EDITS, REGISTRY, Edit, replaced
from tests.seeds import seeds

from briefsite.cache.store import Store
from briefsite.check import Parts, check_project, check_tree
from briefsite.engine.run import build
from briefsite.load import load_tree
from briefsite.site import Project, Reuse, Site, assemble
from briefsite.site.assemble import Assembler

URL = "https://example.org/"
TESTS = Path(__file__).parents[1]
PERSIAN = TESTS / "projects" / "persian"
OVERLAYS = [
    TESTS / "golden" / name / "input"
    for name in ("hostile-text", "contested-and-overtaken", "drafts-and-withdrawals")
]
TRANSLATION, CATALOGUE = "briefs/sample.fa.yaml", "languages/fa.po"


def another(root: Path, number: int) -> None:
    """A brief more, or less, whatever its name is."""
    renamed = root / "briefs/renamed.yaml"
    if renamed.exists():
        renamed.unlink()
    else:
        EDITS["another brief"](root, number)


def renamed(root: Path, number: int) -> None:
    """A brief under another name, and back."""
    names = [root / "briefs/another.yaml", root / "briefs/renamed.yaml"]
    for here, there in (names, names[::-1]):
        if here.exists():
            here.rename(there)
            return


def translated(root: Path, number: int) -> None:
    """A translation less, or the same once more."""
    path = root / TRANSLATION
    if path.exists():
        path.unlink()
    else:
        shutil.copyfile(PERSIAN / TRANSLATION, path)


def retold(root: Path, number: int) -> None:
    """A translation that says it otherwise."""
    if (root / TRANSLATION).exists():
        # It may have no number that the original has not.
        replaced(TRANSLATION, r"^title: .*", f"title: گزارش{' تازه' * number}")(root, number)


CORRECTION = """schema: 1
corrections:
  - id: build-year
    source: ministry-report
    locator: p. 3
    kind: number
    severity: low
    says: The report says that it was announced in March, N.
    problem: It was announced in February.
    evidence: The announcement itself.
    claims: [pipeline-announced]
    sources:
      - {source: ministry-report, locator: p. 12, seen: 2024-02-01}
    handling: The brief gives February.
"""


def corrected(root: Path, number: int) -> None:
    """A correction of a claim comes, says something else, or goes."""
    path = root / "briefs/registry/corrections.yaml"
    if path.exists() and number % 3 == 0:
        path.unlink()
    else:
        path.write_text(CORRECTION.replace("N", str(number)), encoding="utf-8")


def put_back(root: Path, number: int) -> None:
    """A component is edited, or is again what it was at first."""
    path, mark = root / "macros/components/card.html.j2", "{# edited #}\n"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(mark, "") if mark in text else mark + text, encoding="utf-8")


def unknown(root: Path, number: int) -> None:
    """Another thing that the sources do not say."""
    path = root / BRIEF
    text = re.sub(r"\nunknowns: .*", "", path.read_text(encoding="utf-8").rstrip())
    said = "x" * number
    path.write_text(
        f"{text}\nunknowns: [Who asked for it is not known {said}.]\n", encoding="utf-8"
    )


MORE: dict[str, Edit] = {
    **EDITS,
    "correction": corrected,
    "put back": put_back,
    "sentence": replaced(BRIEF, r"The ministry (?:soon )*announced", "The ministry soon announced"),
    "term": replaced(REGISTRY, r"description: Pipelines.*", "description: Pipelines, N."),
    "another brief": another,
    "renamed": renamed,
    "lines": replaced(REGISTRY, r"\A", "# N\n"),
    "reviewed": replaced(BRIEF, r"^reviewed: .*", "reviewed: 2024-05-1N"),
    "unknown": unknown,
    "grade": replaced(REGISTRY, r"stance: .*", "stance: Speaks for a ministry, N."),
    "translation": translated,
    "retold": retold,
    "catalogue": replaced(CATALOGUE, r'^msgstr "بازیگران.*"', 'msgstr "بازیگران N"'),
}
OF_THE_ENGINE = {"settings", "style", "theme"}


@pytest.fixture
def project(lay_out: Callable[..., Path], tmp_path: Path) -> Path:
    """A project in two languages, with a theme of its own."""
    root = lay_out(tmp_path / "whole", PERSIAN)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    theme = text.split("custom_dir: ")[1].split("\n")[0]
    shutil.copytree(theme, root / "theme")
    (root / "mkdocs.yml").write_text(text.replace(theme, "theme"), encoding="utf-8")
    return root


def contents(site: Site) -> dict[str, object]:
    """Everything that a site adds to an engine's own files."""
    for name in site.drawn.known:  # first, as a build does: pages look at maps
        site.drawn[name]
    pages = {page.source: (page.body, page.front_matter()) for page in site.pages}
    return {**pages, **{name: site.docs[name] for name in site.docs}, **dict(site.files)}


def warm(root: Path, cache: Path) -> tuple[dict[str, object], Mapping[str, bool]]:
    """A site from a cache, and which of its pieces were taken from there."""
    store = Store(cache, root)
    reuse = reuse_of(root, store)
    site = Assembler(Project(root)).assemble(reuse.library.whole, site_url=URL, reuse=reuse)
    names = [*(page.source for page in site.pages), *site.files.known]
    kept = {name: reuse.is_kept(name) for name in names}
    found = contents(site)
    reuse.save()
    store.save()
    store.close()
    return found, kept


def reuse_of(root: Path, store: Store) -> Reuse:
    checked = check_project(root, Parts(store))
    assert checked.library is not None, checked.problems
    return Reuse(Project(root), store, checked, (URL,))


def cold(root: Path) -> dict[str, object]:
    library = check_tree(load_tree(root)).library
    assert library is not None
    return contents(assemble(Project(root), library, site_url=URL))


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return sorted(n for n in {*one, *other} if one.get(n) != other.get(n))


@pytest.mark.parametrize("seed", seeds(2))
def test_after_any_edits_everything_is_as_a_cold_build_makes_it(
    seed: int, project: Path, tmp_path: Path
) -> None:
    chance, taken = random.Random(seed), 0
    edits = sorted(MORE.keys() - OF_THE_ENGINE)
    for number in range(1, 8):
        done = chance.sample(edits, chance.choice((1, 2, 3)))
        for name in done:
            MORE[name](project, number)
        found, kept = warm(project, tmp_path / "cache")
        taken += sum(kept.values())
        assert differing(found, cold(project)) == [], f"after {done}"
    assert taken > 10


def test_every_kind_of_record_with_hostile_text(
    lay_out: Callable[..., Path], tmp_path: Path
) -> None:
    root = lay_out(tmp_path / "project", *OVERLAYS)
    wanted = cold(root)
    first, kept = warm(root, tmp_path / "cache")
    assert not any(kept.values())
    assert differing(first, wanted) == []
    again, kept = warm(root, tmp_path / "cache")
    assert differing(again, wanted) == []
    made = {name for name, is_kept in kept.items() if not is_kept}
    # What tells of everything is not kept; neither is what is at hand in a moment.
    assert "briefs/sample.md" not in made
    assert len(made) < len(kept) / 3, sorted(made)


def test_of_everything_it_can_be_told_what_it_is_made_from(
    lay_out: Callable[..., Path], tmp_path: Path
) -> None:
    """What holds something that has no fingerprint would be made again by each build."""
    root = lay_out(tmp_path / "project", *OVERLAYS, PERSIAN)
    store = Store(tmp_path / "cache", root)
    reuse = reuse_of(root, store)
    Assembler(Project(root)).assemble(reuse.library.whole, site_url=URL, reuse=reuse)
    assert reuse.untold == []
    store.close()


def test_an_edit_touches_what_shows_it(project: Path, tmp_path: Path) -> None:
    MORE["another brief"](project, 1)
    warm(project, tmp_path / "cache")
    MORE["claim"](project, 1)
    _, kept = warm(project, tmp_path / "cache")
    assert not kept["briefs/sample.md"]
    assert not kept["briefs/sample/fa.md"]
    assert not kept["data/sample.json"]
    assert kept["data/another.json"]
    MORE["retold"](project, 1)
    _, kept = warm(project, tmp_path / "cache")
    assert not kept["briefs/sample/fa.md"]
    assert not kept["data/sample.fa.json"]
    assert kept["briefs/another.md"]


def test_a_sentence_leaves_alone_what_tells_no_more_than_what_its_brief_is_called(
    project: Path, tmp_path: Path
) -> None:
    warm(project, tmp_path / "cache")
    MORE["sentence"](project, 1)
    _, kept = warm(project, tmp_path / "cache")
    assert not any(kept[name] for name in ("briefs/sample.md", "data/library.json"))
    named = ("timeline.md", "actors/alphaland.md", "sources/ministry-report.md")
    assert [name for name in named if not kept[name]] == []


def test_a_cache_that_was_tampered_with_gives_nothing(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    warm(project, cache)
    for path in (cache / "site").glob("*/*.pack"):
        path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))
    found, kept = warm(project, cache)
    assert not any(kept.values())
    assert differing(found, cold(project)) == []


def test_a_macro_that_is_edited_during_a_build_is_not_kept_under_its_old_name(
    project: Path, tmp_path: Path
) -> None:
    store = Store(tmp_path / "cache", project)
    reuse = reuse_of(project, store)
    before = (project / "macros/pages/timeline.html.j2").read_bytes()
    MORE["page macro"](project, 1)
    contents(Assembler(Project(project)).assemble(reuse.library.whole, site_url=URL, reuse=reuse))
    reuse.save()
    store.save()
    store.close()
    (project / "macros/pages/timeline.html.j2").write_bytes(before)
    assert not any(warm(project, tmp_path / "cache")[1].values())


def test_nothing_is_kept_of_a_program_that_is_edited_while_it_builds(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What runs it is asked once, and once more at the end."""
    reuse = reuse_of(project, Store(tmp_path / "cache", project))
    assert reuse.is_as_it_was()
    monkeypatch.setattr("briefsite.cache.inputs._PACKAGE", tmp_path)
    assert not reuse.save()


def test_a_build_that_fails_keeps_nothing_wrong(project: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    warm(project, cache)
    macro = project / "macros/pages/brief.html.j2"
    before = macro.read_text(encoding="utf-8")
    macro.write_text(before + "{{ no_such_name }}", encoding="utf-8")
    assert build(project, cache=cache) == 1
    macro.write_text(before, encoding="utf-8")
    assert differing(warm(project, cache)[0], cold(project)) == []


def files(site: Path) -> dict[str, bytes]:
    paths = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def test_what_is_undone_leaves_nothing_in_the_frames(project: Path, tmp_path: Path) -> None:
    macro, cache = project / "macros/pages/brief.html.j2", tmp_path / "cache"
    then = macro.read_text(encoding="utf-8")
    assert build(project, cache=cache) == 0
    before = files(project / "site")
    macro.write_text(then.replace('_("Figures")', '_("Numbers")'), encoding="utf-8")
    assert build(project, cache=cache) == 0
    macro.write_text(then, encoding="utf-8")
    assert build(project, cache=cache, drafts=True) == 0
    assert build(project, cache=cache) == 0
    assert differing(before, files(project / "site")) == []


@pytest.mark.parametrize("seed", seeds(1))
def test_a_whole_build_is_that_of_a_cold_one_elsewhere(
    seed: int, project: Path, tmp_path: Path
) -> None:
    """Manifest and all."""
    chance, cache = random.Random(seed), tmp_path / "cache"
    assert build(project, cache=cache) == 0
    for number in range(1, 4):
        for name in chance.sample(sorted(MORE), 4):
            MORE[name](project, number)
        assert build(project, cache=cache) == 0
        elsewhere = tmp_path / f"elsewhere-{number}"
        shutil.copytree(project, elsewhere, ignore=shutil.ignore_patterns("site"))
        assert build(elsewhere) == 0
        assert differing(files(project / "site"), files(elsewhere / "site")) == []
