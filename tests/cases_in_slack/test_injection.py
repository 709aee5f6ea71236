"""What people write stays text: it pings nobody, links nowhere, formats nothing that counts, and is no template."""

from collections.abc import Iterator
from typing import Any

from bot.local.model import Message, View
from tests.cases_in_slack.conftest import Clinic
from tests.cases_in_slack.people import NORTH, everything

NASTY = "<!channel> <@U0EVIL0001> <https://evil.example|click> *bold* ~gone~ {{ 7 * 7 }} {% raw %} &lt; <#C0EVIL0001>"
CONTROL = ("<!channel>", "<https://evil.example", "<#C0EVIL0001>", "<@U0EVIL0001>")


def texts(value: Any) -> Iterator[dict[str, Any]]:
    """Every text object and run of text in a payload."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def assert_harmless(shown: Message | View) -> None:
    """Control sequences stand only where Slack does not read them: in plain and rich text."""
    for text in texts(list(shown.blocks)):
        if text["type"] == "mrkdwn":
            assert not any(sequence in text["text"] for sequence in CONTROL), text
            assert text.get("verbatim") is True
    fallback = shown.text if isinstance(shown, Message) else ""
    assert not any(sequence in fallback for sequence in CONTROL)


def test_nothing_that_people_write_is_read_as_markup(clinic: Clinic) -> None:
    anneliese, marc = clinic.anneliese, clinic.marc
    code = clinic.open_case(label=NASTY[:110])
    clinic.make_ready(code)
    checklist = clinic.surface(anneliese, code, "checklist-conclusions")
    anneliese.click(checklist, "Add a note: The behaviours were severe")
    anneliese.wait_for_modal("Add a note")
    assert clinic.send(anneliese, {"text": NASTY}) == {}
    texts_of = {"asked": NASTY, "advised": NASTY, "next_step": NASTY, "others": NASTY}
    assert clinic.log_consultation(code, "team", people=[], **texts_of) == {}
    assert clinic.draft(code, reasons=NASTY, continuing_care=NASTY, options=NASTY) == {}
    letter = clinic.surface(anneliese, code, "letter-1-1")
    clinic.submit_letter(code)
    request = clinic.surface(marc, code, "request-1-0-U0DESROS01", where=marc.direct_message)
    marc.click(clinic.newest_version(marc, code), "Request changes …")
    marc.wait_for_modal("Request changes")
    assert clinic.send(marc, {"comment": NASTY}) == {}
    clinic.surface(anneliese, code, "review-1-1")

    for command in ("/reconcile", "/consultations", "/termination-letter"):
        anneliese.command(NORTH, command, code)
        assert_harmless(anneliese.wait_for_modal(code))
        anneliese.dismiss()
    for shown in (*everything(anneliese, NORTH), *everything(marc, marc.direct_message), anneliese.open_home()):
        assert shown is not None
        if isinstance(shown, View) or shown.from_bot:
            assert_harmless(shown)
    for exact in (letter, request):
        assert any(text["type"] == "plain_text" and NASTY in text["text"] for text in texts(list(exact.blocks)))
    assert "49" not in clinic.load(code).letters[-1].latest.text.replace("7 * 7", "")
