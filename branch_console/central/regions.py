"""What staff of other branches are told of where something was given: a region, not a branch."""


def region_of(code: str, region: str) -> str:
    """The region of a branch: as the administrator said (column `region`), else its code without the number."""
    return region or code.rstrip("0123456789") or code
