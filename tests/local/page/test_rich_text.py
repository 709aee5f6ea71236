from zoneinfo import ZoneInfo

import pytest

from bot.local.page.mrkdwn import Names
from bot.local.page.rich_text import rich_text

NAMES = Names({"U1": "Rosa Reyes"}.get, {"C1": ("primary-care", "/as/U1/C1")}.get, ZoneInfo("America/Winnipeg"))
AWAY = 'target="_blank" rel="noopener noreferrer"'
CHANNEL = '<a class="mention" href="/as/U1/C1">#primary-care</a>'


def section(*elements, kind="rich_text_section", **more):
    return {"type": kind, "elements": list(elements), **more}


def text(words, **style):
    return {"type": "text", "text": words} | ({"style": style} if style else {})


@pytest.mark.parametrize(
    ("part", "html"),
    [
        (section(text("*as typed* <b>\nand on")), "<p>*as typed* &lt;b&gt;\nand on</p>"),
        (section(text("x", bold=True, italic=True)), "<p><em><strong>x</strong></em></p>"),
        (section(text("x", code=True, strike=False)), "<p><code>x</code></p>"),
        (section({"type": "user", "user_id": "U1"}), '<p><span class="mention">@Rosa Reyes</span></p>'),
        (section({"type": "broadcast", "range": "here"}), '<p><span class="mention">@here</span></p>'),
        (
            section({"type": "channel", "channel_id": "C1"}),
            '<p><a class="mention" href="/as/U1/C1">#primary-care</a></p>',
        ),
        (section({"type": "link", "url": "https://a.ca"}), f'<p><a href="https://a.ca" {AWAY}>https://a.ca</a></p>'),
        (section({"type": "link", "url": "javascript:x", "text": "press"}), "<p>press</p>"),
        (section(text("quoted"), kind="rich_text_quote"), "<blockquote>quoted</blockquote>"),
        (section(text("*code*"), kind="rich_text_preformatted"), "<pre>*code*</pre>"),
        (section(section(text("one")), kind="rich_text_list", style="ordered"), "<ol><li>one</li></ol>"),
        (section(section(text("one")), kind="rich_text_list", style="bullet"), "<ul><li>one</li></ul>"),
    ],
)
def test_what_a_person_typed_is_shown_as_they_typed_it(part, html):
    assert rich_text({"type": "rich_text", "elements": [part]}, NAMES) == html
