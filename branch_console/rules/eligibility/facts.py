"""Facts about a customer and a campaign: a value, when it was true, and who says so.

Names: `Fact`, `Source`, `Raw` (name → Fact).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

# central's books; this terminal's own journal; the list of claims (a filter: "true" means maybe); seen on a phone (a
# list: some of it, there may be more); central's list, and what was seen on a phone since (`as_of`: central's)
Source: TypeAlias = Literal["server", "local", "filter", "attested", "seen_since"]


class Fact(NamedTuple):
    """One raw fact. `as_of` is aware; None: nobody knows how old it is. What `value` is, the fact's name decides."""

    value: Any
    as_of: datetime | None
    source: Source


Raw: TypeAlias = Mapping[str, Fact]
