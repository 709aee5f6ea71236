import json

import pytest

SAID = {"channel": "primary-care", "text": "hello"}


def said(rosa):
    return [message.text for message in rosa.messages("primary-care")]


def test_the_page_itself_may_act(ask, rosa):
    assert ask(f"/as/{rosa.id}/enter", SAID).status == 200
    assert ask(f"/as/{rosa.id}/enter", SAID, Sec_Fetch_Site="same-origin").status == 200
    assert said(rosa) == ["hello", "hello"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Origin": None},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
@pytest.mark.parametrize("deed", ["enter", "press", "choose", "submit", "dismiss", "opened"])
def test_another_page_may_not_act(ask, rosa, deed, headers):
    assert ask(f"/as/{rosa.id}/{deed}", SAID, **headers).status == 403
    assert said(rosa) == []


@pytest.mark.parametrize("path", ["/", "/as/U0REYES001", "/static/page.js", "/as/U0REYES001/changes", "/api/auth.test"])
def test_a_foreign_name_for_this_machine_is_refused(ask, path):
    assert ask(path, Host="rebound.example:80").status == 400


def test_a_foreign_name_that_sends_its_own_origin_is_refused(ask, rosa):
    foreign = {"Host": "rebound.example", "Origin": "http://rebound.example"}
    assert ask(f"/as/{rosa.id}/enter", SAID, **foreign).status == 400
    assert said(rosa) == []


@pytest.mark.parametrize("path", ["/as/U0REYES001/home", "/as/U0REYES001/nowhere", "/static/page.js"])
def test_nothing_but_the_page_s_own_files_runs_in_it_and_nobody_frames_it(ask, path):
    policy = dict(part.split(" ", 1) for part in ask(path).headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"


def test_no_markup_of_the_page_needs_what_its_policy_forbids(ask, rosa):
    html = ask(f"/as/{rosa.id}/{rosa.direct_message.id}").text
    assert "<script>" not in html
    assert " style=" not in html
    assert " onclick=" not in html


def test_names_and_texts_from_people_are_no_markup(ask, rosa):
    rosa.say("primary-care", '"><script>alert(1)</script> <img src=x onerror=alert(1)>')
    html = ask(f"/as/{rosa.id}/C0PRIMARY1").text
    assert "<script>alert" not in html
    assert "<img" not in html


def test_what_one_may_not_see_has_no_address(ask, oksana, rosa):
    assert ask(f"/as/{oksana.id}/C0NORTH001").status == 404
    assert ask(f"/as/{oksana.id}/{rosa.direct_message.id}").status == 404
    assert "care-team-north" not in ask(f"/as/{oksana.id}/C0PRIMARY1").text
    assert ask("/as/U0NOBODY/C0PRIMARY1").status == 404


def test_nobody_acts_where_they_are_not(ask, oksana, rosa):
    answer = ask(f"/as/{oksana.id}/enter", {"channel": "C0NORTH001", "text": "hello"})
    assert answer.status == 409
    assert "sees no channel" in json.loads(answer.text)["problem"]
    assert rosa.messages("care-team-north") == []
