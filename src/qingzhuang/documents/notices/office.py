"""Old and foreign forms (.doc, .wps, .rtf, .odt) through LibreOffice, where it is installed.

Three things come first: the raw bytes are searched for marks, for macros and for a password. Then LibreOffice works in a
folder in memory, so that nothing of the text reaches a disk, under a profile made for this one file in which macros are
off and the only way to the network leads nowhere. It is ended, with all it has started, when its time is over."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from qingzhuang.documents.notices import limits
from qingzhuang.documents.notices.content import Content
from qingzhuang.documents.notices.errors import SecretMark, UnreadableNotice, too_big
from qingzhuang.documents.notices.raw import literal_mark, raw_texts
from qingzhuang.documents.notices.word import read_word
from qingzhuang.domain.notices.secrecy import secret_mark

_IN_MEMORY = Path("/dev/shm")  # noqa: S108  # wanted for being in memory; the folder in it is made for one file, 0700
_NOWHERE = "127.0.0.1"
_DISCARD = 9

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}</oor:items>"""
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Save/Document", "AutoSave", "false"),
    ("Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPProxyPort", str(_DISCARD)),
    ("Inet/Settings", "ooInetHTTPSProxyName", _NOWHERE),
    ("Inet/Settings", "ooInetHTTPSProxyPort", str(_DISCARD)),
)

_SECTOR = 512
_WORD_FILE = b"\xec\xa5"
_FLAGS, _ENCRYPTED = 0x0A, 0x0100


def read_through_office(
    data: bytes, form: str, file: str, marks: Sequence[str] = (), texts: Iterable[str] | None = None
) -> Content:
    """Return the paragraphs of `data`, of one of the forms that LibreOffice reads; raises `UnreadableNotice`.

    `texts` are what the bytes are known to say, where somebody else has unpacked them."""
    if len(data) > limits.OFFICE_BYTES:
        raise too_big(len(data), limits.OFFICE_BYTES, file)
    if form == "doc":
        _check_ole(data, file)
    if mark := secret_mark(raw_texts(data) if texts is None else texts, marks) or literal_mark(data, marks):
        raise SecretMark(mark, file)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise UnreadableNotice("needs-office", file)
    return read_word(_converted(office, data, form, file), file)


def _check_ole(data: bytes, file: str) -> None:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableNotice("password", file)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise UnreadableNotice("macros", file)
    if "WordDocument".encode("utf-16-le") not in data:
        raise UnreadableNotice("other-inside", file, suffix=Path(file).suffix)
    for at in range(_SECTOR, len(data) - _SECTOR, _SECTOR):
        if data.startswith(_WORD_FILE, at):
            if int.from_bytes(data[at + _FLAGS : at + _FLAGS + 2], "little") & _ENCRYPTED:
                raise UnreadableNotice("password", file)
            return


def _converted(office: str, data: bytes, form: str, file: str) -> bytes:
    """Return `data` as .docx."""
    memory = _IN_MEMORY if os.access(_IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="qingzhuang-", dir=memory, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        given, wanted = folder / f"notice.{form}", folder / "out" / "notice.docx"
        given.write_bytes(data)
        _write_profile(folder / "profile")
        _run(_command(office, folder, given), folder, file)
        if not wanted.exists():
            raise UnreadableNotice("damaged", file)
        if wanted.stat().st_size > limits.FILE_BYTES:
            raise UnreadableNotice("too-much-inside", file, most=limits.FILE_BYTES >> 20)
        return wanted.read_bytes()


def _command(office: str, folder: Path, given: Path) -> list[str]:
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    quiet = ["--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"]
    return [office, home, *quiet, "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(given)]


def _write_profile(profile: Path) -> None:
    item = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
    items = "".join(item.format(*setting) for setting in _SETTINGS)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")


def _run(command: list[str], folder: Path, file: str) -> None:
    """Run `command` at most the time that another program may take; end its whole group then."""
    proxy = f"http://{_NOWHERE}:{_DISCARD}"
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "SYSTEMROOT") if key in os.environ}
    environment = kept | {"HOME": str(folder), "TMPDIR": str(folder), "http_proxy": proxy, "https_proxy": proxy}
    silent = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603  # a fixed command
        _bounded(command),
        cwd=folder,
        env=environment,
        stdin=silent,
        stdout=silent,
        stderr=silent,
        start_new_session=True,
    )
    try:
        process.wait(limits.SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableNotice("too-slow", file, seconds=round(limits.SECONDS)) from None
    finally:
        _end(process)


def _bounded(command: list[str]) -> list[str]:
    """Return `command` with its memory bounded, and kept from the disk if it dies, where there is a shell to do it."""
    shell = shutil.which("sh")
    if shell is None:
        return command
    return [shell, "-c", f'ulimit -c 0; ulimit -v {limits.PROGRAM_BYTES >> 10}; exec "$@"', "sh", *command]


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError, PermissionError):  # it has ended, or the system knows no groups
        process.kill()
    process.wait()
