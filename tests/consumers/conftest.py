"""What the tests share: the program, a sample and a repository full of traps."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
ROLELINT = os.environ["ROLELINT"]
CONSUMERS = Path(os.environ["CONSUMERS"])

HOSTILE = """::error::a%0Ab,c;d]e##vso[task.setvariable variable=x]y<b>&"'|`*_@ana](1)]]>"""


def rolelint(folder, *args, code=None):
    """Runs rolelint in a folder; returns what it printed."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI"))}
    done = subprocess.run([ROLELINT, *args], cwd=folder, capture_output=True, env=env)
    assert done.stderr == b"", done.stderr
    assert done.returncode in ((0, 1) if code is None else (code,)), done.stdout
    return done.stdout.decode()


def git(folder, *args):
    """Runs git as somebody."""
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *args], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def sample(tmp_path):
    """The sample in the folder `org` of a repository."""
    git(tmp_path, "init", "--quiet")
    shutil.copytree(ROOT / "tests/report/sample", tmp_path / "org")
    return tmp_path / "org"


@pytest.fixture
def hostile(tmp_path):
    """Files whose names and words could be taken for commands and marks."""
    git(tmp_path, "init", "--quiet")
    folder = tmp_path / "d,%3A: ;]\"'<&>\x01"
    folder.mkdir()
    name = json.dumps(HOSTILE)
    folder.joinpath("a.roles.yaml").write_text(
        f"team: {name}\nroles:\n  product-manager: TBD\n  product-owner: {name}\n  {name}: x\n"
    )
    folder.joinpath("b.roles.yaml").write_text('team: "é\U0001f389"\nrolls: {}\n')
    tmp_path.joinpath(".rolelint.yaml").write_text("rules: {unknown-role: hint}\n")
    return tmp_path


@pytest.fixture(params=["sample", "hostile"])
def any_files(request):
    """Each of the two."""
    return request.getfixturevalue(request.param)
