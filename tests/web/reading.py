"""Reading pages: their tags, links and words, with the standard library's parser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Page:
    """What a page holds."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: str = ""
    unclosed: list[str] = field(default_factory=list)
    styles: str = ""

    def links(self, at: str) -> list[str]:
        """Addresses of this page's links, made whole."""
        return [urljoin(at, one["href"]) for tag, one in self.tags if tag == "a" and "href" in one]

    def loads(self) -> list[tuple[str, str]]:
        """What a browser would fetch by itself."""
        names = {"src", "srcset", "poster", "data", "background"}
        found = [(tag, value) for tag, given in self.tags for name, value in given.items() if name in names]
        return found + [(tag, given.get("href", "")) for tag, given in self.tags if tag in ("link", "use", "image")]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        self.page.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.page.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.page.styles += data
        else:
            self.page.words += data


def read(text: str) -> Page:
    """Read a page. The tags must nest."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.page


def same_host(address: str, host: str) -> bool:
    """Whether an address is of this host."""
    return urlsplit(address).netloc == urlsplit(host).netloc
