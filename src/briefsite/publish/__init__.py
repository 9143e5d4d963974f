"""What is put online beside the pages: card pictures, paper, a copy to take along, small files."""

from briefsite.publish.cache import Cache
from briefsite.publish.inspect import faults
from briefsite.publish.offline import NAME as OFFLINE_COPY
from briefsite.publish.policy import unsealed
from briefsite.publish.press import Card, Press, Printed
from briefsite.publish.typeset import PublishError

__all__ = [
    "OFFLINE_COPY",
    "Cache",
    "Card",
    "Press",
    "Printed",
    "PublishError",
    "faults",
    "unsealed",
]
