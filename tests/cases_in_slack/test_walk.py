"""A whole case, from opening to the approved letter, by three people."""

from tests.cases_in_slack.conftest import Clinic


def test_case_goes_from_opening_to_an_approved_letter(clinic: Clinic) -> None:
    author, supervisor = clinic.anneliese, clinic.marc
    code = clinic.open_case(participants=("Rosa Reyes",))
    clinic.make_ready(code)
    assert clinic.draft(code) == {}
    clinic.surface(author, code, "letter-1-1", "DRAFT", "Dear [Patient name],")
    clinic.submit_letter(code)

    request = clinic.surface(
        supervisor, code, "request-1-0-U0DESROS01", "Approval asked", where=supervisor.direct_message
    )
    assert "Dear [Patient name]," in request.shown
    supervisor.click(request, "Request changes …")
    supervisor.wait_for_modal("Request changes")
    assert clinic.send(supervisor, {"comment": "Please say it more kindly."}) == {}
    clinic.surface(author, code, "review-1-1", "Please say it more kindly.")

    author.click(clinic.newest_version(author, code), "Revise …")
    author.wait_for_modal("Revise the letter")
    assert clinic.send(author, {"reasons": "There were raised voices during three visits."}) == {}
    clinic.surface(author, code, "letter-1-2", "There were raised voices", "Changed since version 1")
    clinic.submit_letter(code)

    request = clinic.surface(
        supervisor, code, "request-1-2-U0DESROS01", "Approval asked", where=supervisor.direct_message
    )
    supervisor.click(request, "Approve …")
    supervisor.wait_for_modal("word for word")
    assert supervisor.submit() == {}
    approved = clinic.surface(author, code, "letter-1-2", "APPROVED", "approved by @U0DESROS01")
    assert clinic.load(code).letters[-1].latest.sha256[:12] in approved.shown
    clinic.surface(supervisor, code, "request-1-2-U0DESROS01", "approved by", where=supervisor.direct_message)
    assert clinic.store.cases.verify(code) == ()
