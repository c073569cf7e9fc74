"""The door: forms told apart, secrecy before all else, and errors that hold nothing of the text."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from tests.documents.notices.files import ofd, read, refusal, texts, word
from tests.documents.notices.pdfs import pdf

from qingzhuang.documents.notices import SecretMark, UnreadableNotice, limits, read_notice, read_notice_bytes

TEXT = "各村要每天上报截图。"


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("通知.txt", TEXT.encode(), "txt"),
        ("通知", TEXT.encode(), "txt"),
        ("-", TEXT.encode(), "txt"),
        ("-", word(TEXT), "docx"),
        ("通知.MD", TEXT.encode(), "md"),
        ("通知.htm", TEXT.encode(), "html"),
        ("通知.docx", word(TEXT), "docx"),
        ("通知.wps", word(TEXT), "wps"),
        ("通知.txt", word(TEXT), "docx"),
        ("通知.pdf", pdf([[(80, 700, 16, TEXT)]]), "pdf"),
        ("通知.ofd", ofd([[(28.0, 60.0, TEXT)]]), "ofd"),
        ("-", ofd([[(28.0, 60.0, TEXT)]]), "ofd"),
    ],
)
def test_read_notice_tells_forms_by_what_is_inside(tmp_path: Path, name: str, data: bytes, form: str) -> None:
    (tmp_path / name).write_bytes(data)
    notice = read_notice(tmp_path / name)
    assert (notice.form, notice.file, texts(notice)) == (form, name, [TEXT])


def test_read_notice_under_another_name(tmp_path: Path) -> None:
    (tmp_path / "upload").write_bytes(b"# a\n\nb")
    assert texts(read_notice(tmp_path / "upload", name="通知.md")) == ["a", "b"]
    assert read_notice(tmp_path / "upload", name="通知").file == "通知"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.exe", b"MZ", "unknown-form"),
        ("a.xlsx", b"PK\x03\x04", "damaged"),
        ("a.pdf", TEXT.encode(), "other-inside"),
        ("a.docx", TEXT.encode(), "other-inside"),
        ("a.docx", b"", "empty-file"),
        ("a.docx", b"\n\n", "empty"),
        ("a.docm", TEXT.encode(), "other-inside"),
        ("a.txt", b"MZ\0\0", "binary"),
    ],
)
def test_read_notice_of_what_is_no_notice(name: str, data: bytes, code: str) -> None:
    error = refusal(data, name)
    assert (error.code, error.file) == (code, name)


def test_read_notice_of_what_is_no_file(tmp_path: Path) -> None:
    codes = []
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UnreadableNotice) as raised:
            read_notice(path)
        codes.append(raised.value.code)
    assert codes == ["not-found", "not-a-file"]


def test_read_notice_too_big(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 3 << 20)
    (tmp_path / "a.txt").write_bytes(b"a" * (3 << 20) + b"a")
    with pytest.raises(UnreadableNotice) as raised:
        read_notice(tmp_path / "a.txt")
    assert (raised.value.code, raised.value.values) == ("too-big", {"size": 4, "most": 3})
    assert refusal(b"a" * (3 << 20) + b"a", "-").code == "too-big"


def test_read_notice_secrecy_comes_before_every_other_fault() -> None:
    assert refusal("机密★1年\n要\u202e每天\x07".encode(), "a.txt").code == "secret-mark"


@pytest.mark.parametrize("name", ["通知【机密】.txt", "关于检查的通知（秘密）.txt", "绝密★启用前.txt"])
def test_read_notice_whose_name_carries_a_mark(name: str) -> None:
    assert refusal(TEXT.encode(), name).code == "secret-mark"


def test_read_notice_with_a_mark_of_the_county() -> None:
    assert refusal("本件供领导\n参阅".encode(), "a.txt", marks=["供领导参阅"]).values == {"mark": "供领导参阅"}
    assert texts(read("本件供群众参阅".encode(), "a.txt", marks=["供领导参阅"])) == ["本件供群众参阅"]


SECRET = "此处是绝不能外传的一句话"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", f"机密★1年\n{SECRET}".encode()),
        ("a.txt", f"{SECRET}\x07".encode()),
        ("a.txt", f"{SECRET}".encode() + b"\xff"),
        ("a.html", f"<p>机密<p>{SECRET}".encode()),
        ("a.docx", word("机密", SECRET)),
        ("a.pdf", pdf([[(80, 760, 16, "机密★1年"), (80, 700, 16, SECRET)]])),
    ],
)
def test_read_notice_leaves_nothing_of_the_text_in_an_error(tmp_path: Path, name: str, data: bytes) -> None:
    """Reports of errors print the frames with what their variables hold: none may hold the text."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableNotice) as raised:
        read_notice(tmp_path / name)
    error = raised.value
    said = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename != __file__]
    held = repr([frame.f_locals for frame in frames])
    for shown in (said if name != "a.txt" else held, held, repr(error), str(error), repr(error.values)):
        assert SECRET not in shown
        assert SECRET.encode("gb18030").hex() not in shown
    assert error.__cause__ is None
    assert error.__context__ is None


def test_secret_mark_is_an_unreadable_notice() -> None:
    with pytest.raises(UnreadableNotice) as raised:
        read_notice_bytes("秘密★10年".encode(), name="-")
    assert isinstance(raised.value, SecretMark)
    assert raised.value.mark == "秘密"


WATCHED = """
import os, sys
from pathlib import Path
from qingzhuang.documents.notices import UnreadableNotice, read_notice
def watch(event, given):
    is_path = event == "open" and isinstance(given[0], str)  # pipes are numbers
    if is_path and (given[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        print("written", given[0])
sys.addaudithook(watch)
for name in sys.argv[1:]:
    try:
        read_notice(Path(name))
    except UnreadableNotice as error:
        print(error.code)
"""


def test_read_notice_writes_nothing_anywhere(tmp_path: Path) -> None:
    page = [(80.0, 700.0, 16.0, "机密★1年")]
    files = {
        "a.txt": "机密★1年".encode(),
        "a.docx": word("机密★1年"),
        "a.pdf": pdf([page]),
        "a.html": "<p>机密★1年".encode(),
    }
    files["a.ofd"] = ofd([[(28.0, 60.0, "机密★1年")]])
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    command = [sys.executable, "-B", "-c", WATCHED, *(str(tmp_path / name) for name in files)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    said = [line for line in ran.stdout.splitlines() if line != f"written {os.devnull}"]
    assert said == ["secret-mark"] * len(files)


HEAVY = ("docx", "lxml", "pypdfium2", "numpy", "polars", "PIL", "opencc", "zipfile", "rapidocr")


def test_import_is_light() -> None:
    code = "import sys, qingzhuang.documents.notices as n; n.read_notice_bytes(b'text'); print(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert set(HEAVY) & set(ran.stdout.split()) == set()
