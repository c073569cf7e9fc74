"""The house itself: pins without hosts, files without machine paths, documents that agree, words in every language."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qingzhuang.domain.channels.inventory import LastHeard, MembersAre, Secrecy
from qingzhuang.domain.channels.result import Code, ReasonCode, Step
from qingzhuang.engines.rules import Severity
from qingzhuang.words import catalogue, to_traditional

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
READMES = (ROOT / "README.md", ROOT / "README.zh-Hans.md")
DOCUMENTS = [*READMES, *sorted((ROOT / "docs").rglob("*.md"))]
WORDS = ROOT / "src/qingzhuang/words"
LANGUAGES_WRITTEN = ("zh-Hans", "en")
PARTS = sorted({file.stem for lang in LANGUAGES_WRITTEN for file in (WORDS / lang).glob("*.toml")})
MADE_HERE = {".git", ".venv", "build", "dist", "__pycache__"}

# Mulan PSL v2 as published, Chinese and English, without white space.
MULAN_PSL_2 = "c78cd8d1be41b391c5298d1cb27d1794d8c4ac342455b63ebbb6d1d3b680f080"


def project_files() -> Iterator[Path]:
    """Yield every file that belongs to the project: what git keeps or would keep, or all of an unpacked archive."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
        yield from (path for name in names if name and (path := ROOT / name).is_file())
        return
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE_HERE and not name.endswith("_cache")]
        yield from (Path(folder, name) for name in names)


def text_of(path: Path) -> str:
    """Return the text of `path`, or nothing where it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("lock", LOCKS, ids=name_of)
def test_lock_names_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert " @ " not in text
    options = set(re.findall(r"(?<!\S)--[a-z-]+", text))
    assert options <= {"--hash"}


@pytest.mark.parametrize("lock", LOCKS, ids=name_of)
def test_lock_pins_every_package_by_hash(lock: Path) -> None:
    lines = lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    entries = [line for line in lines if line[:1].isalnum()]
    assert entries
    assert [line[:40] for line in entries if "==" not in line or "--hash=sha256:" not in line] == []


def test_locks_agree_with_one_another() -> None:
    pins: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in re.findall(r"^([\w.-]+)==(\S+)(?= .*\\$)", lock.read_text(encoding="utf-8"), re.MULTILINE):
            pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def test_no_file_names_a_path_of_a_machine() -> None:
    machine = re.compile(r"(?<![\w.~*-])/(?:root|home|work|Users)/")
    assert [name_of(path) for path in project_files() if machine.search(text_of(path))] == []


def test_license_is_mulan_psl_2_as_published() -> None:
    text = re.sub(r"\s+", "", (ROOT / "LICENSE").read_text(encoding="utf-8"))
    assert hashlib.sha256(text.encode()).hexdigest() == MULAN_PSL_2


def commands_named(readme: Path) -> set[str]:
    """Return the commands that a text tells its reader to type, options left out: `make run`, `qingzhuang lighten`."""
    text = readme.read_text(encoding="utf-8")
    return set(re.findall(r"(?:^|`)((?:make|qingzhuang) [a-z]+)", text, re.MULTILINE))


def test_both_readmes_name_the_same_commands() -> None:
    english, chinese = (commands_named(readme) for readme in READMES)
    assert {"make run", "make test", "qingzhuang lighten"} <= english
    assert english == chinese


def test_both_readmes_lead_to_the_same_places() -> None:
    english, chinese = (set(re.findall(r"\]\(((?!README)[^)#]+)\)", text_of(readme))) for readme in READMES)
    assert english == chinese


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_of_document_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:)([^)#]+)", text_of(document))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_glossary_holds_every_word_of_the_domain() -> None:
    rows = set(re.findall(r"^\| `([^`]+)` \|", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE))
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    words = [member.value for kind in (Code, Step, ReasonCode, Secrecy) for member in kind]
    assert [word for word in words if word not in rows] == []
    mentioned = [member.value for kind in (LastHeard, MembersAre, Severity) for member in kind]
    assert [word for word in mentioned if f"`{word}`" not in text] == []


def test_glossary_rows_are_whole_and_traditional_is_derived() -> None:
    lines = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line.startswith("| `")]
    assert [row for row in rows if len(row) != 5 or not all(row)] == []
    assert [row for row in rows if to_traditional(row[1]) != row[2]] == []
    terms = [row[0] for row in rows]
    assert sorted(terms) == sorted(set(terms))


@pytest.mark.parametrize("decision", DECISIONS, ids=name_of)
def test_decision_has_its_three_parts_and_is_short(decision: Path) -> None:
    lines = decision.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", decision.name)
    assert lines[0].startswith(f"# {int(decision.name[:4])}. ")
    assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]
    assert len(lines) <= 25


def test_decisions_are_numbered_once_and_without_a_gap() -> None:
    assert [int(decision.name[:4]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.needs("make")
def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split())
    shown = subprocess.run(["make", "-s"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert set(re.findall(r"^make ([a-z-]+) +\S", shown, re.MULTILINE)) == targets


def placeholders(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}


@pytest.mark.parametrize("part", PARTS)
def test_words_of_part_are_the_same_in_every_language(part: str) -> None:
    chinese, english = (catalogue(part, lang) for lang in LANGUAGES_WRITTEN)
    singular = {key for key in english if key.endswith("_one") and key not in chinese}
    assert english.keys() - singular == chinese.keys()
    assert {key for key in singular if key.removesuffix("_one") not in chinese} == set()
    filled = {key: placeholders(text) for key, text in english.items()}
    assert [key for key, text in chinese.items() if placeholders(text) != filled[key]] == []
    assert [key for key in singular if not filled[key] <= filled[key.removesuffix("_one")]] == []


@pytest.mark.parametrize("part", PARTS)
def test_words_of_part_are_not_empty(part: str) -> None:
    assert [key for lang in LANGUAGES_WRITTEN for key, text in catalogue(part, lang).items() if not text.strip()] == []


SKIPPING = """
import pytest

@pytest.mark.needs("no-such-program-anywhere")
def test_needing():
    raise AssertionError
"""


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_skipped_test_is_named_and_fails_in_ci(tmp_path: Path, ci: str, status: int) -> None:
    shutil.copy(ROOT / "tests/conftest.py", tmp_path)
    (tmp_path / "test_skipping.py").write_text(SKIPPING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path]
    env = os.environ | {"CI": ci}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout
    assert "test_needing: not installed: no-such-program-anywhere" in done.stdout
