"""Why an archive cannot be made or used."""


class ArchiveError(Exception):
    """An archive cannot be made or used; the message says why and what to do.

    Attributes:
        code: the failure's name for programs.
    """

    def __init__(self, code: str, detail: str) -> None:
        """Keep what is to be said."""
        super().__init__(detail)
        self.code = code
