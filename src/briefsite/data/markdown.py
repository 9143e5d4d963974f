"""A brief as one Markdown file: the whole of its page, for people and programs that read text.

Texts stay texts: whatever Markdown or HTML would act on is spelt out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from urllib.parse import quote

from briefsite.data.addresses import Addresses
from briefsite.languages import ENGLISH, N_, Language
from briefsite.model.entries import BriefEntry
from briefsite.model.library import Library
from briefsite.model.prose import Block, Prose, is_allowed_link
from briefsite.model.records import Citation, Claim, Figure, Question
from briefsite.model.sentences import Run
from briefsite.model.translations import Translated

_SPECIAL = re.compile(r"[\\`*_\[\]|~#]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SPACES = re.compile(r"\s+")
_ANY = re.compile(r"[\\`*_\[\]|~#<>&]")
_NUMBERED = re.compile(r"^(\d+)(?=[.)])")
_IN_ADDRESS = "!#$%&'()*+,-./:;=?@[]_~"


def escaped(text: str) -> str:
    """A text as Markdown that reads as the text, wherever in a line it stands."""
    return _at_start(_inline(text).strip())


def _inline(text: str) -> str:
    """A piece of text within a line; spaces at its ends are kept."""
    if text.isprintable() and "  " not in text and not _ANY.search(text):
        return text  # as nearly all are
    text = _ENTITY.sub("&amp;", _SPACES.sub(" ", text))
    return _SPECIAL.sub(r"\\\g<0>", text).replace("<", "&lt;").replace(">", "&gt;")


def _at_start(line: str) -> str:
    """A line that starts no list, heading or rule."""
    if line[:1].isdigit():
        return _NUMBERED.sub(r"\1\\", line)
    return f"\\{line}" if line.startswith(("-", "+", "=", ":")) else line


def brief_markdown(
    library: Library,
    entry: BriefEntry,
    addresses: Addresses,
    language: Language = ENGLISH,
    translated: Translated | None = None,
) -> bytes:
    """The whole of a brief; numbers in brackets are those of its claims, below.

    `language` is that of its fixed words. A translation says what it is one of.
    """
    writer = _Writer(library, entry, addresses, language, translated)
    return ("\n".join(writer.lines()) + "\n").encode()


_BASES = {
    "own-words": N_("own words"),
    "reported": N_("reported"),
    "none-found": N_("nothing found"),
}
_ANSWERS = {
    "denial": N_("denial"),
    "acceptance": N_("acceptance"),
    "no-comment": N_("no comment"),
    "none-found": N_("none found"),
}


class _Writer:
    def __init__(
        self,
        library: Library,
        entry: BriefEntry,
        addresses: Addresses,
        language: Language,
        translated: Translated | None,
    ) -> None:
        self.language = language
        self.say = language.gettext
        self.translated = translated
        self.library = library
        self.entry = entry
        self.brief = entry.record
        self.addresses = addresses
        self.address = translated.address if translated else f"briefs/{entry.id}/"
        self.claims = (*self.brief.claims, *library.claims_of_others(entry))
        self.numbers = {claim.id: number for number, claim in enumerate(self.claims, 1)}
        self.sources: dict[str, str] = {}

    def lines(self) -> Iterator[str]:
        brief, publication = self.brief, self.library.publication
        say, day = self.say, self.language.date
        yield from (f"# {escaped(brief.title)}", "")
        page = self._link(say("this brief"), self.address)
        authors = ", ".join(map(escaped, brief.authors or (publication.byline,)))
        title = escaped(publication.title)
        yield say("%(title)s: %(page)s by %(authors)s.", title=title, page=page, authors=authors)
        yield say(
            "Information cut-off %(cutoff)s, reviewed %(reviewed)s,\n"
            "review due %(due)s. Text %(licence)s.",
            cutoff=day(brief.cutoff),
            reviewed=day(brief.reviewed),
            due=day(brief.review_by),
            licence=escaped(publication.licence),
        )
        if self.translated is not None:
            yield from self._translation(self.translated)
        state = brief.state(self.library.as_of)
        if brief.withdrawn is not None:
            words = say("Withdrawn, %(date)s.", date=day(brief.withdrawn.date))
            yield from ("", f"**{words}** {escaped(brief.withdrawn.reason)}")
        elif state != "published":
            word = self.language.capital(self.language.pgettext("state", state))
            words = say("%(state)s: on no public site.", state=word)
            yield from ("", f"**{words}**")
        yield ""
        yield from self._prose(brief.summary)
        yield from self._judgements()
        for section in brief.sections:
            yield from (f"## {escaped(section.heading)}", "")
            yield from self._prose(section.prose)
        yield from self._terms()
        yield from self._questions()
        yield from self._timeline()
        yield from self._evidence()
        yield from self._end()

    def _translation(self, translated: Translated) -> Iterator[str]:
        given, say = translated.record, self.say
        yield ""
        yield say(
            "Translated by %(translator)s from the version reviewed on %(date)s.",
            translator=escaped(given.translator),
            date=self.language.date(given.original_reviewed),
        )
        if translated.missing:
            yield say("What is not translated yet is shown as it stands in the original.")
        yield self._link(say("The original"), f"briefs/{self.entry.id}/")

    def _heading(self, message: str) -> tuple[str, str]:
        return f"## {self.say(message)}", ""

    def _judgements(self) -> Iterator[str]:
        yield from self._heading(N_("Key judgements"))
        word = self.language.pgettext
        for item in self.brief.judgements:
            yield f"- {escaped(item.text)}{self._references(item.claims)}"
            words = self.say(
                "Likelihood: %(likelihood)s. Confidence: %(confidence)s.",
                likelihood=word("likelihood", item.likelihood),
                confidence=word("confidence", item.confidence.level),
            )
            yield f"  {words}"
            yield f"  {escaped(item.confidence.reason)}"
        yield ""

    def _terms(self) -> Iterator[str]:
        if self.brief.terms:
            yield from self._heading(N_("Terms"))
        for key in self.brief.terms:
            term = self.library.terms[key]
            also = ", ".join(escaped(name.name) for name in term.names)
            evidence = self._references(term.claims) + self._cited(term.sources)
            name = self._link(term.name, f"glossary/{key}/")
            yield f"- {name}{f' ({also})' if also else ''}: {escaped(term.definition)}{evidence}"
        if self.brief.terms:
            yield ""

    def _questions(self) -> Iterator[str]:
        shown = [*self.brief.positions]
        shown += [self.library.questions[key][0] for key in self.brief.questions]
        if shown:
            yield from self._heading(N_("Who says what"))
        for question in shown:
            yield from self._question(question)

    def _question(self, question: Question) -> Iterator[str]:
        yield from (f"### {escaped(question.question)}", "")
        for cell in question.cells:
            assert cell.position is not None
            assert cell.date is not None
            party = escaped(self.library.actors[cell.party].name)
            evidence = self._references(cell.claims) + self._cited(cell.sources)
            words = f"{self.say(_BASES[cell.basis])}, {self.language.date(cell.date)}"
            yield f"- **{party}** ({words}): {escaped(cell.position)}{evidence}"
        yield ""

    def _timeline(self) -> Iterator[str]:
        events = sorted(self.brief.timeline, key=lambda event: event.date.sort_key)
        if events:
            yield from self._heading(N_("Timeline"))
        for event in events:
            day = self.language.date(event.date)
            yield f"- {day}: {escaped(event.title)}{self._references(event.claims)}"
        if events:
            yield ""

    def _evidence(self) -> Iterator[str]:
        yield from self._heading(N_("Evidence"))
        for claim in self.claims:
            yield from self._claim(claim)
        yield ""
        yield from self._heading(N_("Sources"))
        for source in self.library.sources_of(self.entry):
            about = self.say(
                "%(perspective)s, grade %(grade)s",
                perspective=escaped(source.perspective),
                grade=source.grade.code,
            )
            title = f"{self._source(source.id)}: {escaped(source.title)}"
            at = f" <{source.URL}>" if source.URL else ""
            yield f"- {title} ({about}).{at} {escaped(source.stance)}"
        yield ""

    def _claim(self, claim: Claim) -> Iterator[str]:
        number, home = self.numbers[claim.id], self.library.home[claim.id]
        # Some readers of Markdown want four spaces before what belongs to an item.
        mark = f"{number}.".ljust(max(4, len(str(number)) + 2))
        pad = " " * len(mark)
        yield f"{mark}{escaped(claim.text)}"
        yield ""
        address = self._link(claim.id, f"briefs/{home}/#{claim.id}")
        yield from (f"{pad}- {line}" for line in self._facts(claim, address))
        yield ""

    def _facts(self, claim: Claim, address: str) -> Iterator[str]:
        say, word = self.say, self.language.pgettext
        yield say(
            "Claim: %(claim)s, %(kind)s, said by %(who)s, %(date)s",
            claim=address,
            kind=word("claim", claim.kind),
            who=escaped(self.library.speakers_of(claim)),
            date=self.language.date(claim.as_of),
        )
        level = word("confidence", claim.confidence.level)
        sure, from_ = say("Confidence: %(confidence)s.", confidence=level), say("Sources:")
        yield f"{sure} {escaped(claim.confidence.reason)}"
        yield f"{from_}{self._cited(claim.sources)}"
        for figure in claim.figures:
            yield say("Figure: %(figure)s", figure=self._figure(figure))
        if (found := self.library.state_of(claim.id)) != "current":
            state = word("state", found)
            if claim.status:
                stands = say("State: %(state)s", state=state)
                yield f"{stands}. {escaped(claim.status.reason)}"
            else:
                yield say("State: %(state)s with its brief", state=state)
        for contest in claim.contested:
            by = self.library.actors[contest.by].name if contest.by else say("our own check")
            evidence = self._references(contest.claims) + self._cited(contest.sources)
            who = say("Contested by %(who)s", who=escaped(by))
            yield f"{who}: {escaped(contest.position)}{evidence}"
        if claim.response is not None:
            answer = claim.response
            evidence = self._references(answer.claims) + self._cited(answer.sources)
            what = say("Answer (%(kind)s)", kind=say(_ANSWERS[answer.kind]))
            yield f"{what}: {escaped(answer.text)}{evidence}"
        if claim.note:
            yield say("Note: %(note)s", note=escaped(claim.note))

    def _end(self) -> Iterator[str]:
        brief, publication = self.brief, self.library.publication
        if brief.unknowns:
            yield from self._heading(N_("What this brief does not know"))
            yield from (f"- {escaped(item)}" for item in brief.unknowns)
            yield ""
        yield from (escaped(brief.coverage or publication.coverage), "")
        if brief.changes:
            yield from self._heading(N_("Change log"))
            yield from (
                f"- {self.language.date(item.date)}: {escaped(item.text)}" for item in brief.changes
            )
            yield ""
        yield f"{escaped(publication.funding)} {escaped(publication.map_disclaimer)}"

    def _figure(self, figure: Figure) -> str:
        language = self.language
        value = language.numerals(_number(figure.value))
        if figure.high is not None:
            high = language.numerals(_number(figure.high))
            value = self.say("%(low)s to %(high)s", low=value, high=high)
        if figure.qualifier:
            value = f"{language.pgettext('hedge', figure.qualifier)} {value}"
        words = f"{escaped(figure.measures)}, {language.date(figure.year)}"
        return f"{words}: **{value}** {escaped(figure.unit)}"

    def _prose(self, prose: Prose) -> Iterator[str]:
        for block in prose.blocks:
            yield from self._block(block)
            yield ""

    def _block(self, block: Block, number: int = 0) -> Iterator[str]:
        if block.kind == "p":
            runs = "".join(self._run(run) for s in block.sentences for run in s.runs)
            yield _at_start(runs.strip())
            return
        inner = [
            line
            for index, child in enumerate(block.children, 1)
            for line in (*self._block(child, index if block.kind == "ol" else 0), "")
        ][:-1]
        if block.kind == "blockquote":
            yield from (f"> {line}".rstrip() for line in inner)
        elif block.kind == "li":
            mark = f"{number}. " if number else "- "
            yield f"{mark}{inner[0] if inner else ''}"
            yield from (f"{' ' * len(mark)}{line}".rstrip() for line in inner[1:])
        else:
            yield from inner

    def _run(self, run: Run) -> str:
        inner = "".join(self._run(child) for child in run.children)
        match run.kind:
            case "em" | "strong":
                mark = "*" if run.kind == "em" else "**"
                return f"{mark}{inner}{mark}" if inner.strip() == inner and inner else inner
            case "link":
                return self._prose_link(run.target, inner)
            case "reference":
                return self._references(run.claims, space="")
            case "connective":
                return ""
            case "break":
                return "\\\n"
        # Behind a number in brackets, either sign would make a link of it.
        return f"\\{_inline(run.text)}" if run.text.startswith(("(", ":")) else _inline(run.text)

    def _prose_link(self, target: str, inner: str) -> str:
        if not is_allowed_link(target):
            return inner
        if ":" not in target:
            here = self.address if target.startswith("#") else ""
            target = self.addresses.nearest(f"{here}{target.lstrip('/')}", "../")
        address = quote(target, safe=_IN_ADDRESS).replace("&", "&amp;")
        return f"[{inner}](<{address}>)"

    def _references(self, claims: Sequence[str], space: str = " ") -> str:
        if not claims:
            return ""
        return f"{space}[{', '.join(map(self._number, claims))}]"

    def _number(self, claim: str) -> str:
        """The number of a claim; what only a claim of another brief names is a link."""
        if claim in self.numbers:
            return str(self.numbers[claim])
        return self._link(claim, f"briefs/{self.library.home[claim]}/#{claim}")

    def _cited(self, citations: Iterable[Citation]) -> str:
        found = [self._citation(citation) for citation in citations]
        return f" {'; '.join(found)}" if found else ""

    def _citation(self, citation: Citation) -> str:
        words = f"{self._source(citation.source)}: {escaped(citation.locator)}"
        return f"{words}, “{escaped(citation.quotation)}”" if citation.quotation else words

    def _source(self, key: str) -> str:
        """A source in short, as a link; most are cited more than once."""
        if key not in self.sources:
            label = self.library.sources[key].label
            self.sources[key] = self._link(label, f"sources/{key}/")
        return self.sources[key]

    def _link(self, text: str, path: str) -> str:
        return f"[{escaped(text)}]({self.addresses.nearest(path, '../')})"


def _number(value: float) -> str:
    text = repr(value)
    return (f"{Decimal(text):f}" if "e" in text else text).removesuffix(".0")
