"""What the status line says, asked of the services."""

from branch_console.locale import t
from branch_console.session_views import DEFAULT_ZONE
from screens.port import ConsoleServices
from screens.widgets.status_line import Status


def status_of(services: ConsoleServices) -> Status:
    """Where, who, and how the sync is; the sync only while somebody is logged in, because only then it runs."""
    terminal, session, sync = services.terminal, services.session, services.sync_view()
    return Status(
        branch=terminal.branch_name if terminal else t("app.title"),
        terminal=terminal.name if terminal else "",
        staff=session.name if session else "",
        role=t(f"role.{session.role}") if session else "",
        sync=sync.state if session else "",
        pending=sync.pending,
        quarantined=sync.quarantined_count,
        last_contact=sync.last_contact,
        timezone=terminal.timezone if terminal else DEFAULT_ZONE,
        demo=services.demo,
    )
