from tests.cases_in_slack.conftest import Clinic


def test_first(clinic: Clinic) -> None:
    code = clinic.open_case()
    checklist = clinic.surface(clinic.rosa, code, "checklist-reconciliation")
    clinic.anneliese.click(checklist, "Mark as done: Work together on the problem")
    clinic.surface(clinic.rosa, code, "checklist-reconciliation", "Done by")
    clinic.surface(clinic.rosa, code, "card", "1 of 4 steps")
