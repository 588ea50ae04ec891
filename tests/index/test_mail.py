"""A message is an article with what it says of itself, and so is each file attached to it that can be read."""

import time
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import mail
from index.errors import UnreadableArticle
from index.mail_text import plain_body
from index.records import Article
from index.sources import SourceFile, SourceReader

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=60)
LINES = ["> a", ">b", "On x y, Jan wrote:", "-- ", "words", "", "From: a", "To: b", "Subject: c", "é 😀", "_" * 12]
LINES += ["-----Original Message-----"]
SAID = "The ferry sailed again on Tuesday.\n"


def message(text: str = SAID, **headers: str) -> EmailMessage:
    made = EmailMessage()
    stated = {
        "subject": "The ferry sails",
        "from": "Odile Tarn <o@tide.example>",
        "date": "Tue, 05 Mar 2024 23:30 -0500",
    }
    for name, value in {**stated, **headers}.items():
        made[name] = value
    made.set_content(text)
    return made


def read(content: bytes | EmailMessage, file: str = "in/a.eml") -> tuple[list[Article], dict[str, str]]:
    return SourceReader().articles(SourceFile(file, content if isinstance(content, bytes) else content.as_bytes()))


def only(content: bytes | EmailMessage) -> Article:
    [article], faults = read(content)
    assert faults == {}
    return article


def refusal(content: bytes | EmailMessage, file: str = "in/a.eml") -> str:
    with pytest.raises(UnreadableArticle) as caught:
        read(content, file)
    return caught.value.reason


def furniture(article: Article) -> list[tuple[str, str]]:
    return [(article.text[mark.start : mark.end], mark.label) for mark in article.marks if mark.kind == "furniture"]


def mailbox(*messages: EmailMessage) -> bytes:
    return b"\n".join(b"From a@b.example Tue Mar  5 10:00:00 2024\n" + one.as_bytes() for one in messages)


class TestMessage:
    def test_it_is_an_article_with_its_subject_day_and_sender(self):
        found = only(message())
        assert (found.file, found.title, found.published, found.publisher, found.author) == (
            *("in/a.eml#1", "The ferry sails", date(2024, 3, 5), None, "Odile Tarn"),
        )
        assert found.text == (
            "The ferry sails\nFrom: Odile Tarn <o@tide.example>\nDate: Tue, 05 Mar 2024 23:30:00 -0500\n\n"
            "The ferry sailed again on Tuesday."
        )
        assert [label for _, label in furniture(found)] == ["byline", "dateline"]

    @pytest.mark.parametrize(
        ("raw", "title"),
        [
            (b"=?iso-8859-1?Q?F=E4hre?=", "Fähre"),
            ("Fähre im Eis".encode(), "Fähre im Eis"),
            (b"The ferry\r\n sails", "The ferry sails"),
            (b"=?x-no-such?Q?abc?= sails", None),
        ],
    )
    def test_a_subject_may_be_written_in_many_ways(self, raw: bytes, title: str | None):
        found = only(b"Subject: " + raw + b"\r\n\r\nSome words.\r\n")
        assert found.title == title or (title is None and "sails" in (found.title or ""))

    def test_a_day_that_makes_no_sense_is_none(self):
        assert only(message(date="Yesterday")).published is None

    @pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "koi8-r", "iso-2022-jp"])
    def test_its_letters_are_read_as_it_says(self, charset: str):
        said = {"koi8-r": "Лёд", "iso-2022-jp": "氷が来た"}.get(charset, "Söder é")
        head = f"Subject: a\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
        assert said in only(head.encode() + said.encode(charset)).text

    def test_a_message_that_says_a_wrong_encoding_is_not_turned_round(self):
        head = b"Subject: a\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 8bit\n\n"
        assert "Müller" in only(head + "Müller".encode()).text

    def test_one_written_as_a_page_is_read_as_a_page(self):
        made = message()
        made.set_content(f"<html><body><p>{SAID}</p><p>It was <b>not</b> full.</p></body></html>", subtype="html")
        assert only(made).text.endswith(f"\n\n{SAID}It was not full.")

    def test_of_two_forms_the_plain_one_counts(self):
        made = message()
        made.add_alternative("<p>As a page.</p>", subtype="html")
        assert "As a page" not in only(made).text

    def test_an_empty_plain_form_gives_way(self):
        made = message("\n")
        made.add_alternative(f"<p>{SAID}</p>", subtype="html")
        assert SAID.strip() in only(made).text

    @pytest.mark.parametrize("said", ["View this email in your browser: https://tide.example/1", "Please use HTML."])
    def test_a_plain_form_that_only_says_to_look_at_the_other_gives_way(self, said: str):
        made = message(said)
        made.add_alternative(
            f"<p>{SAID} It had lain still for eleven days.</p><p>Nobody had seen such ice, and all were paid.</p>",
            subtype="html",
        )
        assert "eleven days" in only(made).text

    def test_what_a_table_only_places_is_no_row(self):
        cells = "<tr><td><h1>The ferry</h1><p>It sailed.</p><p>It came back.</p></td></tr>"
        made = EmailMessage()
        made.set_content(f"<table>{cells}</table><table><tr><td>Alma</td><td>12</td></tr></table>", subtype="html")
        assert only(made).text == "The ferry\nIt sailed.\nIt came back.\nAlma | 12"


class TestWhatIsNotTheMessage:
    def test_an_earlier_mail_and_who_wrote_it_are_marked(self):
        quoted = "On Mon, 4 Mar 2024 at 9:00,\nJan Fell <j@x.example> wrote:\n> When will it sail?\n> Jan"
        assert furniture(only(message(f"{SAID}\n{quoted}\n")))[-1] == (quoted, "quoted")

    def test_so_is_one_below_its_headers(self):
        earlier = "From: Jan Fell\nSent: Monday\nTo: Odile Tarn\nSubject: Ferry\n\nWhen will it sail?"
        assert furniture(only(message(f"{SAID}\n{earlier}\n")))[-1] == (earlier, "quoted")

    def test_so_is_one_below_a_rule(self):
        earlier = "-----Original Message-----\nWhen will it sail?"
        assert furniture(only(message(f"{SAID}\n{earlier}\n")))[-1] == (earlier, "quoted")

    @pytest.mark.parametrize("subject", ["Fwd: Ferry", "FW: Ferry", "WG: Ferry"])
    def test_what_is_forwarded_is_what_the_message_says(self, subject: str):
        forwarded = "From: Jan Fell\nSent: Monday\nTo: Odile Tarn\nSubject: Ferry\n\nIt sails at nine."
        found = only(message(f"See below.\n\n{forwarded}\n", subject=subject))
        assert "quoted" not in [label for _, label in furniture(found)]

    @pytest.mark.parametrize("rule", ["---------- Forwarded message ---------", "Begin forwarded message:"])
    def test_nor_is_what_it_passes_on_under_a_subject_of_its_own(self, rule: str):
        earlier = f"{rule}\nFrom: Jan\nDate: Mon, 4 Mar 2024\nSubject: Ice\nTo: Odile\n\nThe ice broke."
        assert "quoted" not in dict(furniture(only(message(f"See below.\n\n{earlier}")))).values()
        page = f"<p>See below.</p><div class='gmail_quote'><div>{rule}</div><p>The ice broke.</p></div>"
        made = message()
        made.set_content(page, subtype="html")
        assert "quoted" not in dict(furniture(only(made))).values()

    @pytest.mark.parametrize(
        "head",
        [
            "Von: Jan\nGesendet: Montag, 4. März 2024 10:12\nAn: Odile Tarn\nBetreff: AW: Eis",
            "De : Jan\nEnvoyé : lundi 4 mars 2024 10:12\nÀ : Odile Tarn\nObjet : RE: La glace",
        ],
    )
    def test_an_earlier_mail_may_have_its_headers_in_another_language(self, head: str):
        assert furniture(only(message(f"It sailed.\n\n{head}\n\nWhen?")))[-1] == (f"{head}\n\nWhen?", "quoted")

    @pytest.mark.parametrize(
        "foot",
        [
            "Sent from my iPhone",
            "Get Outlook for iOS",
            f"{'_' * 47}\nFerry mailing list\nferry@lists.example\nhttps://lists.example/ferry",
            "This e-mail and any attachments are confidential.\nIf it is not for you, delete it.",
        ],
    )
    @pytest.mark.parametrize("subtype", ["plain", "html"])
    def test_what_programs_lists_and_firms_put_below_is_marked(self, foot: str, subtype: str):
        made = message()
        text = f"{SAID}\n{foot}\n"
        made.set_content(text if subtype == "plain" else text.replace("\n", "<p>"), subtype=subtype)
        assert furniture(only(made))[-1] == (foot, "signature")

    def test_a_signature_is_marked(self):
        assert furniture(only(message(f"{SAID}\n-- \nOdile Tarn\nThe Tide\n")))[-1][1] == "signature"

    def test_a_text_between_rules_is_no_signature(self):
        lines = "\n".join(f"Line {number} of the report." for number in range(30))
        assert "signature" not in [label for _, label in furniture(only(message(f"{SAID}\n--\n{lines}\n")))]

    def test_an_earlier_mail_in_a_page_is_marked(self):
        made = message()
        quote = "<div class='gmail_quote'><div>Jan wrote:</div><blockquote>When will it sail?</blockquote></div>"
        made.set_content(f"<html><body><div>{SAID}</div>{quote}</body></html>", subtype="html")
        assert [said for said, label in furniture(only(made)) if label == "quoted"] == [
            "Jan wrote:",
            "When will it sail?",
        ]

    @pytest.mark.parametrize(
        "head",
        [
            "<div><b>From:</b> Jan Fell<br><b>Sent:</b> Monday<br><b>To:</b> Odile Tarn<br><b>Subject:</b> Ferry</div>",
            "<p>From: Jan Fell</p><p>Sent: Monday</p><p>To: Odile Tarn</p><p>Subject: Ferry</p>",
        ],
    )
    @pytest.mark.parametrize("subject", ["RE: Ferry", "FW: Ferry"])
    def test_so_is_one_in_a_page_below_its_headers_and_nothing_around_it(self, head: str, subject: str):
        made = message(subject=subject)
        table = "<table><tr><td>Port<td>Fare<tr><td>Orr<td>30</table>"
        made.set_content(f"<p>{SAID}</p>{head}<p>Will it cost 30?</p>{table}", subtype="html")
        said = [said for said, label in furniture(only(made)) if label == "quoted"]
        earlier = (
            "From: Jan Fell\nSent: Monday\nTo: Odile Tarn\nSubject: Ferry\nWill it cost 30?\nPort | Fare\nOrr | 30"
        )
        assert said == ([earlier] if subject.startswith("RE") else [])

    @repeatable
    @given(lines=st.lists(st.sampled_from(LINES)))
    def test_marks_cover_whole_lines_of_one_kind_and_never_overlap(self, lines: list[str]):
        body = plain_body("\r\n".join(lines))
        starts = {0, *(place + 1 for place, sign in enumerate(body.text) if sign == "\n")}
        place = 0
        for mark in body.marks:
            assert mark.start in starts
            assert body.text[mark.end : mark.end + 1] in ("", "\n")
            assert place <= mark.start < mark.end
            place = mark.end


class TestAttachments:
    def test_one_that_is_read_is_an_article_of_its_own(self):
        made = message()
        made.add_attachment(b"Fare,Return\nChild,4.90\n", maintype="text", subtype="csv", filename="fares.csv")
        made.add_attachment("The report.", filename="report.txt")
        found, faults = read(made)
        assert ([one.file for one in found], faults) == (["in/a.eml#1", "in/a.eml#2", "in/a.eml#3"], {})
        assert [one.text for one in found][1:] == ["Fare | Return\nChild | 4.90", "The report.\n"]
        assert len({one.id for one in found}) == 3

    def test_one_that_is_not_read_is_named_with_the_remedy(self):
        made = message()
        made.add_attachment(b"\xd0\xcf\x11\xe0", maintype="application", subtype="msword", filename="old.doc")
        made.add_attachment(b"%PDF-1.7 but no more", maintype="application", subtype="pdf")
        _, faults = read(made)
        assert faults["in/a.eml#2"].startswith("the attachment old.doc: it is of a kind that is not read")
        assert "the attachment without a name.pdf: it is damaged" in faults["in/a.eml#3"]

    def test_a_message_that_is_attached_is_an_article_too(self):
        made = message()
        made.add_attachment(message("Inner words.", subject="Inner"))
        assert [one.title for one in read(made)[0]] == ["The ferry sails", "Inner"]

    def test_pictures_that_it_shows_and_proofs_of_its_writer_are_no_attachments(self):
        made = message()
        made.add_alternative("<p>As a page.</p><img src='cid:logo'>", subtype="html")
        made.get_payload(1).add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")  # type: ignore[union-attr]
        assert only(made).title == "The ferry sails"

    def test_text_behind_an_attachment_is_the_messages_own(self):
        made = message()
        made.add_attachment(b"a,b\nc,d\n", maintype="text", subtype="csv", filename="a.csv")
        made.add_attachment("Sent to all members.")
        made.get_payload(2).replace_header("content-disposition", "inline")  # type: ignore[union-attr]
        assert "Sent to all members." in read(made)[0][0].text

    def test_too_many_are_named_once(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(mail, "MAX_ATTACHMENTS", 2)
        made = message()
        for number in range(5):
            made.add_attachment(f"Words {number}.", filename=f"{number}.txt")
        found, faults = read(made)
        assert (len(found), list(faults.values())) == (3, ["it has over 2 attachments; the others are not read."])

    def test_those_that_take_too_long_are_named(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(mail, "MAX_SECONDS", -1)
        made = message()
        made.add_attachment("Words.", filename="a.txt")
        assert "Save it as a file." in read(made)[1]["in/a.eml#2"]


class TestMailbox:
    def test_each_message_is_an_article(self):
        found, faults = read(mailbox(message(subject="One"), message(subject="Two")), "in/a.mbox")
        assert ([(one.file, one.title) for one in found], faults) == (
            [("in/a.mbox#1", "One"), ("in/a.mbox#2", "Two")],
            {},
        )

    @pytest.mark.parametrize("before", [b"\n\r\n", b"\xef\xbb\xbf"])
    def test_what_an_editor_puts_before_it_does_not_matter(self, before: bytes):
        assert len(read(before + mailbox(message(), message()), "in/a.mbox")[0]) == 2

    def test_a_line_that_begins_with_from_parts_nothing(self):
        [article], _ = read(mailbox(message(">From here on it was 2024.\nFrom 2023 to 2024 it sank.\n")), "a.mbox")
        assert article.text.endswith("From here on it was 2024.\nFrom 2023 to 2024 it sank.")

    def test_a_bad_message_costs_no_other(self):
        found, faults = read(mailbox(message(), message("\n"), message()), "a.mbox")
        assert [one.file for one in found] == ["a.mbox#1", "a.mbox#3"]
        assert faults == {"a.mbox#2": "the message itself: it holds no text."}

    def test_five_thousand_messages_are_read(self):
        content = mailbox(*[message(subject=f"Story {number}") for number in range(100)]) + b"\n"
        start = time.monotonic()
        found, _ = read(content * 50, "a.mbox")
        assert len(found) == 5_000
        assert time.monotonic() - start < 120  # some 10 seconds on a machine at rest


class TestRefusals:
    @pytest.mark.parametrize(
        ("file", "content", "reason"),
        [
            ("a.eml", b"\x89PNG\r\n\x1a\n", "it is no mail: it has no headers. Save it again as .eml."),
            ("a.mbox", b"Subject: a\n\nwords", "it is no mailbox"),
            ("a.eml", b"Subject: a\n\n", "it holds no article: the message itself: it holds no text."),
            ("a.eml", b"Subject: a\nContent-Type: application/pkcs7-mime\n\nMIAG", "it is encrypted."),
            (
                "a.eml",
                b"Subject: a\nContent-Type: text/plain; x=" + b"y" * 9_000 + b"\n\nwords",
                "over 5,000 characters",
            ),
        ],
    )
    def test_each_names_the_reason(self, file: str, content: bytes, reason: str):
        assert reason in refusal(content, file)

    def test_a_body_that_cannot_be_read_costs_no_attachment(self):
        made = message()
        made.set_content("<html><body></body></html>", subtype="html")
        made.add_attachment("The report.", filename="report.txt")
        found, faults = read(made)
        assert [one.text for one in found] == ["The report.\n"]
        assert faults["in/a.eml#1"].startswith("the message itself: it holds no text")

    def test_one_of_too_many_parts(self):
        parts = b"--x\n\nwords\n" * 6_000
        assert refusal(b'Subject: a\nContent-Type: multipart/mixed; boundary="x"\n\n' + parts) == (
            "it has over 5,000 parts. Split it."
        )

    def test_a_thousand_recipients_are_left_out_of_its_head(self):
        to = ", ".join(f"Reader {number} <r{number}@x.example>" for number in range(1_000))
        raw = b"Subject: a\nTo: " + to.encode() + b"\n\nSome words.\n"
        assert only(raw).text == "a\n\nSome words."

    def test_parts_within_parts_end(self):
        nested = b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (depth, depth) for depth in range(3_000)
        )
        assert refusal(b"Subject: a\n" + nested + b"\nwords").endswith(".")

    @repeatable
    @given(noise=st.binary(max_size=80))
    def test_noise_is_read_or_refused(self, noise: bytes):
        try:
            read(b"Subject: a\nContent-Type: " + noise)
        except UnreadableArticle as error:
            assert "\n" not in error.reason  # noqa: PT017
