"""The templates and files of a theme, as MkDocs looks for them."""

from __future__ import annotations

import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.exceptions import PluginError
from mkdocs.theme import Theme

_OURS = Path("assets", "briefsite", "briefsite.css")


class _Shown(FileSystemLoader):
    """Finds all that there is, and lists nothing that is hidden."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for root in self.searchpath:
            for folder, below, names in os.walk(root):
                below[:] = [name for name in below if not name.startswith(".")]
                found.update(Path(folder, name).relative_to(root).as_posix() for name in names)
        return sorted(found)


def refuse_theme(theme: Theme) -> None:
    """Pages need Material and what lies over it. Raises PluginError where either is missing."""
    if theme.name != "material" or not any((Path(path) / _OURS).exists() for path in theme.dirs):
        raise PluginError(
            "pages need their theme: have `name: material` and `custom_dir: src/briefsite/theme` "
            "below `theme:` in mkdocs.yml, or a folder of your own with what is in that one"
        )


def list_shown(theme: Theme) -> None:
    """Have a theme list what can be published: Material hides ten thousand icons, and MkDocs would
    look at the name of each."""
    make = theme.get_env

    def get_env() -> Environment:
        env = make()
        env.loader = _Shown(theme.dirs)
        return env

    vars(theme)["get_env"] = get_env
