"""
The command ``asnad``: every command of it, and how errors and exit codes reach people.

Exit codes: 0 done or good, 1 something is wrong and was named, 2 the command was not called as it wants,
3 a certificate could not be judged, 130 interrupted.
"""

from __future__ import annotations

import sys

import click

from asnad import __version__
from asnad.cli.archive import archive
from asnad.cli.award import approve, award
from asnad.cli.backup import backup, drill, recover, restore
from asnad.cli.build import build, serve
from asnad.cli.certificates import correct, erase, merge, reissue, renew, reprint, withdraw_page
from asnad.cli.check import check
from asnad.cli.demo import demo
from asnad.cli.deploy import deploy
from asnad.cli.gate import gate
from asnad.cli.import_courses import import_courses
from asnad.cli.init import init
from asnad.cli.issue import import_register, issue, refresh, revoke
from asnad.cli.keys import keys
from asnad.cli.move import move_domain
from asnad.cli.schemas import schemas
from asnad.cli.show import show
from asnad.cli.status import status
from asnad.cli.trust import trust
from asnad.cli.verify import verify
from asnad.errors import AsnadError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="asnad")
def asnad() -> None:
    """Publish a course catalogue, and certificates that anyone can verify."""


for command in (
    init,
    keys,
    import_register,
    import_courses,
    award,
    approve,
    issue,
    correct,
    reissue,
    renew,
    reprint,
    revoke,
    withdraw_page,
    erase,
    merge,
    refresh,
    status,
    show,
    check,
    schemas,
    gate,
    build,
    serve,
    archive,
    move_domain,
    deploy,
    backup,
    restore,
    recover,
    drill,
    trust,
    verify,
    demo,
):
    asnad.add_command(command)


def main() -> None:
    """Run the command line, and tell people what they can mend without a traceback."""
    # A legacy console may not have every letter of a name; a question mark is better than an error.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = asnad.main(standalone_mode=False)
    except AsnadError as error:
        click.echo(f"asnad: {error.diagnostics()}", err=True)
        code = 1
    except OSError as error:
        click.echo(f"asnad: {error.filename or 'a file'}: {error.strerror or error}", err=True)
        code = 1
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("asnad: interrupted; nothing is lost, call the command again to go on", err=True)
        code = 130
    sys.exit(code if isinstance(code, int) else 0)
