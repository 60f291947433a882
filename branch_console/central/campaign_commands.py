"""`branch-console central campaign …`: the life of campaigns, from a file to the branches."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from branch_console.central import administration as admin
from branch_console.central import campaign_trials as trials
from branch_console.central import campaigns
from branch_console.central.commands_base import Database, Json, do, settings_of
from branch_console.central.commands_output import fail, show, show_rows
from branch_console.central.references import read_documents
from branch_console.locale import set_language, t
from branch_console.rules.eligibility.lint import Problem, errors, lint
from branch_console.rules.journal import Data
from branch_console.rules.reference import Reference

campaign = typer.Typer(no_args_is_help=True, help="Campaigns: check, try, approve, publish, pause, end.")

Name = Annotated[str, typer.Argument(metavar="ID", help="id of the campaign")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="the campaign as TOML")]
By = Annotated[str, typer.Option("--by", help="who does it")]
Why = Annotated[str | None, typer.Option("--why", help="said to the branches")]


@campaign.callback()
def _prepare() -> None:
    set_language("en")


@campaign.command("lint")
def campaign_lint(file: File, as_json: Json = False) -> None:
    """Check a file without any server: each finding with its line. Status 1 if there is an error."""
    documents = {each.name: each.content for each in read_documents(settings_of(None).reference_dir)}
    problems = lint(_read(file), file.name, items=Reference.parse(documents, problems=[]).items)
    _show_problems(file.name, problems, as_json=as_json)
    if errors(problems):
        raise typer.Exit(1)


@campaign.command("add")
def campaign_add(
    file: File,
    author: Annotated[str, typer.Option(help="who wrote it; somebody else must approve it")],
    branch: Annotated[list[str] | None, typer.Option(help="only for this branch; may be repeated")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Take in a file without errors as a version, which may be replaced until it is submitted."""
    try:
        added = do(database, lambda at: campaigns.add(at, _read(file), file.name, author, branch))
    except campaigns.FileRefusedError as error:
        _refuse(file.name, error.problems, as_json=as_json)
    show(_state(added), as_json=as_json)


@campaign.command("dry-run")
def campaign_dry_run(
    name: Name,
    person: Annotated[str | None, typer.Option(help="keyed hash of the person")] = None,
    phone: Annotated[str | None, typer.Option(help="phone number of the person")] = None,
    document: Annotated[str | None, typer.Option(help="number of the person's identity document")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The verdict on one person, with every condition. Central recognises people as the campaign does."""
    if [person, phone, document].count(None) != 2:
        raise typer.BadParameter("give one of --document, --phone and --person")

    async def work(at: admin.Office) -> Data:
        if document is not None:
            return await trials.dry_run(at, name, trials.document_key(at, document))
        return await trials.dry_run(at, name, person or trials.phone_key(at, phone or ""))

    _show_with_table(do(database, work), "conditions", as_json=as_json)


@campaign.command("backtest")
def campaign_backtest(name: Name, database: Database = None, as_json: Json = False) -> None:
    """The campaign over everybody of whom central knows facts."""
    _show_with_table(do(database, lambda at: trials.backtest_all(at, name)), "failing", as_json=as_json)


@campaign.command("submit")
def campaign_submit(name: Name, database: Database = None, as_json: Json = False) -> None:
    """Ask for approval; the version does not change any more, and supervisors see it as a draft."""
    show(_state(do(database, lambda at: campaigns.submit(at, name))), as_json=as_json)


@campaign.command("approve")
def campaign_approve(
    name: Name,
    by: By,
    legal: Annotated[str, typer.Option("--legal-sign-off", help="who signs for a change that is not proved")] = "",
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Approve the submitted version, and publish it. Says what an outage can cost at most."""
    show(dict(do(database, lambda at: campaigns.approve(at, name, by, legal))), as_json=as_json)


@campaign.command("pause")
def campaign_pause(name: Name, by: By, why: Why = None, database: Database = None, as_json: Json = False) -> None:
    """Nothing more is given until it is resumed; leases are called back."""
    show(dict(do(database, lambda at: campaigns.change(at, name, "pause", by, why))), as_json=as_json)


@campaign.command("resume")
def campaign_resume(name: Name, by: By, database: Database = None, as_json: Json = False) -> None:
    """Go on with a paused campaign."""
    show(dict(do(database, lambda at: campaigns.change(at, name, "resume", by, None))), as_json=as_json)


@campaign.command("end")
def campaign_end(name: Name, by: By, why: Why = None, database: Database = None, as_json: Json = False) -> None:
    """End it for good."""
    show(dict(do(database, lambda at: campaigns.change(at, name, "end", by, why))), as_json=as_json)


@campaign.command("list")
def campaign_list(database: Database = None, as_json: Json = False) -> None:
    """All versions of all campaigns."""
    show_rows(do(database, campaigns.list_versions), as_json=as_json)


@campaign.command("show")
def campaign_show(name: Name, database: Database = None, as_json: Json = False) -> None:
    """The newest version as whoever approves must see it: with the bound of loss of one outage."""
    show(dict(do(database, lambda at: campaigns.approval(at, name))), as_json=as_json)


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file.name}: {error}")


def _state(version: campaigns.Version) -> dict[str, object]:
    return {"campaign": version.campaign.id, "version": version.campaign.version, "state": version.state}


def _show_problems(file: str, problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        show({"ok": not errors(problems), "problems": [_problem(each) for each in problems]}, as_json=True)
        return
    for each in problems:
        typer.echo(f"{file}:{each.line}: {each.severity}: {each.key}: {_words(each)}")


def _problem(each: Problem) -> dict[str, object]:
    return {
        "line": each.line,
        "key": each.key,
        "code": each.code,
        "severity": each.severity,
        "message": _words(each),
    }


def _words(each: Problem) -> str:
    return t(f"gift.lint.{each.code}", **each.params)


def _refuse(file: str, problems: Sequence[Problem], *, as_json: bool) -> NoReturn:
    _show_problems(file, problems, as_json=as_json)
    fail(str(campaigns.FileRefusedError(list(problems))))


def _show_with_table(result: Data, table: str, *, as_json: bool) -> None:
    """A result and, for people, one part of it as a table below."""
    if as_json:
        show(dict(result), as_json=True)
        return
    show({name: value for name, value in result.items() if name != table}, as_json=False)
    lines = result[table]
    show_rows(
        [dict(each) for each in lines if isinstance(each, dict)] if isinstance(lines, list) else [], as_json=False
    )
