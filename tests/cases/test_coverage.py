"""Whether the text of a letter says what is required: looked for in the text, whatever an author did to it."""

import pytest
from clinic import DOCTOR, TODAY, WITHHELD, Clinic, letter_form
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.cases import LetterVersion
from conversations.coverage import Coverage, Said, coverage, missing
from conversations.errors import ConversationError
from guideline_content.letter import Reasons
from guideline_content.letter_text import LetterForm, PartText, write
from guideline_content.pathway import Pathway

ROLES = ("physician", "nurse-practitioner", "physician-assistant", "nurse", "midwife", "other")


def a_version(
    pathway: Pathway, edits: dict[str, str] | None = None, role: str = "physician", **given: object
) -> LetterVersion:
    form = letter_form(**given)
    parts = tuple(
        PartText(id=part.id, text=(edits or {}).get(part.id, part.text)) for part in write(pathway, form, role)
    )
    return LetterVersion(number=1, form=form, parts=parts, by=DOCTOR, at="2027-03-01T18:00:00Z")


def said(pathway: Pathway, edits: dict[str, str], element: str, role: str = "physician", **given: object) -> Coverage:
    version = a_version(pathway, edits, role, **given)
    return next(one for one in coverage(version, pathway, role) if one.element.id == element)


ALL = (
    "registered", "reasons", "continuing-care", "options", "help", "doctor-finder", "emergency-care", "refills",
    "chart-transfer", "de-enrol", "copy-on-file", "copy-to-college",
)  # fmt: skip


@pytest.mark.parametrize(
    ("role", "without"),
    [
        ("physician", set()),
        ("nurse-practitioner", {"copy-to-college"}),
        ("physician-assistant", {"copy-to-college"}),
        ("nurse", {"copy-to-college", "emergency-care", "refills"}),
        ("other", {"copy-to-college", "emergency-care", "refills"}),
    ],
)
def test_the_contents_own_letter_says_all_that_the_role_needs(pathway: Pathway, role: str, without: set[str]) -> None:
    found = coverage(a_version(pathway, role=role), pathway, role)
    assert [one.element.id for one in found] == [element for element in ALL if element not in without]
    assert {one.said for one in found} == {Said.AS_WRITTEN}
    assert all(one.where for one in found)


def test_the_table_shows_where_the_letter_says_it(pathway: Pathway) -> None:
    assert said(pathway, {}, "refills").where == (
        "This includes prescriptions for 30 days of refills of your current medications."
    )


@pytest.mark.parametrize("element", [one for one in ALL if one not in ("reasons", "continuing-care", "options")])
def test_a_paragraph_taken_out_leaves_its_element_missing(pathway: Pathway, element: str) -> None:
    part = next(one.part for one in pathway.letter.elements if one.id == element)
    assert part
    assert said(pathway, {part: ""}, element).said is Said.MISSING


@pytest.mark.parametrize("part", ["reasons", "continuing-care", "options"])
def test_an_introduction_without_the_authors_words_says_nothing(pathway: Pathway, part: str) -> None:
    assert said(pathway, {part: " - "}, part).said is Said.MISSING


@pytest.mark.parametrize("part", ["reasons", "continuing-care", "options"])
def test_the_authors_words_without_their_introduction_say_nothing(pathway: Pathway, part: str) -> None:
    assert said(pathway, {f"{part}-lead": ""}, part).said is Said.MISSING


REWORDED = {
    "emergency-care": (
        "emergency-care",
        "I remain available for emergency medical care, for at least 30 days, from 1 March 2027 until 31 March 2027.\n"
        "I will also give you prescriptions for 30 days of refills of your current medications.",
    ),
    "chart-transfer": (
        "chart-transfer",
        "Send me your written authorisation, and I transfer the chart to your NEW\nprovider.",
    ),
    "de-enrol": ("de-enrol", "You are being de\u2011enrolled: this will no longer be your home clinic."),
    "copy-on-file": ("copy-on-file", "One copy stays in the client\u2019s file."),
    "doctor-finder": (
        "doctor-finder",
        "Register with Family Doctor Finder (204\u2011786\u20117111; outside Winnipeg 1-866-690-8260; or online)."
        " A Primary Care Connector then helps.",
    ),
}


@pytest.mark.parametrize("element", REWORDED)
def test_an_authors_own_wording_counts_and_is_marked_for_the_supervisor(pathway: Pathway, element: str) -> None:
    part, text = REWORDED[element]
    assert said(pathway, {part: text}, element).said is Said.REWORDED


def test_line_breaks_and_spaces_are_no_rewording(pathway: Pathway) -> None:
    text = next(part.text for part in a_version(pathway).parts if part.id == "help")
    assert said(pathway, {"help": text.replace(" ", "  ").replace("help", "help\n", 1)}, "help").said is Said.AS_WRITTEN


@pytest.mark.parametrize(
    ("part", "text", "element", "named"),
    [
        (
            "emergency-care",
            "I will provide emergency medical care for at least 30 days: from 1 March 2027 to 30 March 2027.",
            "emergency-care",
            "31 March 2027",
        ),
        (
            "emergency-care",
            "I will provide emergency medical care for 14 days: from 1 March 2027 to 31 March 2027.",
            "emergency-care",
            "at least 30 days",
        ),
        ("doctor-finder", "Register online with Family Doctor Finder, a Primary Care Connector will help: 204-786-7112 "
                          "or 1-866-690-8260.", "doctor-finder", "204-786-7111"),
        ("chart-transfer", "Once authorized, I will transfer your chart to a new provider.", "chart-transfer",
         "written authorization"),
    ],
)  # fmt: skip
def test_a_missing_fact_is_named(pathway: Pathway, part: str, text: str, element: str, named: str) -> None:
    found = said(pathway, {part: text}, element)
    assert found.said is Said.MISSING
    assert found.lacking == (named,)
    assert named in found.complaint


@pytest.mark.parametrize(
    ("part", "text", "element", "word"),
    [
        ("chart-transfer", "Even with written authorization I will not transfer your chart to a new provider.",
         "chart-transfer", "not"),
        ("emergency-care", "I can\u2019t give emergency medical care for at least 30 days, 1 March 2027/31 March 2027.",
         "emergency-care", "can't"),
        ("help", "We help you to obtain other primary care unless you complain.", "help", "unless"),
    ],
)  # fmt: skip
def test_a_statement_turned_into_its_opposite_does_not_count(
    pathway: Pathway, part: str, text: str, element: str, word: str
) -> None:
    found = said(pathway, {part: text}, element)
    assert found.said is Said.MISSING
    assert found.unwanted == (word,)


@pytest.mark.parametrize(
    "edits",
    [
        {"closing": "I will not transfer any chart without a court order. [Name and title of who signs]"},
        {"chart-transfer": "Once I have received your written authorization, I will transfer your chart to your new "
                           "care provider.\n\nBut no chart is sent to a new provider before you apologise."},
    ],
)  # fmt: skip
def test_another_sentence_that_may_contradict_is_shown_to_the_supervisor(
    pathway: Pathway, edits: dict[str, str]
) -> None:
    found = said(pathway, edits, "chart-transfer")
    assert found.said is Said.DOUBTFUL
    assert "chart" in found.where


def test_an_author_field_that_may_contradict_is_shown_to_the_supervisor(pathway: Pathway) -> None:
    found = said(pathway, {}, "refills", options="We never give prescriptions for current medications.")
    assert (found.said, found.where) == (Said.DOUBTFUL, "We never give prescriptions for current medications.")


def test_reasons_that_mention_a_word_of_the_letter_are_no_contradiction(pathway: Pathway) -> None:
    version = a_version(pathway, reasons="You did not follow the plan. You refused your prescriptions and never came.")
    assert {one.said for one in coverage(version, pathway, "physician")} == {Said.AS_WRITTEN}


@pytest.mark.parametrize("role", ROLES)
def test_a_letter_that_withholds_reasons_covers_that_too(pathway: Pathway, role: str) -> None:
    found = coverage(a_version(pathway, role=role, **WITHHELD), pathway, role)
    assert [one.said for one in found if one.element.reasons is Reasons.WITHHELD] == [Said.AS_WRITTEN]
    assert not [one for one in found if one.said is Said.MISSING]


def test_an_element_removed_by_an_edit_blocks_the_submission_and_is_named(clinic: Clinic) -> None:
    case = clinic.ready_case()
    clinic.draft(case)
    clinic.revise(case, {"doctor-finder": "", "chart-transfer": "I keep the chart."})
    with pytest.raises(ConversationError) as refused:
        clinic.submit(case)
    assert "Family Doctor Finder" in str(refused.value)
    assert "Chart transfer once written authorization is received (missing: “transfer”" in str(refused.value)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_paragraph_goes_something_is_named(pathway: Pathway, data: st.DataObject) -> None:
    """Of any set of paragraphs taken out, each element that only they said is missing, and no other."""
    role = data.draw(st.sampled_from(ROLES))
    case_parts = [part.id for part in write(pathway, letter_form(), role)]
    gone = data.draw(st.sets(st.sampled_from(case_parts)))
    lacking = {one.element.id for one in missing(a_version(pathway, dict.fromkeys(gone, ""), role), pathway, role)}
    needed = {
        element.id
        for element in pathway.elements(role, Reasons.STATED)
        if element.part in gone or (element.field and element.field.value.replace("_", "-") in gone)
    }
    assert lacking == needed


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200))
def test_no_text_of_an_author_breaks_the_table(pathway: Pathway, text: str) -> None:
    form = LetterForm(reasons=text, continuing_care=text, options=text, start=TODAY, end=TODAY)
    version = a_version(pathway, {"opening": text, "help": text}, **dict(form))
    assert len(coverage(version, pathway, "physician")) == len(ALL)
