"""A role is set once, and answers say what a clause means for it; nobody's answer is hidden."""

from bot.local.person import Person
from tests.bot.conftest import Clinic, OpenClinic

OWE = "Must the patient be notified of at least 30 days of emergency care?"


def ask(person: Person) -> str:
    asked = person.say(person.direct_message, OWE)
    return person.wait_for_message("Emergency care for at least 30 days", after=asked).shown


def test_unknown_role_reads_every_branch_and_may_set_one_there(clinic: Clinic) -> None:
    jasleen = clinic.nurse_practitioner
    jasleen.say(jasleen.direct_message, OWE)
    answer = jasleen.wait_for_message("Emergency care for at least 30 days")
    assert "if you have one of the roles named" in answer.shown
    assert "For any other role the guideline does not state it." in answer.shown
    jasleen.choose(answer, "Set my role", "Nurse practitioner")
    jasleen.wait_for(
        lambda: "as a nurse practitioner, this applies to you" in (jasleen.message(answer) or answer).shown
    )
    assert clinic.store.role(jasleen.id) == "nurse-practitioner"


def test_role_set_from_an_answer_that_only_the_asker_sees_redraws_it_there(clinic: Clinic) -> None:
    rosa = clinic.nurse
    rosa.command("primary-care", "/guideline", OWE)
    answer = rosa.wait_for_message("Emergency care for at least 30 days")
    rosa.choose(answer, "Set my role", "Nurse")
    redrawn = rosa.wait_for_message("does not state this for a nurse")
    assert (redrawn.ts, redrawn.to) == (answer.ts, rosa.id)
    assert "Share in channel" in redrawn.labels


def test_role_set_on_the_home_counts_at_once_and_can_be_forgotten(clinic: Clinic) -> None:
    rosa = clinic.nurse
    rosa.choose(rosa.open_home(), "Set my role", "Nurse")
    rosa.wait_for(lambda: clinic.store.role(rosa.id) == "nurse")
    assert "does not state this for a nurse" in ask(rosa)
    rosa.choose(rosa.open_home(), "Set my role", "No role set")
    rosa.wait_for(lambda: clinic.store.role(rosa.id) is None)
    assert "if you have one of the roles named" in ask(rosa)


def test_condition_comes_before_what_it_means_for_the_asker(clinic: Clinic) -> None:
    rosa = clinic.nurse
    clinic.store.set_role(rosa.id, "nurse", at=clinic.clock())
    shown = ask(rosa)
    order = [
        "Emergency care",
        "If the most responsible provider is",
        "must be notified",
        "does not state this for a nurse",
    ]
    assert [shown.index(text) for text in order] == sorted(shown.index(text) for text in order)


def test_role_said_in_the_question_counts_for_it_alone(clinic: Clinic) -> None:
    rosa = clinic.nurse
    clinic.store.set_role(rosa.id, "nurse", at=clinic.clock())
    asked = rosa.say(rosa.direct_message, f"I'm an NP. {OWE}")
    rosa.wait_for_message("as a nurse practitioner, this applies to you", after=asked)
    assert clinic.store.role(rosa.id) == "nurse"


def test_somebody_else_sets_their_own_role_and_the_answer_stays(clinic: Clinic) -> None:
    clinic.nurse.mention("primary-care", OWE)
    answer = clinic.physician.wait_for_message("Emergency care for at least 30 days", "primary-care")
    clinic.physician.choose(answer, "Set my role", "Physician")
    assert clinic.physician.wait_for_message("Your role is set").to == clinic.physician.id
    assert clinic.store.role(clinic.physician.id) == "physician"
    assert clinic.nurse.message(answer) == answer


def test_shared_answer_is_for_every_role(clinic: Clinic) -> None:
    clinic.store.set_role(clinic.nurse.id, "nurse", at=clinic.clock())
    clinic.nurse.command("primary-care", "/guideline", OWE)
    clinic.nurse.click(clinic.nurse.wait_for_message("does not state this for a nurse"), "Share in channel")
    shared = clinic.physician.wait_for_message("Emergency care for at least 30 days", "primary-care")
    assert "for a nurse" not in shared.shown


def test_bot_remembers_over_a_restart_what_the_workspace_forgets(open_clinic: OpenClinic) -> None:
    with open_clinic() as clinic:
        rosa = clinic.nurse
        rosa.choose(rosa.open_home(), "Set my role", "Nurse")
        rosa.say(rosa.direct_message, OWE)
        rosa.wait_for_message("Hello! I answer")
        rosa.wait_for_message("does not state this for a nurse")
    with open_clinic() as clinic:
        rosa = clinic.nurse
        assert rosa.messages(rosa.direct_message) == []
        assert "does not state this for a nurse" in ask(rosa)
        assert all("Hello! I answer" not in m.shown for m in rosa.messages(rosa.direct_message))
        rosa.open_home()
        assert "Nurse" in str(rosa.values(rosa.wait_for_home()))
