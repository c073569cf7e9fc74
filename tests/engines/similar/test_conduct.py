"""How the index behaves when folders are broken, others write, processes die and threads share it."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import tantivy

from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar import open_index

GROUPS = (("上报", "报送"),)


@pytest.fixture
def folder(tmp_path) -> Path:
    """An index of 300 entries in which some were replaced, so that there are files of every kind."""
    place = tmp_path / "index"
    with open_index(place, synonyms=GROUPS) as index:
        index.add_many((str(number), f"第{number}村台账报送") for number in range(300))
    with open_index(place, synonyms=GROUPS) as index:
        index.add("7", "改过的照片")
    return place


def files_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def refused(folder: Path, **options) -> str:
    """The code with which opening or looking is refused; empty where it is not."""
    try:
        with open_index(folder, **{"synonyms": GROUPS, **options}) as index:
            index.nearest("第7村台账")
            len(index)
    except EngineInputError as error:
        return error.code if error.data["folder"] == str(folder) else "another folder is named"
    return ""


def truncated(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    place = len(data) // 3
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


@pytest.mark.parametrize("damage", [truncated, flipped, lambda data: b"", lambda data: os.urandom(len(data))])
def test_open_index_damaged_file_is_said_to_be_broken(folder, tmp_path, damage):
    with open_index(folder, synonyms=GROUPS) as index:
        sound = index.nearest("第7村台账")
    for name in files_of(folder):
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        data = (copy / name).read_bytes()
        (copy / name).write_bytes(damage(data))
        code = refused(copy)
        assert code in {"index-broken", "index-other-version"} or not data or _same(copy, sound), name
        shutil.rmtree(copy)


def _same(folder: Path, sound: list) -> bool:
    """Damage that makes no difference: to a file that nothing points to any more."""
    with open_index(folder, synonyms=GROUPS) as index:
        return index.nearest("第7村台账") == sound


def test_open_index_file_gone_is_said_to_be_broken(folder, tmp_path):
    for name in files_of(folder):
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        size = (copy / name).stat().st_size
        (copy / name).unlink()
        assert refused(copy) == "index-broken" or name == ".managed.json" or not size, name
        shutil.rmtree(copy)


def test_open_index_panic_of_compiled_code_is_said_to_be_broken(folder, monkeypatch):
    class PanicException(BaseException):
        pass

    class Searcher:
        num_docs = 1

        def search(self, *args, **kwargs):
            raise PanicException("slice index out of range")

    with open_index(folder, synonyms=GROUPS) as index:
        index._view()._searcher = Searcher()
        with pytest.raises(EngineInputError) as error:
            index.text("7")
    assert (error.value.code, error.value.data["reason"]) == ("index-broken", "slice index out of range")


def test_open_index_interruption_is_not_taken_for_a_broken_folder(folder, monkeypatch):
    class Searcher:
        def search(self, *args, **kwargs):
            raise KeyboardInterrupt

    with open_index(folder, synonyms=GROUPS) as index:
        index._view()._searcher = Searcher()
        with pytest.raises(KeyboardInterrupt):
            index.text("7")


def test_open_index_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    (tmp_path / "file").write_text("x")
    assert refused(tmp_path / "mine") == "index-folder-taken"
    assert refused(tmp_path / "file") == "index-folder-taken"
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "mine"]


def test_open_index_empty_or_missing_folder_becomes_an_index(tmp_path):
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "new" / "deeper"):
        with open_index(str(place)) as index:
            assert len(index) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "new"]


def test_open_index_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    assert refused(tmp_path / "file" / "index") == "index-not-written"


def test_open_index_of_another_schema_is_of_another_version(tmp_path):
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("title", stored=True)
    writer = tantivy.Index(fields.build(), str(tmp_path)).writer(15_000_000, 1)
    writer.add_document(tantivy.Document(title="台账"))
    writer.commit()
    writer.wait_merging_threads()
    assert refused(tmp_path) == "index-other-version"


def test_open_index_of_another_format_is_refused_or_made_anew(folder, monkeypatch):
    monkeypatch.setattr("qingzhuang.engines.similar.index.FORMAT", 2)
    assert refused(folder) == "index-other-version"
    assert refused(folder, rebuild=True) == ""
    assert refused(folder) == ""


def test_open_index_of_other_synonyms_is_refused_or_made_anew(folder):
    other = [["台账", "清册"], ["报送", "提交"]]
    assert refused(folder, synonyms=other) == "index-other-synonyms"
    with open_index(folder, synonyms=other, rebuild=True) as index:
        assert (len(index), index.text("7")) == (300, "改过的照片")
        assert index.nearest("第8村清册提交")[0] == ("8", "第8村台账报送", 1.0)
    assert refused(folder, synonyms=other) == ""
    assert refused(folder) == "index-other-synonyms"


def test_open_index_same_groups_in_another_order_are_the_same(tmp_path):
    assert refused(tmp_path, synonyms=[["上报", "报送"], ["台账", "清册"]]) == ""
    assert refused(tmp_path, synonyms=[("清册", "台账")[::-1], ("上报", "报送")]) == ""


def test_add_while_another_index_writes_is_said_to_be_busy(folder):
    with open_index(folder, synonyms=GROUPS) as first, open_index(folder, synonyms=GROUPS) as second:
        first.add("new", "新的台账")
        with pytest.raises(EngineInputError) as error:
            second.add("other", "另一份台账")
        assert error.value.code == "index-busy"
        first.commit()
        second.add("other", "另一份台账")
        second.commit()
        assert (first.text("other"), second.text("new"), len(first)) == ("另一份台账", "新的台账", 302)


def test_add_key_that_another_wrote_meanwhile_replaces_it(folder):
    with open_index(folder, synonyms=GROUPS) as first, open_index(folder, synonyms=GROUPS) as second:
        first.add("new", "新的台账")
        first.commit()
        second.add("new", "更新的台账")
        second.commit()
        assert (len(first), first.text("new")) == (301, "更新的台账")


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)


WRITING = """
import os, sys
from qingzhuang.engines.errors import EngineInputError
from qingzhuang.engines.similar import open_index
index = open_index(sys.argv[1], synonyms=[["上报", "报送"]])
try:
    index.add("other", "另一份台账")
except EngineInputError as error:
    print(error.code)
os._exit(0)
"""


def test_add_while_another_process_writes_is_said_to_be_busy(folder):
    with open_index(folder, synonyms=GROUPS) as index:
        index.add("new", "新的台账")
        assert python(WRITING, str(folder)).stdout == "index-busy\n"
        index.commit()
        assert python(WRITING, str(folder)).stdout == ""


def test_process_that_dies_before_its_commit_leaves_all_as_it_was(folder):
    assert python(WRITING, str(folder)).returncode == 0
    with open_index(folder, synonyms=GROUPS) as index:
        assert (len(index), index.text("other")) == (300, None)
        index.add("other", "第三份台账")
    assert refused(folder) == ""


KILLED = """
import sys
from qingzhuang.engines.similar import open_index
index = open_index(sys.argv[1], synonyms=[["上报", "报送"]])
for round in range(10**6):
    index.add_many((str(number), f"第{round}轮台账") for number in range(20))
    index.commit()
    print(round, flush=True)
"""


def test_process_killed_at_any_moment_leaves_one_commit_or_the_next(tmp_path):
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3):
            last = int(process.stdout.readline())
        process.kill()
        last = max([last, *map(int, process.communicate()[0].split())])
        with open_index(tmp_path, synonyms=GROUPS) as index:
            texts = {index.text(str(number)) for number in range(20)}
            assert len(index) == 20
        assert texts in ({f"第{last}轮台账"}, {f"第{last + 1}轮台账"})


def test_nearest_sees_what_another_process_committed(folder):
    with open_index(folder, synonyms=GROUPS) as index:
        assert index.nearest("另一份台账")[0].text != "另一份台账"
        assert python(WRITING.replace("os._exit", "index.commit(); os._exit"), str(folder)).returncode == 0
        assert index.nearest("另一份台账")[0] == ("other", "另一份台账", 1.0)


def test_index_made_by_several_at_once_is_one(tmp_path):
    gate, failed = threading.Barrier(6), []

    def make() -> None:
        gate.wait()
        try:
            open_index(tmp_path / "index").close()
        except EngineInputError as error:
            failed.append(error)

    makers = [threading.Thread(target=make) for _ in range(6)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert failed == []
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_index_shared_by_threads_finds_while_it_is_written(folder):
    with open_index(folder, synonyms=GROUPS) as index:
        found, stop = [], threading.Event()

        def look() -> None:
            while not stop.is_set():
                found.append(index.nearest("第9村台账上报", 1)[0].key)

        lookers = [threading.Thread(target=look) for _ in range(3)]
        for looker in lookers:
            looker.start()
        for number in range(20):
            index.add(f"x{number}", f"照片{number}")
            index.commit()
        stop.set()
        for looker in lookers:
            looker.join()
        assert set(found) == {"9"}
        assert len(index) == 320


@pytest.mark.parametrize(
    "call",
    [
        lambda index: index.add("1", "台账"),
        lambda index: index.remove("1"),
        lambda index: index.commit(),
        lambda index: index.rollback(),
        lambda index: index.nearest("台账"),
        lambda index: index.text("1"),
        len,
    ],
)
def test_index_closed_says_so(tmp_path, call):
    index = open_index(tmp_path)
    index.close()
    index.close()
    with pytest.raises(EngineInputError) as error:
        call(index)
    assert error.value.code == "index-closed"


def test_close_forgets_what_was_not_committed(folder):
    index = open_index(folder, synonyms=GROUPS)
    index.add("new", "新的台账")
    index.close()
    with open_index(folder, synonyms=GROUPS) as index:
        assert index.text("new") is None


def test_commit_that_fails_forgets_its_changes_and_lets_others_write(folder):
    class Writer:
        def commit(self):
            raise ValueError("no space left on device")

        def rollback(self):
            pass

    with open_index(folder, synonyms=GROUPS) as index:
        index._store._writer = Writer()
        with pytest.raises(EngineInputError) as error:
            index.commit()
        assert error.value.code == "index-not-written"
        index.add("new", "新的台账")
        index.commit()
        assert len(index) == 301
