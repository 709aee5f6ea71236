"""A guideline small enough to read beside the golden files; it has one of everything that a view can draw."""

from guideline_content.models import (
    Clause,
    Group,
    Guideline,
    Obligation,
    Reading,
    Role,
    Section,
    Silence,
    SourceClause,
    SourceDocument,
)


def clause(id: str, title: str, statement: str, obligation: Obligation, **more: object) -> Clause:
    return Clause.model_validate(
        {"section": "ending", "source": (id,)}
        | {"id": id, "title": title, "statement": statement, "obligation": obligation}
        | more
    )


CLAUSES = (
    clause(
        "violence",
        "Violence or serious threats",
        "The authorities may need to be called.",
        Obligation.MAY,
        condition="if a patient is violent",
        see_also=("workplace", "thirty-days"),
        local="In immediate danger, call 911 first.",
        **{"with": ("last-resort",)},
    ),
    clause(
        "last-resort",
        "Termination as a last resort",
        "Ending is a last resort.",
        Obligation.INFORMATION,
        **{"with": ("violence",)},
    ),
    clause("workplace", "Respectful workplace", "Policy 20.10.040 & its <terms>.", Obligation.INFORMATION),
    clause(
        "reasons",
        "Stating the reasons",
        "The letter should state the reasons.",
        Obligation.SHOULD,
        condition="unless safety is at risk",
        groups=("letter",),
        **{"with": ("reasons-withheld",)},
    ),
    clause(
        "reasons-withheld",
        "Leaving the reasons out",
        "The letter may leave the reasons out.",
        Obligation.MAY,
        condition="if safety is at risk",
        **{"with": ("reasons",)},
    ),
    clause(
        "thirty-days",
        "Emergency care for 30 days",
        "The patient must be notified of it.",
        Obligation.MUST,
        applies_to=("physician", "nurse-practitioner", "physician-assistant"),
        groups=("letter",),
        see_also=("silence.start",),
    ),
)

GUIDELINE = Guideline(
    id="sample",
    title="Therapeutic Relationships",
    issuer="WRHA Primary Care",
    version="0123456789ab",
    contact="Primary Care Service Area Leadership",
    examples=("What goes in the letter?", "Who do I consult?", "Do I owe 30 days?", "Can I end it today?"),
    roles=(
        Role(id="physician", title="Physician"),
        Role(id="nurse-practitioner", title="Nurse practitioner"),
        Role(id="physician-assistant", title="Physician assistant"),
        Role(id="nurse", title="Nurse"),
        Role(id="audiologist", title="Audiologist"),
    ),
    sections=(Section(id="ending", label="§4.2.3 Ending phase"), Section(id="unused", label="Unused")),
    documents=(
        SourceDocument(id="guideline", title="Therapeutic Relationships", issuer="WRHA"),
        SourceDocument(id="article", title="Still relevant?", author="A. Writer", published="2021-03-05"),
        SourceDocument(id="undated", title="Building one", author="B. Writer"),
    ),
    source_clauses=(
        *(SourceClause(id=one.id, document="guideline", where="§4.2.3 Ending phase, letter") for one in CLAUSES),
        SourceClause(id="thesis", document="article", where="Writer 2021"),
        SourceClause(id="why", document="undated", where="Writer"),
    ),
    clauses=CLAUSES,
    groups=(Group(id="letter", section="ending", title="What the letter contains", statement="In this order."),),
    silences=(
        Silence(
            id="silence.start",
            title="When the 30 days start",
            statement="The guideline does not say when.",
            nearest=("thirty-days", "reasons"),
            local="Ask your supervisor.",
        ),
    ),
    readings=(
        Reading(id="thesis", document="article", title="The essence", statement="It is.", source=("thesis",)),
        Reading(id="why", document="undated", title="Why", statement="Because.", source=("why",)),
    ),
)
