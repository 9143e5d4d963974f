"""What a build writes, until it takes the place of the site before.

However a build makes its files, it ends in this way: all is found to be there, is listed, and put
in place in one step. Until then, and if it fails, the site that is there stands as it was.
"""

from __future__ import annotations

from pathlib import Path

from briefsite.cache.survey import Survey, state_of, survey
from briefsite.publish import OFFLINE_COPY
from briefsite.site.assembled import Site
from briefsite.site.in_place import InPlace
from briefsite.site.manifest import NAME as MANIFEST
from briefsite.site.spare import Double
from briefsite.site.swap import Building, former, publish_folder, replace_folder
from briefsite.site.verify import verify
from briefsite.site.write import Writer


class Output:
    """The folder that a build writes into, beside the one that it is to replace.

    It has to be closed: what has not been put in place by then is removed.
    """

    def __init__(self, target: Path, in_place: InPlace | None = None) -> None:
        """What would be the same is linked from what is `in_place`, which is closed with it.

        Raises OSError.
        """
        self.target = target
        self.in_place = in_place
        self._building = Building(target)
        self._double: Double | None = None
        self._is_over = False

    @property
    def folder(self) -> Path:
        """Where it is until it is put in place."""
        return self._building.folder

    def link(self) -> None:
        """Link what is in place, where nothing is yet."""
        if self.in_place is not None:
            self.in_place.link(self._building)

    def double(self) -> None:
        """Begin to make a spare folder for the next build, if most of this one was not in place,
        which then becomes that; nothing but the manifest is written from here on."""
        if self.in_place is not None and not self.in_place.is_shared:
            self._double = Double(self.folder, self.target)

    def missing(self, site: Site, writer: Writer, found: Survey) -> list[str]:
        """What of a site is not there as it was written, in words."""
        return sorted({*verify(self.folder, site, writer.placed, found), *writer.missing})

    def describe(self, manifest: bytes, found: Survey) -> Survey:
        """Write the manifest of what was `found`; gives that, and the manifest."""
        path = self.folder / MANIFEST
        path.write_bytes(manifest)
        if self._double is not None and self._double.settle():
            return survey(self.folder)
        return {**found, MANIFEST: state_of(path.lstat())}

    def put_in_place(self, *, online: bool = False) -> bool:
        """Have it take its place; tells whether all files of it are in the state they were in.

        What is `online` outlasts the machine, and can be put back. Raises OSError; UnsettledError
        if it is in place, and the disk may not hold it.
        """
        is_as_found, keep = True, self._replaces_an_edition(online=online)
        if online:
            publish_folder(self.folder, self.target, keep=keep)
        else:
            shared = self.in_place is not None and self.in_place.is_shared
            is_as_found = replace_folder(
                self.folder, self.target, keep=keep, lay_by=shared and not keep
            )
        self._is_over = True
        self._building.close()
        if self._double is not None:
            self._double.lay_by()
        return is_as_found

    def _replaces_an_edition(self, *, online: bool) -> bool:
        """Whether what is in place is kept, to be put back.

        What was published is, unless it is published again as it is; anything else only as long as
        it takes the place of no such edition.
        """
        if is_published(self.target):
            return not _is_same(self.target / MANIFEST, self.folder / MANIFEST)
        return online and not former(self.target).exists()

    def found_in_place(self) -> Survey:
        """What is there now; nothing if another build puts its own there."""
        try:
            return survey(self.target)
        except OSError:
            return {}

    def close(self) -> None:
        """Wait until nobody works in it, and remove it, unless it is in place."""
        if self.in_place is not None:
            self.in_place.close()
        if self._double is not None:
            self._double.close()
        if not self._is_over:
            self._building.discard()
            self._is_over = True


def is_published(site: Path) -> bool:
    """Whether a site was published, and not only built."""
    return (site / OFFLINE_COPY).exists()


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False
