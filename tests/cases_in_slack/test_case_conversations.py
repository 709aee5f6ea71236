"""Opening, showing, sharing, moving and closing a case; and what those read who cannot."""

import threading
from collections.abc import Callable

import pytest

from bot.local.administration import Administration
from bot.local.person import Person
from conversations.cases import CloseReason
from tests.cases_in_slack.conftest import Clinic, OpenClinic
from tests.cases_in_slack.people import NORTH, PUBLIC, everything, surface_name

CHECKLIST = "checklist-reconciliation"
NO_CASE = "There is no case with this code that you can see."


def test_card_shows_where_things_stand_and_what_is_next(clinic: Clinic) -> None:
    code = clinic.open_case(label="Missed visits", participants=("Rosa Reyes",))
    card = clinic.surface(clinic.rosa, code, "card")
    for words in (
        f"{code} · Missed visits",
        "*Most responsible provider:* @U0FRIESEN1 (Physician)",
        "*Participants:* @U0FRIESEN1, @U0REYES001",
        "*Open since* 2 Mar 2026, 09:00",
        "*Reconciliation:* 0 of 4 steps",
        "*Next:* Work together on the problem   MUST",
        "Everybody in this channel can read the case.",
    ):
        assert words in card.shown


def test_step_is_done_reopened_and_noted_by_its_own_buttons(clinic: Clinic) -> None:
    code = clinic.open_case()
    anneliese, title = clinic.anneliese, "Work together on the problem"
    anneliese.click(clinic.surface(anneliese, code, CHECKLIST), f"Mark as done: {title}")
    anneliese.click(clinic.surface(anneliese, code, CHECKLIST, "*Done by* @U0FRIESEN1"), f"Reopen: {title}")
    anneliese.click(clinic.surface(anneliese, code, CHECKLIST, "*Reopened by*"), f"Add a note: {title}")
    anneliese.wait_for_modal("Add a note")
    assert clinic.send(anneliese, {"text": "We agreed on shorter visits."}) == {}
    noted = clinic.surface(anneliese, code, CHECKLIST, "Last note: “We agreed on shorter visits.”")
    anneliese.click(noted, f"Read all (1): {title}")
    assert "We agreed on shorter visits." in anneliese.wait_for_modal("Step").shown


def test_answer_decides_which_steps_apply(clinic: Clinic) -> None:
    code = clinic.open_case()
    anneliese = clinic.anneliese
    anneliese.click(clinic.surface(anneliese, code, CHECKLIST), "Yes, suspected: Is an impairment suspected?")
    suspected = clinic.surface(anneliese, code, CHECKLIST, "Answered “Yes, suspected”")
    assert "Consult colleagues, team or supervisors: does not apply" in suspected.shown
    assert "*4. Make the appropriate consultation or referral*   MUST" in suspected.shown
    anneliese.click(suspected, "No: Is an impairment suspected?")
    other = clinic.surface(anneliese, code, CHECKLIST, "Answered “No”")
    assert "Make the appropriate consultation or referral: does not apply" in other.shown


def test_step_that_the_source_does_not_qualify_becomes_an_exception(clinic: Clinic) -> None:
    code = clinic.open_case()
    anneliese = clinic.anneliese
    anneliese.click(clinic.surface(anneliese, code, CHECKLIST), "Not applicable: Work together on the problem")
    form = anneliese.wait_for_modal("Not applicable")
    assert "does not provide for it" in form.shown
    assert clinic.send(anneliese, {"reason": "The patient has left the province."}) == {}
    set_aside = clinic.surface(anneliese, code, CHECKLIST, "An exception: a supervisor has to acknowledge it.")
    assert "Local: not in the guideline." in set_aside.shown


def test_qualified_step_names_the_words_that_let_it_not_apply(clinic: Clinic) -> None:
    code = clinic.open_case()
    anneliese = clinic.anneliese
    anneliese.click(clinic.surface(anneliese, code, CHECKLIST), "Not applicable: Consider an alternative provider")
    assert "“where applicable”" in anneliese.wait_for_modal("Not applicable").shown
    assert clinic.send(anneliese, {"reason": "There is no other provider here."}) == {}
    assert "exception" not in clinic.surface(anneliese, code, CHECKLIST, "Not applicable (“where applicable”)").shown


def test_stale_button_is_refused_with_what_changed(clinic: Clinic) -> None:
    code = clinic.open_case(participants=("Rosa Reyes",))
    before = clinic.surface(clinic.rosa, code, CHECKLIST)
    clinic.anneliese.click(before, "Yes, suspected: Is an impairment suspected?")
    clinic.surface(clinic.rosa, code, CHECKLIST, "Answered “Yes, suspected”")
    clinic.rosa.click(before, "No: Is an impairment suspected?")
    told = clinic.rosa.wait_for_message("changed meanwhile: the answer is now “Yes, suspected”")
    assert told.to == clinic.rosa.id
    assert clinic.load(code).step("impairment").answer == "suspected"


def test_case_with_its_code_shows_everywhere(clinic: Clinic) -> None:
    code = clinic.open_case()
    anneliese = clinic.anneliese
    clinic.surface(anneliese, code, CHECKLIST)
    anneliese.command(PUBLIC, "/reconcile", code.removeprefix("TR-").lower())
    screen = anneliese.wait_for_modal(f"{code} · ")
    assert "go to its thread" in screen.shown
    anneliese.click(screen, "Mark as done: Work together on the problem")
    anneliese.wait_for_modal("1 of 4 steps")
    clinic.surface(anneliese, code, CHECKLIST, "Done by")


def test_participants_are_added(clinic: Clinic) -> None:
    code = clinic.open_case()
    anneliese = clinic.anneliese
    anneliese.click(clinic.surface(anneliese, code, "card"), "Add participants")
    anneliese.wait_for_modal("Add participants")
    assert clinic.send(anneliese, {"participants": ["Rosa Reyes"]}) == {}
    clinic.surface(anneliese, code, "card", "@U0REYES001")


@pytest.mark.parametrize("reason", list(CloseReason))
def test_closed_case_says_so_and_has_no_buttons_left(clinic: Clinic, reason: CloseReason) -> None:
    code = clinic.open_case()
    anneliese = clinic.anneliese
    checklist = clinic.surface(anneliese, code, CHECKLIST)
    anneliese.click(clinic.surface(anneliese, code, "card"), "Close the case")
    anneliese.wait_for_modal("Close the case")
    assert clinic.send(anneliese, {"reason": reason.value}) == {}
    card = clinic.surface(anneliese, code, "card", "*Next:* nothing. Closed as")
    assert card.labels == ("Consultations (0)",)
    clinic.settle()
    assert clinic.surface(anneliese, code, CHECKLIST).labels == ()
    anneliese.click(checklist, "Mark as done: Work together on the problem")
    anneliese.wait_for_message("nothing in it can be changed any more")


def test_home_shows_open_cases_with_progress_and_what_is_next(clinic: Clinic) -> None:
    code = clinic.open_case(participants=("Rosa Reyes",))
    home = clinic.rosa.open_home()
    assert f"{code} · Shouting at the desk" in home.shown
    assert "Reconciliation: 0 of 4 steps" in home.shown
    assert "Next: Work together on the problem." in home.shown
    clinic.rosa.click(home, "Show")
    clinic.rosa.wait_for_modal(f"{code} · ")


def test_person_without_cases_reads_none(clinic: Clinic) -> None:
    clinic.open_case()
    home = clinic.jasleen.open_home()
    assert "None." in home.shown
    assert "Waiting for my approval" not in home.shown


@pytest.mark.parametrize("command", ["/reconcile", "/consult", "/consultations", "/termination-letter"])
@pytest.mark.parametrize("known", [True, False], ids=["code of others", "no code at all"])
def test_stranger_reads_what_an_unknown_code_says(open_clinic: OpenClinic, command: str, known: bool) -> None:
    with open_clinic(supervisors=("Marc Desrosiers",)) as clinic:
        code = clinic.open_case() if known else "TR-0000"
        clinic.oksana.command(PUBLIC, command, code)
        told = clinic.oksana.wait_for_message(NO_CASE)
        assert told.to == clinic.oksana.id
        assert clinic.oksana.modal is None


@pytest.mark.parametrize("command", ["/consult", "/consultations", "/termination-letter"])
def test_person_without_a_case_reads_how_to_open_one(clinic: Clinic, command: str) -> None:
    clinic.oksana.command(PUBLIC, command)
    assert clinic.oksana.wait_for_message("You have no open case here. /reconcile opens one.").to == clinic.oksana.id


def fill_case_form(clinic: Clinic, by: Person, **filled: object) -> dict[str, str]:
    by.command(PUBLIC, "/reconcile")
    by.wait_for_modal("Open a case")
    usual: dict[str, object] = {"label": "Missed visits", "channel": NORTH, "provider": by.name, "role": "Physician"}
    return clinic.send(by, {**usual, **filled})


def test_case_does_not_open_where_the_bot_is_not(open_clinic: OpenClinic) -> None:
    with open_clinic() as clinic:
        refuse_then_open(clinic)


def refuse_then_open(clinic: Clinic) -> None:
    members = frozenset({clinic.anneliese.id})
    clinic.workspace.administration.add_channel("quiet-room", members, with_bot=False)
    errors = fill_case_form(clinic, clinic.anneliese, channel="quiet-room")
    assert "/invite" in errors["channel"]
    assert "Missed visits" in str(clinic.anneliese.values(clinic.anneliese.wait_for_modal()))
    clinic.workspace.administration.bring_in("quiet-room")
    assert clinic.anneliese.submit() == {}
    clinic.anneliese.wait_for_modal("Case opened")


def test_identifiers_are_refused_at_the_field_and_what_was_typed_stays(clinic: Clinic) -> None:
    errors = fill_case_form(clinic, clinic.anneliese, label="PHIN 123 456 789 again")
    assert set(errors) == {"label"}
    form = clinic.anneliese.wait_for_modal("Open a case")
    assert "PHIN 123 456 789 again" in str(clinic.anneliese.values(form))
    assert not clinic.store.cases.codes()


def test_form_sent_twice_opens_one_case(clinic: Clinic) -> None:
    anneliese = clinic.anneliese
    anneliese.command(PUBLIC, "/reconcile")
    anneliese.wait_for_modal("Open a case")
    for field, value in {
        "label": "Missed visits",
        "channel": NORTH,
        "provider": anneliese.name,
        "role": "Nurse",
    }.items():
        anneliese.fill(field, value)
    twice = [threading.Thread(target=anneliese.submit) for _ in range(2)]
    for one in twice:
        one.start()
    for one in twice:
        one.join()
    clinic.settle()
    assert len(clinic.store.cases.codes()) == 1
    assert [surface_name(one) for one in everything(clinic.rosa)] == ["card", CHECKLIST]


def test_answer_leads_on_to_the_deed(clinic: Clinic) -> None:
    code = clinic.open_case()
    anneliese = clinic.anneliese
    anneliese.say(anneliese.direct_message, "pt punched a nurse can we end it today")
    answer = anneliese.wait_for_message("Was this it")
    assert {"Open a case …", "Check readiness"} <= set(answer.labels)
    anneliese.click(answer, "Check readiness")
    anneliese.wait_for_modal(code)
    anneliese.dismiss()
    anneliese.click(answer, "Open a case …")
    anneliese.wait_for_modal("Open a case")


def test_answer_about_consultation_offers_to_log_one(clinic: Clinic) -> None:
    clinic.open_case()
    anneliese = clinic.anneliese
    anneliese.command(PUBLIC, "/guideline", "who do I consult before I end a relationship?")
    answer = anneliese.wait_for_message("Was this it")
    anneliese.click(answer, "Log a consultation …")
    assert "Case" in anneliese.wait_for_modal("Log a consultation").shown


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda channel, _: PUBLIC, "That channel is public"),
        (lambda channel, owners: owners.take_out(NORTH) or channel, "/invite"),
        (lambda channel, owners: owners.archive(NORTH) or channel, "is archived"),
        (lambda channel, owners: owners.take_out(NORTH, "U0FRIESEN1") or channel, "You are not in that channel"),
    ],
    ids=["public", "without the bot", "archived", "of others"],
)
def test_channel_that_a_case_cannot_live_in_is_named_with_what_to_do(
    open_clinic: OpenClinic, prepare: Callable[[str, Administration], str], said: str
) -> None:
    with open_clinic() as clinic:
        channels = {channel.name: channel.id for channel in clinic.workspace.channels}
        where = prepare(NORTH, clinic.workspace.administration)
        problem = clinic.work.channels.problem(channels[where], by=clinic.anneliese.id)
        assert problem
        assert said in problem


def test_channel_that_a_case_can_live_in_has_no_problem(clinic: Clinic) -> None:
    (north,) = [channel.id for channel in clinic.workspace.channels if channel.name == NORTH]
    assert clinic.work.channels.problem(north, by=clinic.anneliese.id) is None
    assert clinic.work.channels.is_member(north, clinic.rosa.id)
    assert not clinic.work.channels.is_member(north, clinic.oksana.id)
