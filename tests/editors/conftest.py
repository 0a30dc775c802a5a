"""What the tests of all editors share: the binary, a made-up organisation and a home of its own for each editor."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parent.parent
CONFIGURATIONS = REPOSITORY / "editors"

# What the files of the organisation are once `yarra` is mended and `tom` is renamed. Nothing else may change.
MENDED = {
    "people.roles.yaml": [("  tom: {", "  thomas: {")],
    "teams/doorstep.roles.yaml": [
        ("[tom, yara]", "[thomas, yara]"),
        ("holder: tom", "holder: thomas"),
        ("yarra", "yara"),
    ],
    "teams/ovens.roles.yaml": [
        ("[tom, yara]", "[thomas, yara]"),
        ("holder: tom", "holder: thomas"),
    ],
}


@dataclass
class Organisation:
    """A copy of the organisation, in a repository of its own, as somebody has it on disk."""

    folder: Path

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, str]:
        names = sorted(path.relative_to(self.folder) for path in self.folder.rglob("*.yaml"))
        return {name.as_posix(): self.text(name.as_posix()) for name in names}

    def mended(self) -> dict[str, str]:
        """The files as they were, mended and renamed."""
        files = Organisation(HERE / "organisation").files()
        for name, changes in MENDED.items():
            for old, new in changes:
                assert files[name].count(old) == 1, f"`{old}` in {name}"
                files[name] = files[name].replace(old, new)
        return files


@dataclass
class Machine:
    """A user's machine: a home without any settings, and `rolelint` on the path."""

    home: Path
    organisation: Organisation
    environment: dict[str, str]

    def run(self, command: list[str]) -> dict:
        """Runs an editor; hands back what its script wrote down that the user saw."""
        saw = self.home / "saw.json"
        environment = self.environment | {
            "ORGANISATION": str(self.organisation.folder),
            "SAW": str(saw),
        }
        run = subprocess.run(
            command,
            env=environment,
            cwd=self.organisation.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        said = f"{run.args}\nstatus {run.returncode}\n{run.stdout}\n{run.stderr}"
        assert saw.exists(), f"the editor stopped before its script was through\n{said}"
        result = json.loads(saw.read_text(encoding="utf-8"))
        assert run.returncode == 0, f"{said}\n{json.dumps(result, indent=1)}"
        return result

    def install(self, configuration: str, place: str) -> None:
        """Puts a file of editors/ to where its README tells the user to put it."""
        target = self.home / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CONFIGURATIONS / configuration, target)


@pytest.fixture(scope="session")
def rolelint() -> Path:
    path = Path(os.environ.get("ROLELINT", REPOSITORY / "target/release/rolelint")).absolute()
    assert path.is_file(), f"{path} is not there: build it, or set ROLELINT"
    return path


@pytest.fixture
def organisation(tmp_path: Path) -> Organisation:
    folder = tmp_path / "kornblume"
    shutil.copytree(HERE / "organisation", folder)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return Organisation(folder)


@pytest.fixture
def machine(tmp_path: Path, rolelint: Path, organisation: Organisation) -> Machine:
    home = tmp_path / "home"
    programs = home / "bin"
    programs.mkdir(parents=True)
    (programs / "rolelint").symlink_to(rolelint)
    kept = {name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ}
    environment = kept | {
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "TERM": "xterm",
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
    }
    return Machine(home, organisation, environment)
