"""Writing a file so that nobody ever finds half of it."""

import os
import tempfile
from pathlib import Path


class NotWrittenError(Exception):
    """The file is as it was: its text is one line that says why."""


def write_whole(path: Path, text: str) -> None:
    """Write the text as UTF-8: beside the file first, then in its place. Raises NotWrittenError."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise NotWrittenError(f"{path} is not a file, so nothing was written to it; choose another place.")
    try:
        _replace(target, text.encode("utf-8"))
    except OSError as error:
        raise NotWrittenError(f"{path} cannot be written ({error.strerror}); nothing was changed.") from error


def _replace(target: Path, content: bytes) -> None:
    """The new file has the permissions of the one that was there, or only its owner's."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
