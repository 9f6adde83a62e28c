"""`replywright team`: who may come in at the page, and with which role."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
import yaml

from assistant.cli.options import group_app
from assistant.cli.terminal import Output, note
from assistant.errors import InputError

app = group_app("Who may come in at the page of a team, and with which role.")


class RoleName(StrEnum):
    """The roles, each with all that the one before may do."""

    agent = "agent"
    lead = "lead"
    owner = "owner"


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="The team file; made where there is none.")],
    name: Annotated[str, typer.Argument(help="The person's name, as records will hold it.")],
    role: Annotated[
        RoleName,
        typer.Option(help="agent answers; lead also overrides, pauses and reads the numbers; owner also edits rules."),
    ] = RoleName.agent,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last day the token is good.", show_default=False),
    ] = None,
) -> None:
    """Add a person, or give one a new token, and print the token: it is shown this once, and kept nowhere.

    [bold]Example[/bold]: replywright team add team.yaml "Mira Rowe" --role lead
    """
    from assistant.web.team import Member, TeamFile, new_token, token_sha256
    from tone_rules.located import read

    before = read(file, TeamFile, "a team file") if file.exists() else None
    token = new_token()
    last = until.date() if until else None
    if last is not None and last < date.today():  # noqa: DTZ011 # a day as the person at the terminal counts it
        raise InputError(f"--until {last} is over; name a day to come, or leave it out")
    member = Member(name=name.strip(), role=role.value, token_sha256=token_sha256(token), until=last)
    others = tuple(one for one in before.people if one.name != member.name) if before else ()
    after = TeamFile(people=(*others, member), **({"proxy": before.proxy, "hooks": before.hooks} if before else {}))
    text = yaml.safe_dump(after.model_dump(mode="json", exclude_defaults=True), sort_keys=False, allow_unicode=True)
    written = file.with_name(f"{file.name}.new")
    written.touch(mode=0o600)
    written.write_text(text, encoding="utf-8")
    written.replace(file)
    note(f"{member.name} is {role.value} in {file}; the running page learns of it when it starts again")
    Output().line(token)
