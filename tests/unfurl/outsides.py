"""An outside world in a dictionary: address → what comes. Called by the tests of this room and of the desk."""

import json
from dataclasses import dataclass, field

from stoppress.lib.http_out import Answer, NotFetched, Outside, Wanted


@dataclass(frozen=True)
class Answers(Outside):
    """`pages`: address → html, or JSON as an object. `asked`: the addresses in order."""

    pages: dict[str, str | dict[str, object]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def get(self, url: str, wanted: Wanted) -> Answer:
        self.asked.append(url)
        page = self.pages.get(url)
        if page is None:
            raise NotFetched("example.org answered 404 instead of the page.")
        if isinstance(page, dict):
            assert "application/json" in wanted.types
            return Answer(url, "application/json", "", json.dumps(page).encode()[: wanted.most_bytes])
        assert "text/html" in wanted.types
        return Answer(url, "text/html", "utf-8", page.encode()[: wanted.most_bytes])
