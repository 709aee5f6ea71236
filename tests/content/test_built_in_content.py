"""What the guideline says and how strongly, as facts that a change of the content must not lose."""

import re

import pytest

from guideline_content.checking import check
from guideline_content.loading import BUILT_IN, load
from guideline_content.models import Clause, Guideline, Reading, Silence


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    return load()


def clause(guideline: Guideline, clause_id: str) -> Clause:
    entry = guideline.entries[clause_id]
    assert isinstance(entry, Clause)
    return entry


def test_nothing_is_wrong_with_the_built_in_content() -> None:
    assert check(BUILT_IN) == ()


def test_all_66_passages_of_the_sources_are_in_the_product(guideline: Guideline) -> None:
    passages = {passage.id for passage in guideline.source_clauses}
    cited = {clause_id for entry in guideline.entries.values() for clause_id in guideline.clause_ids(entry)}
    assert len(passages) == 66
    assert cited == passages


def test_an_entry_is_cited_as_its_passage_is(guideline: Guideline) -> None:
    labels = {section.id: section.label for section in guideline.sections}
    where = {passage.id: passage.where for passage in guideline.source_clauses}
    for entry in guideline.clauses:
        assert {where[clause_id] for clause_id in entry.source} == {labels[entry.section]}, entry.id


def test_an_entry_begins_with_the_id_of_its_passage(guideline: Guideline) -> None:
    for entry in (*guideline.clauses, *guideline.readings):
        assert f"{entry.id}.".startswith(f"{entry.source[0]}."), entry.id


OBLIGATIONS = {
    "begin.expectations.discuss": "should",
    "begin.expectations.home-clinic": "must",
    "middle.service-coordination": "should",
    "middle.shared-decisions.understanding": "should",
    "middle.shared-decisions.inform": "should",
    "middle.shared-decisions.decision": "should",
    "middle.advocacy": "information",
    "end.reconcile": "should",
    "end.before-release": "must",
    "end.step.work-together.problem": "must",
    "end.step.work-together.document": "must",
    "end.step.consider-reasons.reasons": "must",
    "end.step.consider-reasons.participation": "must",
    "end.step.impairment.referral": "must",
    "end.step.impairment.mental-health-team": "may",
    "end.step.impairment.contract": "may",
    "end.step.impairment.needs": "may",
    "end.step.consult-colleagues": "must",
    "end.alternative-provider": "consider",
    "end.termination-considered.termination": "consider",
    "end.termination-considered.team": "must",
    "end.termination-considered.supervisor": "must",
    "end.termination-considered.mental-health": "must",
    "end.termination-considered.regional-resources": "must",
    "end.last-resort.last-resort": "information",
    "end.last-resort.risks": "should",
    "letter.registered": "must",
    "letter.reasons.stated": "should",
    "letter.reasons.withheld": "may",
    "letter.continuing-care": "must",
    "letter.options.provided": "must",
    "letter.options.help": "must",
    "letter.doctor-finder.register": "information",
    "letter.thirty-days.emergency-care": "must",
    "letter.thirty-days.refills": "must",
    "letter.chart-transfer": "must",
    "letter.de-enrol": "must",
    "letter.copy-on-file": "must",
    "letter.copy-to-college": "must",
    "end.respectful-workplace": "information",
    "end.violence.authorities": "may",
    "end.violence.immediate-ending": "may",
    "contact.questions": "should",
}


@pytest.mark.parametrize(("clause_id", "obligation"), OBLIGATIONS.items())
def test_a_clause_is_as_strong_as_the_verb_of_its_source(guideline: Guideline, clause_id: str, obligation: str) -> None:
    assert clause(guideline, clause_id).obligation == obligation


@pytest.mark.parametrize("section", ["intent", "background", "definitions", "requisites", "references", "scope"])
def test_what_only_describes_obliges_nobody(guideline: Guideline, section: str) -> None:
    assert {entry.obligation for entry in guideline.clauses if entry.section == section} == {"information"}


@pytest.mark.parametrize("clause_id", ["letter.thirty-days.emergency-care", "letter.thirty-days.refills"])
def test_the_30_days_bind_physicians_nurse_practitioners_and_physician_assistants(
    guideline: Guideline, clause_id: str
) -> None:
    entry = clause(guideline, clause_id)
    assert entry.applies_to == ("physician", "nurse-practitioner", "physician-assistant")
    assert entry.condition == (
        "if the most responsible provider is a physician, nurse practitioner or physician assistant"
    )


def test_the_copy_to_the_college_binds_physicians(guideline: Guideline) -> None:
    entry = clause(guideline, "letter.copy-to-college")
    assert entry.applies_to == ("physician",)
    assert entry.condition == "if the most responsible provider is a physician"


def test_no_other_clause_names_roles_of_the_most_responsible_provider(guideline: Guideline) -> None:
    naming = {clause_id for entry in guideline.clauses if entry.applies_to for clause_id in entry.source}
    assert naming == {"letter.thirty-days", "letter.copy-to-college"}


PAIRS = [
    ("letter.reasons.stated", "letter.reasons.withheld"),
    ("end.last-resort.last-resort", "end.violence.immediate-ending"),
    ("end.before-release", "end.violence.immediate-ending"),
    ("end.termination-considered.termination", "end.violence.immediate-ending"),
    ("end.step.impairment.referral", "end.step.consult-colleagues"),
]


@pytest.mark.parametrize(("one", "other"), [*PAIRS, *((other, one) for one, other in PAIRS)])
def test_a_rule_and_its_exception_name_each_other(guideline: Guideline, one: str, other: str) -> None:
    assert other in clause(guideline, one).with_


EXACT = {
    "letter.doctor-finder.register": ["204-786-7111", "1-866-690-8260", "Family Doctor Finder"],
    "letter.doctor-finder.connectors": ["Primary Care Connectors"],
    "letter.thirty-days.emergency-care": ["at least 30 days"],
    "letter.thirty-days.refills": ["at least 30 days", "30 days of refills"],
    "letter.copy-to-college": ["College of Physicians and Surgeons of Manitoba"],
    "end.respectful-workplace": ["WRHA Regional Respectful Workplace Policy 20.10.040"],
    "ref.cmpa": ["CMPA", "Dealing with Conflict in the Doctor-Patient Relationship", "June 2013"],
    "ref.crnm": ["https://www.crnm.mb.ca/uploads/document/document_file_99.pdf?t=1442260483", "09/2011"],
    "ref.consultation": ["Regional Primary Care Quality Team", "February 2020"],
    "scope.applies-to.walk-in": ["McGregor", "Access Fort Garry", "Access Winnipeg West"],
    "def.therapeutic-relationship.phases": ["RNAO, 2006"],
    "awalt.study": ["17 physicians", "2016", "Razzaghi and Afshar"],
    "forchuk.push-back.not-exclusive": ["2001"],
}


@pytest.mark.parametrize(("entry_id", "texts"), EXACT.items())
def test_names_and_numbers_are_exact(guideline: Guideline, entry_id: str, texts: list[str]) -> None:
    for text in texts:
        assert text in guideline.entries[entry_id].statement


MEMBERS = {
    "patient-centred-care": 7,
    "requisites": 5,
    "beginning-phase": 5,
    "middle-phase": 8,
    "shared-decisions": 3,
    "hindering-factors": 4,
    "steps-before-release": 11,
    "consult-before-termination": 4,
    "letter-contents": 14,
    "chart-emr-copies": 4,
    "references": 3,
}


@pytest.mark.parametrize(("group", "count"), MEMBERS.items())
def test_a_group_has_all_its_members(guideline: Guideline, group: str, count: int) -> None:
    assert len(guideline.members(group)) == count


@pytest.mark.parametrize(
    ("group", "section"),
    [("requisites", "requisites"), ("beginning-phase", "beginning"), ("middle-phase", "middle"),
     ("ending-phase", "ending"), ("letter-contents", "letter")],
)  # fmt: skip
def test_the_group_of_a_section_is_the_whole_section(guideline: Guideline, group: str, section: str) -> None:
    assert guideline.members(group) == tuple(entry for entry in guideline.clauses if entry.section == section)


SILENCES = [
    "thirty-days-start",
    "thirty-days-after-violence",
    "who-signs",
    "supervisor-approval",
    "recording-consultations",
    "no-shows",
    "appeals",
    "returned-mail",
    "no-fixed-address",
    "threats-to-other-staff",
    "abusive-relative",
    "security-in-visits",
    "hospital",
    "patient-ends-it",
    "substitute-decision-maker",
    "reception-tells-patient",
    "other-colleges",
    "minors",
    "pregnancy",
    "consultation-notes-kept",
]


@pytest.mark.parametrize("topic", SILENCES)
def test_the_guideline_is_known_to_be_silent(guideline: Guideline, topic: str) -> None:
    assert isinstance(guideline.entries[f"silence.{topic}"], Silence)


def test_a_silence_says_first_that_the_guideline_does_not_say(guideline: Guideline) -> None:
    for silence in guideline.silences:
        first, rest = silence.statement.split(".", 1)
        assert re.search(r"^The guideline does not ", first), silence.id
        assert rest.strip(), silence.id


def test_a_reading_says_whose_view_it_is_and_obliges_nobody(guideline: Guideline) -> None:
    author = {document.id: document.author for document in guideline.documents}
    for reading in guideline.readings:
        surname = str(author[reading.document]).split()[-1]
        assert surname in reading.statement, reading.id
        assert not re.search(r"\b(must|should|shall|will)\b", reading.statement), reading.id


def test_only_forchuk_has_a_date(guideline: Guideline) -> None:
    published = {document.id: document.published for document in guideline.documents}
    assert published == {"guideline": None, "forchuk-2021": "2021-03-05", "awalt": None}


def test_whoever_may_be_in_danger_is_told_to_call_911_as_a_local_line(guideline: Guideline) -> None:
    for entry_id in ("end.violence.authorities", "end.violence.immediate-ending", "silence.threats-to-other-staff"):
        entry = guideline.entries[entry_id]
        assert isinstance(entry, Clause | Silence)
        assert "911" in (entry.local or "")
        assert "911" not in entry.statement


def test_every_role_has_names_in_lower_case_and_none_is_shared(guideline: Guideline) -> None:
    names = [name for role in guideline.roles for name in role.names]
    assert all(role.names for role in guideline.roles)
    assert all(name == name.lower() for name in names)
    assert len(names) == len(set(names))


def test_pt_is_no_role_since_it_is_read_as_patient(guideline: Guideline) -> None:
    assert "pt" not in [name for role in guideline.roles for name in role.names]


def test_a_reading_is_never_a_clause(guideline: Guideline) -> None:
    documents = {passage.id: passage.document for passage in guideline.source_clauses}
    assert {documents[clause_id] for entry in guideline.clauses for clause_id in entry.source} == {"guideline"}
    assert all(isinstance(guideline.entries[reading.id], Reading) for reading in guideline.readings)
