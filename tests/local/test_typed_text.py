"""What people type is written down as Slack writes it."""

import pytest

from bot.local.people import PEOPLE, channels
from bot.local.reading import plain
from bot.local.text import Typing

TYPING = Typing({"Rosa Reyes": "U0REYES001", "Tiny App": "U0LOCALBOT"}, channels(PEOPLE))

TYPED = [
    ("plain words", "plain words"),
    ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
    ("\"quotes\" and 'apostrophes' stay", "\"quotes\" and 'apostrophes' stay"),
    ("@Tiny App hello", "<@U0LOCALBOT> hello"),
    ("ask @rosa reyes!", "ask <@U0REYES001>!"),
    ("@Rosa Reyesson is nobody", "@Rosa Reyesson is nobody"),
    ("see #primary-care", "see <#C0PRIMARY1|primary-care>"),
    ("#unknown stays", "#unknown stays"),
    ("@here and @channel", "<!here> and <!channel>"),
    ("https://example.ca/a?b=1&c=2.", "<https://example.ca/a?b=1&amp;c=2>."),
    ("(http://example.ca)", "(<http://example.ca>)"),
    ("write to a.b@example.ca", "write to <mailto:a.b@example.ca|a.b@example.ca>"),
    ("on example.ca today", "on <http://example.ca|example.ca> today"),
    ("<@U0REYES001> typed by hand mentions nobody", "&lt;@U0REYES001&gt; typed by hand mentions nobody"),
    ("two\nlines", "two\nlines"),
]


@pytest.mark.parametrize(("typed", "written"), TYPED)
def test_typed_text_is_escaped_and_marked(typed, written):
    assert TYPING.marked(typed) == written


def test_the_rich_text_says_the_same_without_escapes():
    block = TYPING.rich_text("@Tiny App a < b https://example.ca #primary-care", "B1")
    assert block["elements"][0]["elements"] == [
        {"type": "user", "user_id": "U0LOCALBOT"},
        {"type": "text", "text": " a < b "},
        {"type": "link", "url": "https://example.ca"},
        {"type": "text", "text": " "},
        {"type": "channel", "channel_id": "C0PRIMARY1"},
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a &lt; b &amp; c", "a < b & c"),
        ("<https://example.ca|the site>", "the site"),
        ("<https://example.ca>", "https://example.ca"),
        ("<#C0PRIMARY1|primary-care>", "#primary-care"),
        ("<!here>", "@here"),
    ],
)
def test_people_read_neither_escapes_nor_marks(written, read):
    assert plain(written) == read
