"""What the guideline says, as blocks: force, section, condition, statement and whom it binds, on every statement."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views.blocks import context, escape, sections, uncapitalised
from guideline_content.models import Clause, Entry, Group, Guideline, Reading, Silence

MARK = "→"


@dataclass(frozen=True)
class Reader:
    """For whom it is drawn. `role`: the asker's role id, None where it is unknown or many people read it."""

    guideline: Guideline
    role: str | None = None


def entry_blocks(reader: Reader, entry: Entry, *, matched: str | None = None) -> Iterator[Block]:
    """An entry with all that may not be parted from it. `matched`: the member of a group to be marked."""
    match entry:
        case Clause():
            yield from clause_blocks(reader, entry)
            yield from _partner_blocks(reader, (entry,))
        case Group():
            yield from _group_blocks(reader, entry, matched)
        case Silence():
            yield from _silence_blocks(reader, entry)
        case Reading():
            yield from _reading_blocks(reader.guideline, entry)


def clause_blocks(reader: Reader, clause: Clause, *, before: str = "", after: str = "") -> Iterator[Block]:
    """One clause. `before` and `after`: what its place in a list adds to the first line."""
    lines = [f"{before}{headline(reader.guideline, clause)}{after}"]
    lines += [f"_{escape(condition)}:_" for condition in [condition_of(reader.guideline, clause)] if condition]
    lines += [escape(clause.statement), *role_lines(reader, clause)]
    if clause.local:
        lines.append(local_line(clause.local))
    yield from sections("\n".join(lines))
    yield context(_citation(reader.guideline, clause))


def headline(guideline: Guideline, clause: Clause) -> str:
    """Title, force and section, as the first line of every clause."""
    where = escape(section_label(guideline, clause.section))
    return f"*{escape(clause.title)}*   {clause.obligation.upper()} - {where}"


def section_label(guideline: Guideline, section_id: str) -> str:
    """How a reader sees the section cited."""
    return next(section.label for section in guideline.sections if section.id == section_id)


def condition_of(guideline: Guideline, clause: Clause) -> str | None:
    """When it holds, the roles it names included, as a phrase that begins a sentence."""
    parts = [clause.condition] if clause.condition else []
    if clause.applies_to and "most responsible provider" not in (clause.condition or ""):
        parts.append(f"if the most responsible provider is {role_names(guideline, clause.applies_to)}")
    joined = ", and ".join(parts)
    return joined[:1].upper() + joined[1:] if joined else None


def role_lines(reader: Reader, clause: Clause) -> list[str]:
    """What a clause that names roles means for the asker as most responsible provider, then for the others."""
    if not clause.applies_to:
        return []
    you, others = "*If you are the most responsible provider:*", "For any other role the guideline does not state it."
    if reader.role is None:
        return [f"{you} this applies if you have one of the roles named.", others]
    own = escape(role_names(reader.guideline, (reader.role,)))
    if reader.role in clause.applies_to:
        return [f"{you} as {own}, this applies to you.", others]
    return [f"{you} the guideline does not state this for {own}, only for the roles named."]


def role_names(guideline: Guideline, role_ids: Iterable[str]) -> str:
    """Roles as they read inside a sentence: "a physician, nurse practitioner or physician assistant"."""
    titles = {role.id: uncapitalised(role.title) for role in guideline.roles}
    names = [titles[role_id] for role_id in role_ids]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    if listed.startswith("another "):
        return listed
    return f"{'an' if listed[0] in 'aeiou' else 'a'} {listed}"


def _partner_blocks(reader: Reader, shown: tuple[Clause, ...]) -> Iterator[Block]:
    """The exceptions and rules of the clauses shown, as far as they are not among them."""
    partners = partners_of(reader.guideline, shown)
    if partners:
        yield DividerBlock()
        yield context("*Read it together with:*")
    for partner in partners:
        yield from clause_blocks(reader, partner)


def partners_of(guideline: Guideline, shown: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses without which those shown would mislead, each once, none that is shown already."""
    shown = tuple(shown)
    ids = dict.fromkeys(partner for clause in shown for partner in clause.with_)
    own = {clause.id for clause in shown}
    entries = (guideline.entries[id] for id in ids if id not in own)
    return tuple(entry for entry in entries if isinstance(entry, Clause))


def _group_blocks(reader: Reader, group: Group, matched: str | None) -> Iterator[Block]:
    guideline, members = reader.guideline, reader.guideline.members(group.id)
    where = escape(section_label(guideline, group.section))
    yield from sections(f"*{escape(group.title)}*   {len(members)} statements - {where}\n{escape(group.statement)}")
    for number, clause in enumerate(members, 1):
        is_matched = clause.id == matched
        yield from clause_blocks(
            reader,
            clause,
            before=f"{MARK} {number}. " if is_matched else f"{number}. ",
            after="   _closest to your question_" if is_matched else "",
        )
    yield from _partner_blocks(reader, members)


def _silence_blocks(reader: Reader, silence: Silence) -> Iterator[Block]:
    guideline = reader.guideline
    lines = [f"*{escape(silence.title)}*   The guideline does not say", escape(silence.statement)]
    if silence.local:
        lines.append(local_line(silence.local))
    yield from sections("\n".join(lines))
    yield from sections(f"*Whom to ask:* {escape(guideline.contact)}")
    yield DividerBlock()
    yield context("*What the guideline says that comes nearest:*")
    nearest = tuple(guideline.entries[id] for id in silence.nearest)
    for entry in nearest:
        yield from clause_blocks(reader, entry) if isinstance(entry, Clause) else entry_blocks(reader, entry)
    yield from _partner_blocks(reader, tuple(entry for entry in nearest if isinstance(entry, Clause)))


def _reading_blocks(guideline: Guideline, reading: Reading) -> Iterator[Block]:
    document = next(document for document in guideline.documents if document.id == reading.document)
    title = f"*{escape(reading.title)}*   Background reading, not the guideline"
    yield from sections(f"{title}\n{escape(reading.statement)}")
    by = [document.author, f'"{document.title}"', document.published or "no date given"]
    yield context(f"{escape(', '.join(part for part in by if part))} · {_clause_ids(guideline, reading)}")


def local_line(text: str) -> str:
    """A line that is ours, marked as such."""
    return f"*Local note (not the guideline):* {escape(text)}"


def _citation(guideline: Guideline, clause: Clause) -> str:
    """The canonical clauses; the section is in the first line, so another one is named only where it differs."""
    headed = section_label(guideline, clause.section)
    where = dict.fromkeys(cited.where for cited in guideline.source_clauses if cited.id in clause.source)
    elsewhere = [escape(label) for label in where if label != headed]
    everyone = [] if clause.applies_to else ["for every role"]
    return " · ".join([_clause_ids(guideline, clause), *elsewhere, *everyone])


def _clause_ids(guideline: Guideline, entry: Entry) -> str:
    ids = guideline.clause_ids(entry)
    return f"{'clause' if len(ids) == 1 else 'clauses'} {', '.join(f'`{escape(id)}`' for id in ids)}"
