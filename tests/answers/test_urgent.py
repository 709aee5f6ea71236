"""Violence, threats and crises: whatever else is said, and however unsure the answer, nobody is left without a line."""

import pytest

from guideline_content.answers import Outcome
from guideline_content.engine import Answerer
from guideline_content.models import Clause, Group, Silence

LINE = "In immediate danger, call 911 first."


@pytest.mark.parametrize(
    "act", ["hit", "bit", "punched", "kicked", "spat on", "choked", "threatened to kill", "stabbed"]
)
@pytest.mark.parametrize(
    "who",
    ["doctor", "NP", "nurse", "midwife", "social worker", "physician assistant", "pharmacist", "dietitian", "resident"],
)
def test_violence_toward_any_provider_is_never_refused(answerer: Answerer, act: str, who: str) -> None:
    answer = answerer.answer(f"he {act} the {who}")
    cited = {id for match in answer.matches[:3] for id in answerer.guideline.clause_ids(match.entry)}
    assert "end.violence" in cited


@pytest.mark.parametrize(
    "around",
    [
        "Hello, I hope you are well. {} Thanks so much for your help!",
        "{} And what is the dose of tylenol for a child?",
        "How do I get a parking pass? {}",
        "{} during a blood draw",
        "{} on facebook",
    ],
)
@pytest.mark.parametrize(
    "told", ["A patient punched our nurse.", "He threatened to kill me.", "She pulled a knife on us."]
)
def test_nothing_said_around_it_hides_violence(answerer: Answerer, around: str, told: str) -> None:
    answer = answerer.answer(around.format(told))
    cited = {id for match in answer.matches[:3] for id in answerer.guideline.clause_ids(match.entry)}
    assert "end.violence" in cited


@pytest.mark.parametrize(
    "question", ["patient is suicidal", "she threatens to kill herself", "someone collapsed", "he took an overdose"]
)
def test_a_crisis_is_not_taken_for_violence_and_gets_a_local_line(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.outcome is Outcome.NOT_COVERED
    assert answer.local == LINE


@pytest.mark.parametrize(
    "question",
    [
        "My patient is suicidal. He also hit a nurse yesterday.",
        "My patient is suicidal, what do I do? And what goes in the letter? And who do I consult?",
        "What goes in the letter? Who do I consult? Do I send it registered? She wants to die.",
        "she will kill herself if I end it",
        "He says he'll end his life if we terminate the relationship.",
        "can I discharge a patient who self harms",
    ],
)
def test_a_crisis_is_not_lost_beside_what_the_guideline_says(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.matches
    assert answer.local == LINE


@pytest.mark.parametrize(
    "question",
    [
        "Что в письме?",
        "患者打了我",
        "paciente amenazó enfermera cuchillo ayer",
        "je veux mettre fin à la relation",
        "un patient a craché sur moi",
        "er bedroht mich",
        "Je veux changer de médecin, s'il vous plaît. What goes in the letter?",
        "Hilfe",
    ],
)
def test_another_language_gets_a_local_line(answerer: Answerer, question: str) -> None:
    assert "English only" in (answerer.answer(question).local or "")


@pytest.mark.parametrize("question", ["lettr", "who shud i consalt", "do I owe 30 jours of care"])
def test_a_foreign_or_misspelt_word_makes_no_other_language(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question).local is None


def test_a_word_of_another_language_is_not_respelled(answerer: Answerer) -> None:
    assert answerer.answer("danke").read_as is None


def lines(answerer: Answerer, question: str) -> set[str | None]:
    """The lines that are read at the top of the answer and with what is answered."""
    answer = answerer.answer(question)
    if answer.outcome not in (Outcome.ANSWERED, Outcome.SILENT):
        return {answer.local}
    lead = answer.matches[0].entry
    shown = answerer.guideline.members(lead.id) if isinstance(lead, Group) else [lead]
    return {answer.local, *(entry.local for entry in shown if isinstance(entry, Clause | Silence))}


@pytest.mark.parametrize(
    "told",
    [
        "Help, patient is hitting me",
        "pt came in with a hatchet",
        "active shooter",
        "patient out of control and throwing chairs",
        "she says her boyfriend strangles her",
        "pt hit me, do i fill WCB form",
        "where do i park? patient threatened me",
        "bomb threat by phone",
    ],
)
def test_whoever_tells_of_violence_reads_the_line_whatever_is_answered(answerer: Answerer, told: str) -> None:
    assert LINE in lines(answerer, told)


@pytest.mark.parametrize(
    "told",
    [
        "He is hitting the nurse right now.",
        "A client has a knife in the lobby.",
        "She threatened to kill me.",
        "Her brother punched the MOA.",
        "Patient is suicidal.",
        "He swallowed bleach.",
        "Someone collapsed in the hallway.",
    ],
)
@pytest.mark.parametrize(
    "asked",
    [
        "How many days of refills do I owe?",
        "Who signs the letter?",
        "What goes in the letter?",
        "Where can I park?",
        "What did Forchuk say about technology?",
        "Hello there.",
    ],
)
def test_no_question_beside_it_hides_the_line(answerer: Answerer, told: str, asked: str) -> None:
    assert LINE in lines(answerer, f"{told} {asked}")
    assert LINE in lines(answerer, f"{asked} {told}")


@pytest.mark.parametrize("question", ["PAs?", "for PAs?", "PAs threatened"])
def test_a_role_is_no_word_of_another_language(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question).outcome is not Outcome.NOT_COVERED


@pytest.mark.parametrize("question", ["this pen does not work", "how much is a physical", "physical therapy"])
def test_what_tells_of_no_violence_gets_no_line(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question).local is None
