"""The one error base of the engines: nonsense was handed in."""


class EngineInputError(ValueError):
    """An argument that no computation can be made of.

    Carries `code`, stable across versions, and `data`, the offending values; words for users are made at the edge.
    """

    def __init__(self, code: str, **data: object) -> None:
        """Keep `code` and `data`; the text is for developers."""
        self.code = code
        self.data = data
        super().__init__(f"{code}: {', '.join(f'{k}={v!r}' for k, v in data.items())}")
