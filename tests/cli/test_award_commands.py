"""Two people at one desk: award, approve, issue, as they call it."""

from __future__ import annotations

import time
from pathlib import Path

from command_line import REGISTER, RUN, TYPED, assert_told, at_desk, call

from example_centre import found_example_centre, write_centre_lines


def test_a_list_is_drafted_by_one_and_approved_by_another_before_it_is_issued(tmp_path: Path) -> None:
    centre = found_example_centre(tmp_path, int(time.time()))
    write_centre_lines(centre.folder.root, {"repository": "private\napproval: second-person"})
    register = tmp_path / "b12.csv"
    register.write_text(REGISTER, encoding="utf-8")
    imported = at_desk(centre, "import", str(register), "--run", RUN, "--yes", typed="")
    assert f"Kept. Next: asnad award {RUN}" in imported.out

    assert_told(
        at_desk(centre, "issue", RUN), 1, "expected an award list of this run, found none", f"asnad award {RUN}"
    )
    assert_told(at_desk(centre, "award", RUN, typed=""), 1, "expected who drafts the list")
    drafted = at_desk(centre, "award", RUN, "--by", "Nasreen Gul, Clerk", typed="")
    assert drafted.code == 0, drafted.err
    for text in ("CSC-FT-HB-W/12/001", "NO: expected at least 80 % attendance, got 79 %", f"awards/{RUN}.md"):
        assert text in drafted.out
    assert "Next, by a second person: asnad approve" in drafted.out
    assert_told(at_desk(centre, "issue", RUN), 1, "expected the award list approved by a second person, found none")

    same = at_desk(centre, "approve", RUN, "--by", "nasreen gul, Registrar", typed="y\n")
    assert_told(same, 1, "expected another person than Nasreen Gul, Clerk")
    declined = at_desk(centre, "approve", RUN, "--by", "Safdar Wahlah, Director", typed="n\n")
    assert (declined.code, declined.out.splitlines()[-1]) == (0, "Nothing was approved.")
    approved = at_desk(centre, "approve", RUN, "--by", "Safdar Wahlah, Director", typed="y\n")
    assert approved.code == 0, approved.err
    assert approved.out.index("Iqra Batool Sial") < approved.out.index("Approved by Safdar Wahlah, Director.")
    assert "are these 2 certificates right?" in approved.err
    issued = at_desk(centre, "issue", RUN, typed=TYPED)
    assert issued.code == 0, issued.err
    assert "2 issued now, 0 before." in issued.out


def test_the_help_says_what_an_approval_does_not_prove(tmp_path: Path) -> None:
    told = " ".join(call("approve", "--help", cwd=tmp_path).out.split())
    assert "it does not prove who has approved, because no key signs an approval" in told
    assert "let another account merge the pull request" in told
