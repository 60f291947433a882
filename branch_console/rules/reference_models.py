"""Which model a document of the reference data is read into, by its folder and name under `data/reference`."""

from branch_console.rules.cases.tables import CASE_TABLES
from branch_console.rules.codes import TABLES, CodeTable, OfficialApp
from branch_console.rules.consent import Policy
from branch_console.rules.documents import Document
from branch_console.rules.eligibility.campaign import Campaign
from branch_console.rules.eligibility.items import ItemTable
from branch_console.rules.feedback.lexicon import Lexicon
from branch_console.rules.flow import Flow
from branch_console.rules.gifts.desk_rules import DeskRules
from branch_console.rules.narrative.patterns import MaskTable
from branch_console.rules.statistics.board_rules import BoardRules
from branch_console.rules.statistics.targets import Targets
from branch_console.rules.tiers import TierTable
from branch_console.rules.working_time.calendar import Calendar
from branch_console.rules.working_time.policy import Sla

_FOLDERS: dict[str, type[Document]] = {
    "flows": Flow,
    "policies": Policy,
    "wallets": TierTable,
    "app": OfficialApp,
    "campaigns": Campaign,
    "drafts": Campaign,
    "calendars": Calendar,
    "sla": Sla,
    "narrative": MaskTable,
    "feedback": Lexicon,
    "targets": Targets,
    "statistics": BoardRules,
}
_GIFTS: dict[str, type[Document]] = {"items": ItemTable, "desk_rules": DeskRules}


def model_of(folder: str, name: str) -> type[Document] | None:
    """The model of a document, None when this version knows nothing of its kind."""
    if folder == "codes":
        return TABLES.get(name) or CASE_TABLES.get(name, CodeTable)
    if folder == "gifts":
        return _GIFTS.get(name)
    return _FOLDERS.get(folder)
