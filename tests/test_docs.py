"""What the repository says about itself is so."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from briefsite.check.modeline import modeline
from briefsite.cli import main
from briefsite.data.reference import reference_pages, renew
from briefsite.load import Kind
from briefsite.model.schema import FILES, IDS, ids_schema, json_schema

ROOT = Path(__file__).parents[1]
HOME = "docs/"
PROBLEMS = "problems.schema.json"
REFERENCE = reference_pages(ROOT / "macros")
# Put together, so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com")
MACHINE = re.compile(r"(?<![\w.:/<])/(?:home|work|root|Users|tmp|mnt)/[\w.-]+")


@functools.cache
def tracked() -> tuple[Path, ...]:
    """Every file that is in the repository, or would be with the next commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git repository")
    names = [name for name in listed.decode().split("\0") if name]
    return tuple(path for name in names if (path := ROOT / name).is_file())


def texts() -> list[tuple[str, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


@pytest.mark.parametrize("name", FILES)
def test_schema_is_what_the_records_say(name: str) -> None:
    path = ROOT / "schemas" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == json_schema(name), "run `make schema`"


@pytest.mark.parametrize("name", REFERENCE)
def test_reference_page_is_what_the_code_says(name: str) -> None:
    text = (ROOT / "docs" / "authors" / name).read_text(encoding="utf-8")
    assert text == renew(text, *REFERENCE[name]), "run `make schema`"


def test_a_reference_page_needs_its_heading() -> None:
    with pytest.raises(ValueError, match="no heading '## The rules'"):
        renew("# Rules\n\nThe rules.\n", "## The rules", "body")


def test_there_are_no_other_schemas() -> None:
    names = {path.name for path in (ROOT / "schemas").iterdir()}
    assert names == {IDS, PROBLEMS, *(f"{name}.schema.json" for name in FILES)}


def test_the_committed_list_of_ids_is_empty() -> None:
    """The list of this copy may be filled in, out of git's sight."""
    command = ["git", "show", f":schemas/{IDS}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode:
        pytest.skip("not a git repository")
    assert run.stdout == ids_schema()


@pytest.mark.parametrize(
    "path",
    [*(ROOT / "briefs").rglob("*.yaml"), *(ROOT / "maps").glob("*.yaml")],
    ids=lambda path: path.name,
)
def test_every_file_names_its_schema_in_its_first_line(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    kind: Kind = (
        "map" if name.startswith("maps/") else "registry" if "/registry/" in name else "brief"
    )
    with path.open(encoding="utf-8") as file:
        assert file.readline().rstrip("\n") == modeline(kind, name)


MARKDOWN = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_make_targets_exist(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.* ## ", makefile, re.MULTILINE))
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"(?:^|`)(?:[A-Z_]+=\S+ )*make ([a-z -]+?)(?:`|\s+#|$)", text, re.MULTILINE)
    assert {word for words in named for word in words.split()} <= targets


def test_readme_opens_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```sh\n(.*?)```", readme, re.DOTALL)
    assert block is not None
    assert re.findall(r"^make (\w+)", block[1], re.MULTILINE) == ["site", "test"]


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_local_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^(```|~~~).*?^\1", "", text, flags=re.DOTALL | re.MULTILINE)
    links = re.findall(r"\]\(\s*<?([^)\s>]+)", re.sub(r"`[^`\n]*`", "", text))
    links += re.findall(r'(?:href|src)="([^"]+)"', text)
    for link in links:
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        found = (path.parent / target).resolve() if target else path
        assert found.exists() or is_generated(path, target), f"{link} leads nowhere"
        if anchor and found.suffix == ".md" and found.exists():
            assert anchor in anchors(found), f"{link}: there is no such heading"


def is_generated(path: Path, target: str) -> bool:
    """Whether a link from a page in docs/ leads to a generated page, which the build checks."""
    if not path.is_relative_to(ROOT / "docs"):
        return False
    name = (path.parent / target).resolve().relative_to(ROOT / "docs").as_posix()
    if name == "llms.txt" or re.fullmatch(r"data/(library|brief\.schema)\.[a-z.]+", name):
        return True
    if not name.endswith(".md"):
        return False
    kind, _, slug = name.removesuffix(".md").rpartition("/")
    if slug in ("index", "timeline", "positions", "corrections", "atlas"):
        return True
    if kind == "briefs":
        return (ROOT / "briefs" / f"{slug}.yaml").is_file()
    return kind in ("sources", "actors", "places", "agreements")


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


def test_a_publication_begins_without_the_briefs_that_come_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what the README leaves there of them, a first brief is all that is missing."""
    for name in ("docs", "macros", "maps/basemap"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    settings = (ROOT / "briefs/registry/publication.yaml").read_text(encoding="utf-8")
    kept = [line for line in settings.splitlines() if not line.startswith("  front_map:")]
    (tmp_path / "briefs/registry").mkdir(parents=True)
    (tmp_path / "briefs/registry/publication.yaml").write_text("\n".join(kept), encoding="utf-8")
    assert main(["--root", str(tmp_path), "check", "--no-cache"]) == 1
    said = capsys.readouterr().out
    assert re.findall(r"error: .* \[([a-z-]+)\]", said) == ["no-briefs"], said


def test_no_file_names_a_package_registry() -> None:
    found = [(name, host) for name, text in texts() for host in REGISTRIES if host in text]
    assert found == []


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [
        (name, match.group())
        for name, text in texts()
        if not name.endswith((".topojson", ".lock"))
        for match in MACHINE.finditer(text)
    ]
    assert found == []


def test_every_test_that_a_promise_names_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promised = text[text.index("## How it is tested") :]
    paths = re.findall(r"`((?:tests|\.ci)/[\w./]+)`", promised)
    assert len(paths) > 10
    assert [path for path in paths if not (ROOT / path).exists()] == []
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")
    )
    names = re.findall(r"`(test_\w+)`", promised)
    assert names
    assert [name for name in names if f"def {name}(" not in code] == []
