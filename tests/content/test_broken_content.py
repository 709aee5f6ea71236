"""What an editor is told: each mistake, made in a copy of the built-in content, is found at its place and explained."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from guideline_content.checking import check
from guideline_content.loading import BUILT_IN, ContentError, load

G, S, R, SOURCE = "guideline.yaml", "silences.yaml", "readings.yaml", "source.yaml"


@dataclass(frozen=True)
class Mistake:
    """In `file`, from `after` on, `old` is replaced by `new`; the problem is reported where `at` (or `new`) begins."""

    file: str
    after: str
    old: str
    new: str
    key: str
    words: str
    at: str | None = None
    in_file: str | None = None


def make(mistake: Mistake, folder: Path) -> tuple[Path, int]:
    """Where the problem has to be reported."""
    path = folder / mistake.file
    text = path.read_text(encoding="utf-8")
    start = text.index(mistake.old, text.index(mistake.after))
    changed = text[:start] + mistake.new + text[start + len(mistake.old) :]
    path.write_text(changed, encoding="utf-8")
    reported = folder / (mistake.in_file or mistake.file)
    shown = reported.read_text(encoding="utf-8")
    begin = shown.index(mistake.at, 0 if mistake.in_file else start) if mistake.at else start
    line_start = shown[begin:]
    return reported, shown[: begin + len(line_start) - len(line_start.lstrip())].count("\n") + 1


LETTER = "- id: letter.registered\n"
REGISTERED = "clauses[letter.registered]"

KEEPS_FROM_LOADING = {
    "a number instead of text": Mistake(
        SOURCE, "- id: forchuk-2021", 'published: "2021-03-05"', "published: 2016",
        "documents[forchuk-2021].published", "2016 is a number here; put it in quotes",
    ),
    "a date instead of text": Mistake(
        SOURCE, "- id: forchuk-2021", 'published: "2021-03-05"', "published: 2021-03-05",
        "documents[forchuk-2021].published", "2021-03-05 is a date here; put it in quotes",
    ),
    "a word that means true": Mistake(
        G, LETTER, "title: A registered letter", "title: yes",
        f"{REGISTERED}.title", "yes means true or false here; put it in quotes",
    ),
    "no text after a key": Mistake(
        G, LETTER, "title: A registered letter", "title:",
        f"{REGISTERED}.title", "there is no text here",
    ),
    "an empty text": Mistake(
        G, LETTER, "title: A registered letter", 'title: ""',
        f"{REGISTERED}.title", "the text is empty",
    ),
    "a list instead of text": Mistake(
        G, LETTER, "title: A registered letter", "title: [A registered letter]",
        f"{REGISTERED}.title", "text is expected here, not a list",
    ),
    "text instead of a list": Mistake(
        G, LETTER, "source: [letter.registered]", "source: letter.registered",
        f"{REGISTERED}.source", "a list is expected here, like [one, two], not letter.registered",
    ),
    "an empty list": Mistake(
        G, LETTER, "source: [letter.registered]", "source: []",
        f"{REGISTERED}.source", "the list is empty; it needs at least one item",
    ),
    "text instead of keys": Mistake(
        G, "sections:", "{id: intent, label: \"§1 Intent\"}", "intent",
        "sections[1]", "keys with values are expected here, not intent",
    ),
    "a misspelt key": Mistake(
        G, LETTER, "obligation: must", "obligaton: must",
        f"{REGISTERED}.obligaton", "'obligaton' is not a key here (allowed: kind, id, section, title, statement, "
        "obligation, applies_to, condition, groups, with, see_also, local, source). Did you mean 'obligation'?",
    ),
    "a missing key": Mistake(
        G, LETTER, "    obligation: must\n", "",
        f"{REGISTERED}.obligation", "this key is missing", at="id: letter.registered", in_file=G,
    ),
    "an unknown obligation": Mistake(
        G, LETTER, "obligation: must", "obligation: shoud",
        f"{REGISTERED}.obligation", "'shoud' is not allowed here (allowed: must, should, consider, may, information). "
        "Did you mean 'should'?",
    ),
    "an id with a capital": Mistake(
        S, "silences:", "id: silence.who-signs", "id: Silence.WhoSigns",
        "silences[Silence.WhoSigns].id", "'Silence.WhoSigns' cannot be an id; an id has small letters and digits",
    ),
    "the same key twice": Mistake(
        G, LETTER, "    obligation: must\n", "    obligation: must\n    title: Another\n",
        f"{REGISTERED}.title", "'title' stands here twice; the first is on line", at="title: Another",
    ),
    "a control character": Mistake(
        G, LETTER, "title: A registered letter", 'title: "A registered\\u0007 letter"',
        f"{REGISTERED}.title", "the text has a control character (U+0007); remove it",
    ),
    "a title that fits no button": Mistake(
        G, LETTER, "title: A registered letter", "title: A registered letter" + " of great length" * 4,
        f"{REGISTERED}.title", "the text has 83 characters; 65 fit on a button",
    ),
    "an unknown section": Mistake(
        G, LETTER, "section: letter", "section: leter",
        f"{REGISTERED}.section", "there is no section 'leter' (allowed: background, beginning, definitions,",
    ),
    "an unknown role": Mistake(
        G, "- id: letter.copy-to-college", "applies_to: [physician]", "applies_to: [phisician]",
        "clauses[letter.copy-to-college].applies_to[1]", "there is no role 'phisician' (allowed: audiologist,",
    ),
    "an unknown group": Mistake(
        G, LETTER, "groups: [letter-contents]", "groups: [letter-content]",
        f"{REGISTERED}.groups[1]", "Did you mean 'letter-contents'?",
    ),
    "an unknown source clause": Mistake(
        G, LETTER, "source: [letter.registered]", "source: [letter.registred]",
        f"{REGISTERED}.source[1]", "there is no source clause 'letter.registred'. Did you mean 'letter.registered'?",
    ),
    "an unknown entry to see": Mistake(
        G, LETTER, "see_also: [letter-contents,", "see_also: [letter-contens,",
        f"{REGISTERED}.see_also[1]", "there is no entry 'letter-contens'. Did you mean 'letter-contents'?",
    ),
    "an entry that names itself": Mistake(
        G, LETTER, "see_also: [letter-contents,", "see_also: [letter.registered,",
        f"{REGISTERED}.see_also[1]", "an entry cannot name itself",
    ),
    "an unknown exception": Mistake(
        G, "- id: letter.reasons.stated", "with: [letter.reasons.withheld]", "with: [letter.reasons.witheld]",
        "clauses[letter.reasons.stated].with[1]", "there is no clause 'letter.reasons.witheld'. "
        "Did you mean 'letter.reasons.withheld'?",
    ),
    "a group as an exception": Mistake(
        G, "- id: letter.reasons.stated", "with: [letter.reasons.withheld]", "with: [letter-contents]",
        "clauses[letter.reasons.stated].with[1]", "'letter-contents' is a group; only the id of a clause",
    ),
    "a silence as nearest": Mistake(
        S, "- id: silence.who-signs", "nearest: [letter.registered]", "nearest: [silence.returned-mail]",
        "silences[silence.who-signs].nearest[1]", "'silence.returned-mail' is a silence; only the id of a clause",
    ),
    "an unknown document": Mistake(
        R, "- id: awalt.study", "document: awalt", "document: await",
        "readings[awalt.study].document", "there is no document 'await' (allowed: awalt, forchuk-2021, guideline)",
    ),
    "a passage of another article": Mistake(
        R, "- id: awalt.study", "source: [awalt.study]", "source: [forchuk.time]",
        "readings[awalt.study].source[1]", "'forchuk.time' is of the document 'forchuk-2021'",
    ),
    "a passage of an unknown document": Mistake(
        SOURCE, "- {id: awalt.why", "document: awalt", "document: anawalt",
        "clauses[awalt.why].document", "there is no document 'anawalt'",
    ),
    "an id used twice": Mistake(
        S, "- id: silence.who-signs", "id: silence.who-signs", "id: letter.registered",
        "silences[letter.registered].id", "'letter.registered' is used already, in guideline.yaml on line",
    ),
    "a role used twice": Mistake(
        G, "roles:", "id: psychologist", "id: psychiatrist",
        "roles[psychiatrist].id", "'psychiatrist' is used already, in guideline.yaml on line",
    ),
}  # fmt: skip

EMPTY_GROUP = "{id: none, section: intent, title: None, statement: x}"

LOADS_BUT_DOES_NOT_SERVE = {
    "an exception that names no rule": Mistake(
        G, "- id: letter.reasons.withheld", "    with: [letter.reasons.stated]\n", "",
        "clauses[letter.reasons.stated].with[1]",
        "'letter.reasons.withheld' does not name 'letter.reasons.stated' in its own 'with'",
        at="with: [letter.reasons.withheld]", in_file=G,
    ),
    "a passage that no entry cites": Mistake(
        G, LETTER, "source: [letter.registered]", "source: [letter.reasons]",
        REGISTERED, "no entry has 'letter.registered' as its source", at="- {id: letter.registered", in_file=SOURCE,
    ),
    "a group without members": Mistake(
        G, "groups:\n  - id: purpose", "groups:\n", f"groups:\n  - {EMPTY_GROUP}\n",
        "groups[none]", "no clause names this group in its 'groups'", at=EMPTY_GROUP,
    ),
    "a condition that is none": Mistake(
        G, LETTER, "condition: when a relationship", "condition: once a relationship",
        f"{REGISTERED}.condition", "a condition begins with one of: if, when, unless",
    ),
    "texts that fit no section": Mistake(
        G, "- id: req.empathy", "statement: >-\n", f"statement: >-\n      {'& ' * 550}\n",
        "clauses[req.empathy].statement", "fit", at="statement: >-",
    ),
    "a title of another entry": Mistake(
        S, "- id: silence.who-signs", "title: Who signs the letter", "title: A registered letter",
        "silences[silence.who-signs].title", "'letter.registered' has this title already",
    ),
    "a title of two lines": Mistake(
        S, "- id: silence.who-signs", "title: Who signs the letter", 'title: "Who signs\\nthe letter"',
        "silences[silence.who-signs].title", "a title is one line",
    ),
}  # fmt: skip


def found(mistake: Mistake, folder: Path) -> list[tuple[Path, int, str]]:
    return [(p.file, p.line, p.key) for p in check(folder) if mistake.words in p.message]


@pytest.mark.parametrize("mistake", KEEPS_FROM_LOADING.values(), ids=KEEPS_FROM_LOADING.keys())
def test_a_mistake_is_told_at_its_place_and_keeps_from_loading(mistake: Mistake, folder: Path) -> None:
    file, line = make(mistake, folder)
    assert found(mistake, folder) == [(file, line, mistake.key)]
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert f"{file}:{line}: {mistake.key}: " in str(caught.value)


@pytest.mark.parametrize("mistake", LOADS_BUT_DOES_NOT_SERVE.values(), ids=LOADS_BUT_DOES_NOT_SERVE.keys())
def test_what_loads_but_does_not_serve_is_told_at_its_place(mistake: Mistake, folder: Path) -> None:
    file, line = make(mistake, folder)
    assert (file, line, mistake.key) in found(mistake, folder)
    load(folder)


def test_a_group_that_fits_no_message_is_told(folder: Path) -> None:
    long = f">-\n      {'word ' * 520}"
    text = (folder / G).read_text(encoding="utf-8")
    for name in ("drug-seeking", "disregard", "abuse", "withholding"):
        before, after = text.split(f"- id: end.hindering-factors.{name}\n")
        text = f"{before}- id: end.hindering-factors.{name}\n{after.replace('>-', long, 1)}"
    (folder / G).write_text(text, encoding="utf-8")
    problem = next(problem for problem in check(folder) if problem.key == "groups[ending-phase]")
    assert problem.line == text[: text.index("- id: ending-phase")].count("\n") + 1
    assert "12000 fit in a message" in problem.message


def test_a_group_with_too_many_members_is_told(folder: Path) -> None:
    text = (folder / G).read_text(encoding="utf-8")
    (folder / G).write_text(text.replace("    groups: [", "    groups: [references, "), encoding="utf-8")
    assert [p.key for p in check(folder) if "21 fit in a message" in p.message] == ["groups[references]"]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_files(folder: Path) -> None:
    made = ["a misspelt key", "an unknown section", "an exception that names no rule", "an id with a capital",
            "a passage of an unknown document"]  # fmt: skip
    every = KEEPS_FROM_LOADING | LOADS_BUT_DOES_NOT_SERVE
    for name in made:
        make(every[name], folder)
    problems = check(folder)
    for name in made:
        assert [p for p in problems if p.key == every[name].key and every[name].words in p.message], name
    assert [p.file.name for p in problems] == sorted((p.file.name for p in problems), key=[G, S, R, SOURCE].index)


@pytest.mark.parametrize("name", ["an unknown obligation", "a misspelt key", "a missing key", "text instead of a list"])
def test_one_mistake_is_not_told_as_many(name: str, folder: Path) -> None:
    make(KEEPS_FROM_LOADING[name], folder)
    assert len(check(folder)) == 1


@pytest.mark.parametrize("name", [G, S, R, SOURCE])
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    assert [str(problem) for problem in check(folder)] == [f"{folder / name}:1: there is no such file"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert [str(problem) for problem in check(tmp_path / "none")] == [f"{tmp_path / 'none'}:1: there is no such folder"]


def test_a_file_that_is_no_yaml_does_not_hide_what_is_wrong_in_another(folder: Path) -> None:
    (folder / S).write_text("silences: [", encoding="utf-8")
    make(KEEPS_FROM_LOADING["an unknown obligation"], folder)
    assert [problem.file.name for problem in check(folder)] == [G, S]


def test_a_vocabulary_file_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / "topics.yaml").write_text("topcis: {}\n", encoding="utf-8")
    assert [str(problem) for problem in check(folder)] == [
        f"{folder / 'topics.yaml'}:1: topcis: 'topcis' is not a key here "
        "(allowed: topics, small_talk, other_language). Did you mean 'topics'?"
    ]


def test_an_error_has_one_line_a_problem(folder: Path) -> None:
    make(KEEPS_FROM_LOADING["an unknown section"], folder)
    make(KEEPS_FROM_LOADING["an unknown role"], folder)
    with pytest.raises(ContentError) as caught:
        load(folder)
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    assert len(caught.value.problems) == 2


def test_the_version_changes_with_any_content_file_and_with_nothing_else(folder: Path) -> None:
    assert load(folder).version == load(BUILT_IN).version
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    assert load(folder).version == load(BUILT_IN).version
    with (folder / SOURCE).open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert load(folder).version != load(BUILT_IN).version


def test_what_is_urgent_has_to_be_an_entry_and_concepts(folder: Path) -> None:
    path = folder / "lexicon.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "  violence-and-threats: violence, threat\n", "  violence-and-thread: violance, threat\n"
    )
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("  violence-and-thread: ")].count("\n") + 1
    where = f"{path}:{line}: urgent.violence-and-thread:"
    assert [str(problem) for problem in check(folder)] == [
        f"{where} there is no concept 'violance' in the lexicon. Did you mean 'violence'?",
        f"{where} there is no entry or topic 'violence-and-thread'. Did you mean 'violence-and-threats'?",
    ]


@pytest.mark.parametrize("word", ["nurse", "pas", "violence"])
def test_a_word_of_a_role_or_a_concept_is_not_foreign(folder: Path, word: str) -> None:
    path = folder / "lexicon.yaml"
    text = path.read_text(encoding="utf-8").replace("\nforeign: >-\n", f"\nforeign: >-\n  {word}\n")
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("\nforeign: >-")].count("\n") + 2
    (problem,) = map(str, check(folder))
    assert problem.startswith(f"{path}:{line}: foreign: '{word}' is a word of a concept or a role")
