"""What the maps' scripts say, which a page in another language than English carries."""

from __future__ import annotations

from briefsite.languages import N_, Language

SCRIPTS = (
    N_("%(status)s as of %(date)s"),
    N_("Position %(accuracy)s."),
    N_("Drawn schematically."),
    N_("All about %(name)s"),
    N_("All times"),
    N_("Map: %(title)s"),
    N_("Copied."),
    N_("Selected: copy it with your keyboard."),
    N_("Zoom in"),
    N_("Zoom out"),
    N_("Show the whole map"),
    N_("Full screen"),
    N_("%(number)s here"),
    N_("%(number)s here: %(names)s"),
    N_("%(number)s here: %(names)s and %(rest)s more"),
    N_("Zoom in on them"),
)
"""What they say, in the order of the files."""


def script_words(language: Language) -> dict[str, str]:
    """Message → translation, of those that have one."""
    known = language.messages.single
    return {message: known["", message] for message in SCRIPTS if ("", message) in known}
