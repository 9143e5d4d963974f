"""A map's picture for programs that know SVG, but neither CSS variables nor dark mode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_STYLE = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)
_AT_RULE = re.compile(r"@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_DEFINITION = re.compile(r"(--[\w-]+):\s*([^;]+);?")
_USE = re.compile(r"var\((--[\w-]+)\)")
_FAMILY = r'(?:"[^"]*"|[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*)'
_FAMILIES = re.compile(rf"(?<=[ :]){_FAMILY}(?:, ?{_FAMILY})*, ?(sans-serif|serif)")
_FONT = re.compile(r"\bfont: (\w+) ([\d.]+px)(?:/[\d.]+)? ([^;]+);")
_OPENING = re.compile(r"<svg ([^>]*?) width=\"[\d.]+\" height=\"[\d.]+\" viewBox=\"[^\"]*\"")
_SCALE = re.compile(r'<path class="scale"[^>]*/>\s*<text class="small"[^>]*>[^<]*</text>')
_FRAME = re.compile(r'<clipPath id="[^"]*"><rect width="([\d.]+)" height="([\d.]+)"/>')


def flat_picture(svg: str, fonts: Mapping[str, str], *, bare: bool = False) -> str:
    """A static picture in its light colours, with every variable in its style put in place.

    `fonts` leads from `serif` and `sans-serif` to the family to use. A bare picture is the map
    alone: what stands below its frame, the key and the small print, is cut off, and its scale too,
    which would not survive that a card shows a part of it.
    """
    svg = _STYLE.sub(lambda match: _flat_style(match[0], fonts), svg, count=1)
    frame = _FRAME.search(svg)
    if bare and frame is not None:
        width, height = frame[1], frame[2]
        size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        svg = _SCALE.sub("", svg, count=1)
        svg = _OPENING.sub(lambda match: f"<svg {match[1]} {size}", svg, count=1)
    return svg


def _flat_style(css: str, fonts: Mapping[str, str]) -> str:
    rules = [(match[1].strip(), match[2]) for match in _RULE.finditer(_AT_RULE.sub("", css))]
    everywhere: dict[str, str] = {}
    scoped: dict[str, list[tuple[str, str]]] = {}
    for selector, body in rules:
        for name, value in _DEFINITION.findall(body):
            if selector == ".ink":
                everywhere[name] = value.strip()
            else:
                scoped.setdefault(name, []).append((selector, value.strip()))
    flat = "\n".join(_flat_rules(rules, everywhere, scoped))
    flat = _FAMILIES.sub(lambda match: f'"{fonts[match[1]]}"', flat)
    return _FONT.sub(r"font-weight: \1; font-size: \2; font-family: \3;", flat)


def _flat_rules(
    rules: list[tuple[str, str]],
    everywhere: Mapping[str, str],
    scoped: Mapping[str, list[tuple[str, str]]],
) -> Iterator[str]:
    for selector, body in rules:
        if ":root" in selector or not _DEFINITION.sub("", body).strip():
            continue
        plain = _put(body, everywhere)
        names = [name for name in _USE.findall(plain) if name in scoped]
        if not names:
            yield f"{selector} {{{plain}}}"
        for where, value in scoped[names[0]] if names else ():
            # A variable of a class: one rule for the elements that have both.
            both = ", ".join(
                f"{one.strip()}{_last_class(other)}"
                for one in selector.split(",")
                for other in where.split(",")
            )
            yield f"{both} {{{_put(plain, {**everywhere, names[0]: _put(value, everywhere)})}}}"


def _put(text: str, values: Mapping[str, str]) -> str:
    return _USE.sub(lambda match: values.get(match[1], match[0]), text)


def _last_class(selector: str) -> str:
    return f".{selector.strip().rpartition('.')[2]}"
