"""Why a backup cannot be made, kept or used."""


class BackupError(Exception):
    """A backup cannot be made, kept or used; the message says why and what to do.

    Attributes:
        code: the failure's name for programs.
    """

    def __init__(self, code: str, detail: str) -> None:
        """Keep what is to be said."""
        super().__init__(detail)
        self.code = code
