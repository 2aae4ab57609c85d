from .archive import Archive


def read_odt(archive: Archive) -> str:
    return ""
