"""SVG as text: elements whose attributes and texts are escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

Value = str | float


def element(name: str, *inside: str, **attributes: Value | None) -> Markup:
    """An element; `cls` is its class, `_` in a name a hyphen, and None leaves an attribute out.

    What is `inside` is escaped unless it is markup.
    """
    opening = [name]
    for key, value in attributes.items():
        if value is not None:
            written = "class" if key == "cls" else key.replace("_", "-")
            shown = shortest(value) if isinstance(value, float) else escape(value)
            opening.append(f'{written}="{shown}"')
    start = " ".join(opening)
    if not inside:
        return Markup(f"<{start}/>")  # noqa: S704
    return Markup(f"<{start}>{joined(inside)}</{name}>")  # noqa: S704


def joined(parts: Iterable[str]) -> Markup:
    # `Markup.join` makes markup once more of each that is.
    return Markup("".join([part if type(part) is Markup else escape(part) for part in parts]))  # noqa: S704 - escaped


def shortest(number: float) -> str:
    """A number of pixels or of percent, to a tenth."""
    words = f"{number:.1f}".removesuffix(".0")
    return "0" if words == "-0" else words


def percent(value: float) -> str:
    return f"{shortest(value)}%"


def line(cls: str, x: float, y: float, to_x: float, to_y: float) -> Markup:
    """A straight line; `x` and `to_x` are percent."""
    across = f'x1="{percent(x)}" x2="{percent(to_x)}"'
    down = f'y1="{shortest(y)}" y2="{shortest(to_y)}"'
    return Markup(f'<line class="{cls}" {across} {down}/>')  # noqa: S704 - numbers


def text(words: str, x: Value, y: float, *, cls: str = "", anchor: str | None = None) -> Markup:
    """A line of text with its baseline at `y`."""
    return element("text", words, cls=cls or None, x=x, y=y, text_anchor=anchor)
