"""Mails become articles, one a message, with what is attached to them: .eml files and .mbox mailboxes."""

import mimetypes
import platform
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.headerregistry import AddressHeader, DateHeader
from email.message import EmailMessage
from pathlib import PurePosixPath

from index.article_lists import stated_date, stated_name
from index.encodings import decoded
from index.errors import UnreadableArticle
from index.extraction import Extraction, naming, tidy
from index.headers import Header
from index.mail_text import Body, page_body, plain_body, whole_text
from index.parts import Part, ReadAttachment, Unread

MAX_MESSAGES = 50_000
MAX_ATTACHMENTS = 500  # of one message, its own and those of the messages that are attached to it
MAX_PARTS = 5_000  # of one message, texts and pictures among them
MAX_SECONDS = 300  # that all attachments of a file may take
MAX_HEADER = 5_000  # characters; what the library takes for a header grows with the square of its length

_FULLER = 3  # times as many words: two forms of one text say about the same

_FORWARDED = re.compile(r"(?i)\s*(?:fwd?|wg|tr|rv|i|enc|doorst)\s?:")
_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_FIRST_LINE = re.compile(rb"From [^\r\n]{0,200}\d{4}[^\r\n]{0,40}\r?\n")
_NEXT_MESSAGE = re.compile(rb"\n(?=From [^\r\n]{0,200}\d{4}[^\r\n]{0,40}\r?\n[!-9;-~]+:)")
_ESCAPED_FROM = re.compile(rb"(?m)^>(>*From )")


def read_eml(file: str, content: bytes, read: ReadAttachment) -> list[Part]:
    """Return a message and what is attached to it, which `read` reads. Raises UnreadableArticle."""
    return _Reader(file, read).parts(content)


def read_mbox(file: str, content: bytes, read: ReadAttachment) -> list[Part]:
    """Return the messages of a mailbox, each before what is attached to it. Raises UnreadableArticle."""
    content = content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if not (first := _FIRST_LINE.match(content)):
        raise UnreadableArticle(file, "it is no mailbox: it does not begin with a line such as From A Mon Jan 1 2024.")
    places = [first.end() - 1, *(match.end() for match in _NEXT_MESSAGE.finditer(content, first.end()))]
    if len(places) > MAX_MESSAGES:
        raise UnreadableArticle(file, f"it has over {MAX_MESSAGES:,} messages. Split it.")
    reader = _Reader(file, read)
    found: list[Part] = []
    for start, end in zip(places, [*places[1:], len(content)], strict=True):
        message = content[content.index(b"\n", start) + 1 : end]
        try:
            found += reader.parts(_ESCAPED_FROM.sub(rb"\1", message))
        except UnreadableArticle as error:
            found.append(Unread(error.reason))
    return found


class _Reader:
    """Reads the messages of a file."""

    def __init__(self, file: str, read: ReadAttachment) -> None:
        self._file = file
        self._read = read
        self._attachments = 0
        self._deadline = time.monotonic() + MAX_SECONDS

    def parts(self, content: bytes) -> list[Part]:
        """Return a message and what is attached to it. Raises UnreadableArticle."""
        self._attachments = 0
        with naming(self._file, "a mail", "email"):
            message = message_from_bytes(content, policy=policy.default)
            if not message.keys() or not isinstance(message, EmailMessage):
                raise UnreadableArticle(self._file, "it is no mail: it has no headers. Save it again as .eml.")
            parts = list(message.walk())
            if len(parts) > MAX_PARTS:
                raise UnreadableArticle(self._file, f"it has over {MAX_PARTS:,} parts. Split it.")
            if any(map(_is_overlong, parts)):
                raise UnreadableArticle(self._file, f"a header in it has over {MAX_HEADER:,} characters. Mend it.")
            return list(self._message(message))

    def _message(self, message: EmailMessage) -> Iterator[Part]:
        if message.get_content_type() in _ENCRYPTED:
            yield Unread("it is encrypted. Save it as it is shown.")
            return
        header, lines = _stated(message)
        try:
            bodies, attached = self._bodies(message, is_forward=bool(_FORWARDED.match(header.title or "")))
            if not bodies:
                raise UnreadableArticle(self._file, "it holds no text.")
            text, marks = whole_text(lines, bodies)
            yield Extraction(text, header, f"email of Python {platform.python_version()}", marks)
        except UnreadableArticle as error:
            yield Unread(f"the message itself: {error.reason}")
            attached = [part for part in _beside(message, None) if not (_is_said(part) or _is_of_the_page(part))]
        for part in attached:
            yield from self._attachment(part)

    def _bodies(self, message: EmailMessage, *, is_forward: bool) -> tuple[list[Body], list[EmailMessage]]:
        """Return the texts that are the message's own, and the parts that are attached to it."""
        main = message.get_body(("plain", "html"))
        bodies = [self._body(main, is_forward)] if isinstance(main, EmailMessage) else []
        page = message.get_body(("html",))
        if bodies and page is not main and isinstance(page, EmailMessage):
            bodies = [self._fuller(bodies[0], page, is_forward)]
        attached: list[EmailMessage] = []
        for part in _beside(message, main):
            if _is_said(part):
                bodies.append(self._body(part, is_forward))
            elif not _is_of_the_page(part):
                attached.append(part)
        return [body for body in bodies if body.text], attached

    def _fuller(self, plain: Body, page: EmailMessage, is_forward: bool) -> Body:
        """Return the plain form of a text, or its form as a page where the plain one only says to look at that."""
        words = len(plain.text.split())
        if plain.text and len(_payload(page).split()) < _FULLER * words:
            return plain
        try:
            shown = self._body(page, is_forward)
        except UnreadableArticle:
            if not plain.text:
                raise
            return plain
        return shown if len(shown.text.split()) > _FULLER * words else plain

    def _body(self, part: EmailMessage, is_forward: bool) -> Body:
        content = _payload(part)
        text = decoded(content, self._file, stated=_charset(part), mend=True) if content.strip() else ""
        if part.get_content_subtype() == "html":
            return page_body(self._file, text, is_forward=is_forward)
        return plain_body(text, is_forward=is_forward)

    def _attachment(self, part: EmailMessage) -> Iterator[Part]:
        self._attachments += 1
        if self._attachments > MAX_ATTACHMENTS:
            if self._attachments == MAX_ATTACHMENTS + 1:
                yield Unread(f"it has over {MAX_ATTACHMENTS} attachments; the others are not read.")
            return
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            if isinstance(inner, EmailMessage):
                yield from self._message(inner)
            return
        name = _name(part)
        if time.monotonic() > self._deadline:
            yield Unread(f"the attachment {name}: those before it took over {MAX_SECONDS} seconds. Save it as a file.")
            return
        try:
            articles, faults = self._read(name, _payload(part))
        except UnreadableArticle as error:
            articles, faults = [], {name: error.reason}
        yield from articles
        for reason in faults.values():
            yield Unread(f"the attachment {name}: {reason}")


def _beside(part: EmailMessage, main: object) -> Iterator[EmailMessage]:
    """Yield the parts of a message that are no other form of its main text."""
    if part is main:
        return
    is_container = part.is_multipart() and part.get_content_maintype() == "multipart"
    for child in part.iter_parts() if is_container else ():
        is_text = child.get_content_type() in ("text/plain", "text/html")
        if isinstance(child, EmailMessage) and not (is_text and part.get_content_subtype() == "alternative"):
            yield from _beside(child, main)
    if not is_container:
        yield part


def _is_said(part: EmailMessage) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text and not part.get_filename() and not part.is_attachment()


def _is_overlong(part: object) -> bool:
    """Tell whether a part has a header of those that say what it is that would take long to understand."""
    raw = part.raw_items() if isinstance(part, EmailMessage) else ()
    return any(name.lower().startswith("content-") and len(value) > MAX_HEADER for name, value in raw)


def _is_of_the_page(part: EmailMessage) -> bool:
    """Tell whether a part is a picture that the message shows, or proves who wrote it."""
    is_shown = part.get_content_maintype() == "image" and "content-id" in part and not part.is_attachment()
    return is_shown or part.get_content_type() in _SIGNATURES


def _payload(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(part: EmailMessage) -> str | None:
    stated = part.get_param("charset")
    return stated if isinstance(stated, str) and stated else None


def _name(part: EmailMessage) -> str:
    """Return an attachment's file name, with the suffix of its kind where it has none."""
    stated = stated_name((part.get_filename() or "").replace("\\", "/").rpartition("/")[2]) or "without a name"
    suffix = "" if PurePosixPath(stated).suffix else mimetypes.guess_extension(part.get_content_type()) or ""
    return stated[:200] + suffix


def _stated(message: EmailMessage) -> tuple[Header, list[tuple[str, str]]]:
    """Return what a message says of itself, and as lines of the text, each with what it is."""
    subject, sender, day = (_header(message, name) for name in ("subject", "from", "date"))
    title = stated_name(str(subject)) if subject else None
    published = author = None
    if isinstance(day, DateHeader) and day.datetime:
        with suppress(ValueError):
            published = stated_date(day.datetime.date().isoformat())
    if isinstance(sender, AddressHeader) and len(sender.addresses) == 1:
        author = stated_name(sender.addresses[0].display_name)
    lines = [(title, "")] if title else []
    for name, label in (("From", "byline"), ("To", "recipients"), ("Cc", "recipients"), ("Date", "dateline")):
        if said := stated_name(str(_header(message, name) or "")):
            lines.append((tidy([f"{name}: {said}"]), label))
    return Header(title, None, published, author), lines


def _header(message: EmailMessage, name: str) -> object:
    """Return a header, also one that was written in plain UTF-8; None where there is none, or it is overlong."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if raw is None or len(raw) > MAX_HEADER:
        return None
    value = str(raw)
    if not value.isascii():
        try:
            value = decoded(value.encode("utf-8", "surrogateescape"), name, mend=True)
        except UnreadableArticle:
            value = value.encode("ascii", "replace").decode()
    return policy.default.header_factory(name, re.sub(r"\r?\n(?=[ \t])", "", value).replace("\n", " "))
