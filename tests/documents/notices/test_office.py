"""Old forms through the real LibreOffice: in memory, without macros, without network, in bounded time."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.documents.notices.files import document, packed, read, refusal, saved, texts

from qingzhuang.documents.notices import SecretMark, limits, office
from qingzhuang.documents.notices.form import OLE

RTF = rb"{\rtf1\ansi\ansicpg936 %s}"


def rtf(text: str, more: bytes = b"") -> bytes:
    return RTF % (more + b"".join(rb"\u%d?" % ord(one) if ord(one) > 127 else one.encode() for one in text))


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a document of Word 97."""
    folder = tmp_path_factory.mktemp("old")
    made = document("关于防火检查的通知", "各村要每天上报截图。")
    made.add_table(1, 2).cell(0, 1).text = "格"
    made.add_paragraph("表后")
    (folder / "a.docx").write_bytes(saved(made))
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "doc", "--outdir", str(folder), str(folder / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "a.doc").read_bytes()


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("name", ["通知.doc", "通知.wps"])
def test_read_old_word(old: bytes, name: str) -> None:
    notice = read(old, name)
    assert texts(notice) == ["关于防火检查的通知", "各村要每天上报截图。", "格", "表后"]
    assert notice.form == name[-3:]
    assert notice.paragraphs[2].cell == (1, 1, 2)


@pytest.mark.needs("soffice")
def test_read_rtf() -> None:
    assert texts(read(rtf("各村要每天上报"), "a.rtf")) == ["各村要每天上报"]


@pytest.mark.needs("soffice")
def test_read_old_word_leaves_nothing_behind(old: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made: list[Path] = []
    real = tempfile.TemporaryDirectory

    def watched(*given: Any, **named: Any) -> Any:
        folder = real(*given, **named)
        made.append(Path(folder.name))
        return folder

    monkeypatch.setattr(tempfile, "TemporaryDirectory", watched)
    monkeypatch.setenv("HOME", str(tmp_path))
    read(old, "a.doc")
    assert len(made) == 1
    assert not made[0].exists()
    assert list(tmp_path.iterdir()) == []
    assert made[0].parent == Path("/dev/shm") or not Path("/dev/shm").exists()


def test_read_old_word_marks_are_found_before_anything_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_converted", lambda *_: pytest.fail("written"))
    head = OLE + "WordDocument".encode("utf-16-le") + b"\0" * 512
    for encoding in ("utf-16-le", "gb18030", "utf-8"):
        for shift in (b"", b"\0"):
            assert isinstance(refusal(head + shift + "\r秘密★10年\r".encode(encoding) + b"\0", "a.doc"), SecretMark)
    assert refusal(head + "\r仅供领导参阅\r".encode("utf-16-le"), "a.doc", marks=["仅供领导参阅"]).code == "secret-mark"


@pytest.mark.parametrize(
    "text", [rtf("机密★1年"), RTF % b"\\'bb\\'fa\\'c3\\'dc\\par ", RTF % "\n【机密】\n".encode("gb18030")]
)
def test_read_rtf_marks_are_found_before_anything_is_written(monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    monkeypatch.setattr(office, "_converted", lambda *_: pytest.fail("written"))
    assert refusal(text, "a.rtf").code == "secret-mark"


@pytest.mark.needs("soffice")
def test_read_rtf_marks_that_only_conversion_shows() -> None:
    assert refusal(RTF % rb"{\*\x \u26426?}\u26426{\b ?}\u0023494?", "a.rtf").code == "secret-mark"


@pytest.mark.parametrize(
    ("inside", "code"),
    [("EncryptedPackage", "password"), ("WordDocument_VBA_PROJECT", "macros"), ("Workbook", "other-inside")],
)
def test_read_old_word_that_is_not_opened(inside: str, code: str) -> None:
    assert refusal(OLE + inside.encode("utf-16-le"), "a.doc").code == code


@pytest.mark.needs("soffice")
def test_read_old_word_with_a_password(old: bytes) -> None:
    at = next(at for at in range(512, len(old), 512) if old.startswith(b"\xec\xa5", at))
    flags = int.from_bytes(old[at + 10 : at + 12], "little") | 0x0100
    assert refusal(old[: at + 10] + flags.to_bytes(2, "little") + old[at + 12 :], "a.doc").code == "password"


@pytest.mark.needs("soffice")
def test_read_old_word_that_was_cut_off(old: bytes) -> None:
    assert refusal(old[: len(old) // 3], "a.doc").code in {"damaged", "other-inside", "empty"}


def test_read_old_word_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refusal(rtf("各村"), "a.rtf").code == "needs-office"


@pytest.mark.needs("soffice")
def test_read_through_office_takes_no_more_time_than_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.05)
    assert refusal(rtf("各村"), "a.rtf").code == "too-slow"


ODT = "application/vnd.oasis.opendocument.text"
MANIFEST = f"""<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.2">
<m:file-entry m:full-path="/" m:media-type="{ODT}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>"""
FETCHING = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>
<text:section text:name="s"><text:section-source xlink:href="{0}/s.odt"/></text:section>
<text:p>各村<draw:frame><draw:image xlink:href="{0}/a.png" xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p>
</office:text></office:body></office:document-content>"""


@pytest.mark.needs("soffice")
def test_read_through_office_fetches_nothing(socket_enabled: None) -> None:
    asked: list[Any] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)

        def listen() -> None:
            try:
                asked.append(server.accept())
            except OSError:
                return

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        data = packed({"mimetype": ODT, "content.xml": FETCHING.format(address), "META-INF/manifest.xml": MANIFEST})
        assert texts(read(data, "a.odt")) == ["各村"]
        server.shutdown(socket.SHUT_RDWR)
    assert asked == []
