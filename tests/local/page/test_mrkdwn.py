from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.local.page.markdown import markdown
from bot.local.page.mrkdwn import Names, mrkdwn, plain_text

NAMES = Names({"U1": "Rosa Reyes"}.get, {"C1": ("primary-care", "/as/U1/C1")}.get, ZoneInfo("America/Winnipeg"))
AWAY = 'target="_blank" rel="noopener noreferrer"'
NOON = int(datetime(2026, 3, 2, 18, 0, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _slanted_ ~gone~", "<strong>bold</strong> <em>slanted</em> <s>gone</s>"),
        ("*bold and _both_*", "<strong>bold and <em>both</em></strong>"),
        ("2*3*4 snake_case_name ~ alone", "2*3*4 snake_case_name ~ alone"),
        ("* not bold* *nor this *", "* not bold* *nor this *"),
        ("*not\nbold*", "*not\nbold*"),
        ("`*as typed* &lt;b&gt;`", "<code>*as typed* &lt;b&gt;</code>"),
        ("```\n*as typed*\n```after", "<pre>*as typed*</pre>after"),
        ("> quoted\n&gt; again\nplain", "<blockquote>quoted\nagain</blockquote>plain"),
        (">>> all\nthe rest", "<blockquote>all\nthe rest</blockquote>"),
        ("a &lt;b&gt; &amp;amp; c", "a &lt;b&gt; &amp;amp; c"),
        ("&copy; stays", "&amp;copy; stays"),
        ("<!here> <!subteam^S1|@team>", '<span class="mention">@here</span> <span class="mention">@team</span>'),
        ("<https://a.ca/x_y?a=1&amp;b=2|A *b*>", f'<a href="https://a.ca/x_y?a=1&amp;b=2" {AWAY}>A *b*</a>'),
        ("_<https://a.ca/x_y|A>_", f'<em><a href="https://a.ca/x_y" {AWAY}>A</a></em>'),
        ("<mailto:a@b.ca>", f'<a href="mailto:a@b.ca" {AWAY}>a@b.ca</a>'),
    ],
)
def test_markup_becomes_html(text, html):
    assert mrkdwn(text, NAMES) == html


def test_a_bare_address_becomes_a_link_unless_the_text_is_verbatim():
    linked = f'see <a href="https://a.ca/?u=https://b.ca&amp;v=1" {AWAY}>https://a.ca/?u=https://b.ca&amp;v=1</a>.'
    assert mrkdwn("see https://a.ca/?u=https://b.ca&amp;v=1.", NAMES) == linked
    assert mrkdwn("<https://a.ca/?u=https://b.ca|A>", NAMES).count("<a ") == 1
    assert mrkdwn("`https://a.ca`", NAMES) == "<code>https://a.ca</code>"
    assert mrkdwn("see https://a.ca.", NAMES, verbatim=True) == "see https://a.ca."


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<@U1>", '<span class="mention">@Rosa Reyes</span>'),
        ("<@U9|someone>", '<span class="mention">@someone</span>'),
        ("<@U8>", '<span class="mention">@U8</span>'),
        ("<#C1>", '<a class="mention" href="/as/U1/C1">#primary-care</a>'),
        ("<#C9>", '<span class="mention">#private-channel</span>'),
    ],
)
def test_people_and_channels_are_shown_by_name_as_far_as_the_reader_knows_them(text, html):
    assert mrkdwn(text, NAMES) == html


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("{date_short} at {time}", "Mar 2, 2026 at 12:00 PM"),
        ("{date_long_pretty}", "Monday, March 2, 2026"),
        ("{date_num}, {date_slash}", "2026-03-02, 03/02/2026"),
        ("{unheard_of}", "{unheard_of}"),
    ],
)
def test_a_date_is_shown_in_the_reader_s_zone(form, words):
    html = f'<time datetime="2026-03-02T12:00:00-06:00">{words}</time>'
    assert mrkdwn(f"<!date^{NOON}^{form}|then>", NAMES) == html


@pytest.mark.parametrize("text", ["<!date^soon^{date}|then>", "<!date^99999999999999^{date}|then>"])
def test_a_date_that_is_none_falls_back_to_its_words(text):
    assert mrkdwn(text, NAMES) == "then"


def test_an_emoji_is_read_out_by_its_name_and_an_unknown_one_stays_as_written():
    wave = '<span class="emoji" role="img" aria-label="wave">👋</span>'
    assert mrkdwn(":wave: 10:30:45 :unheard_of:", NAMES) == f"{wave} 10:30:45 :unheard_of:"
    assert plain_text("*as it is* :wave:") == f"*as it is* {wave}"
    assert plain_text(":wave:", with_emoji=False) == ":wave:"


def test_an_address_that_could_run_is_no_link():
    assert mrkdwn("<javascript:alert(1)|press>", NAMES) == "press"
    assert mrkdwn("<data:text/html,x>", NAMES) == "data:text/html,x"
    assert markdown("[press](javascript:alert(1))", 2) == "<p>[press](javascript:alert(1))</p>\n"
    assert markdown("![x](https://a.ca/x.png)", 2) == f'<p>!<a href="https://a.ca/x.png" {AWAY}>x</a></p>\n'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold** ~~gone~~ `code`", "<p><strong>bold</strong> <s>gone</s> <code>code</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("<b>no</b>", "<p>&lt;b&gt;no&lt;/b&gt;</p>\n"),
        ("<div>\nno\n</div>", "<p>&lt;div&gt;<br />\nno<br />\n&lt;/div&gt;</p>\n"),
        ("# One\n###### Six", "<h3>One</h3>\n<h6>Six</h6>\n"),
        ("[A](https://a.ca)", f'<p><a href="https://a.ca" {AWAY}>A</a></p>\n'),
    ],
)
def test_standard_markdown_becomes_html_below_the_page_s_headings(text, html):
    assert markdown(text, 3) == html


class Reader(HTMLParser):
    """Collects tags and the attributes of links; whatever is not balanced is kept in `open`."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.addresses, self.open = set(), [], []
        self.attributes = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses.extend(value for name, value in attrs if name == "href")
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


MARKS = (
    '* _ ~ ` ``` < > & &lt; | @U1 #C1 !date^1^{date} " https://a.ca javascript:x <script> <img/onerror=x> word :wave:'
)
MARKED = st.lists(
    st.sampled_from([*MARKS.split(), "\n", " ", "'", "[", "](", ")", "# ", "- "]) | st.text(max_size=3), max_size=30
).map("".join)


@given(MARKED)
@example('<https://a.ca/"onmouseover="x|y>')
@example("<https://a.ca|<script>>")
@example("[]()")
def test_no_text_whatever_becomes_html_of_its_own(text):
    for html in (mrkdwn(text, NAMES), markdown(text, 2)):
        read = Reader(html)
        assert read.open == []
        assert not read.tags & {"script", "img", "iframe", "style", "form", "input", "svg"}
        assert read.attributes <= {"href", "target", "rel", "class", "role", "aria-label", "datetime", "start"}
        assert all(address.lower().startswith(("https://", "http://", "mailto:", "/as/")) for address in read.addresses)
