"""Where the backups of an office go: a folder, and another on a second medium, which may be plugged in or not."""

from dataclasses import dataclass
from pathlib import Path

from desktop.store.backups import is_known, remembered
from desktop.store.copying import trouble_at

USUAL_FOLDER = "backups"


@dataclass(frozen=True, slots=True)
class Backups:
    """Where the backups of a store go; ``second`` is the folder on a second medium, None where there is none."""

    store: Path
    folder: Path
    second: Path | None = None

    @property
    def usual(self) -> Path:
        """The folder beside the store: where backups go if nobody says otherwise."""
        return self.store.parent / USUAL_FOLDER


def places(store: Path, folder: str = "", second: str = "") -> Backups:
    """Where the backups of a store go, by the settings; empty ones leave it at the usual."""
    usual = store.parent / USUAL_FOLDER
    first = Path(folder) if folder else usual
    return Backups(store, first, Path(second) if second and Path(second) != first else None)


def second_there(backups: Backups, owner: str) -> bool:
    """Whether the second medium is there: the very one that was used before, not another that has its name."""
    if backups.second is None or not backups.second.is_dir():
        return False
    return is_known(backups.second, owner) or remembered(backups.folder, owner).second != str(backups.second)


def made_folder(backups: Backups, folder: Path) -> Path:
    """A folder that is there; the usual one is made, any other may be a disk that is not plugged in."""
    if folder == backups.usual and not folder.is_dir():
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise trouble_at(folder.parent) from error
    return folder
