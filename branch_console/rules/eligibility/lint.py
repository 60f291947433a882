"""What is wrong with a campaign file, each finding with its line: `lint(text, file)`.

A finding is a code with parameters; its words are in the catalogues under `gift.lint.<code>`. Errors forbid the
campaign, warnings want a person's look. Names: `Problem`, `lint`.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.items import ItemTable
from branch_console.rules.eligibility.lint_base import Finding, Severity
from branch_console.rules.eligibility.lint_group import group_findings
from branch_console.rules.eligibility.lint_offline import offline_findings
from branch_console.rules.eligibility.lint_rule import rule_findings
from branch_console.rules.eligibility.lint_schema import forbidden_findings, read_findings
from branch_console.rules.eligibility.lint_terms import terms_findings
from branch_console.rules.toml_lines import locate

_NAME = re.compile(r"(.+)\.v([0-9]+)\.toml")
_TOML_LINE = re.compile(r"at line ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `line` counts from 1; `key` is the dotted path, as written in the file."""

    line: int
    key: str
    code: str
    severity: Severity
    params: dict[str, str | int] = field(default_factory=dict)


def lint(text: str, file: str, *, others: Iterable[Campaign] = (), items: ItemTable | None = None) -> list[Problem]:
    """All findings, in the order of the file.

    `others` are the campaigns that exist already (any versions of this one included), `items` the gift items; without
    them SKUs are not looked up. Never raises.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        return [Problem(line, "", "not_toml", "error", {"problem": str(error)})]
    campaign, findings = read_findings(raw)
    findings += forbidden_findings(raw)
    if campaign is not None:
        findings += _file_findings(campaign, file)
        findings += rule_findings(campaign)
        findings += terms_findings(campaign, items)
        findings += offline_findings(campaign)
        findings += group_findings(campaign, list(others))
    return _placed(text, findings)


def errors(problems: Sequence[Problem]) -> list[Problem]:
    """Those that forbid the campaign."""
    return [each for each in problems if each.severity == "error"]


def _file_findings(campaign: Campaign, file: str) -> list[Finding]:
    """The name of the file says id and version."""
    name = _NAME.fullmatch(file.replace("\\", "/").rpartition("/")[2])
    if name is None or (name[1], int(name[2])) == (campaign.id, campaign.version):
        return []
    key = "id" if name[1] != campaign.id else "version"
    return [Finding((key,), "file_name", {"expected": f"{campaign.id}.v{campaign.version}.toml"})]


def _placed(text: str, findings: list[Finding]) -> list[Problem]:
    """With lines, in order, each finding once; what is about a forbidden fact is not also called an unknown key."""
    forbidden = {each.path for each in findings if each.code == "forbidden_fact"}
    kept = [each for each in findings if each.code == "forbidden_fact" or each.path not in forbidden]
    problems = [
        Problem(locate(text, each.path), ".".join(map(str, each.path)), each.code, each.severity, each.params)
        for each in kept
    ]
    unique = {(each.line, each.key, each.code): each for each in problems}
    return [unique[place] for place in sorted(unique)]
