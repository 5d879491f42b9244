"""Patterns of date words: forms written in a language's data, compiled once to a trie and matched in one pass.

A form is a line of words: ``{month}`` is a slot filled from a set of that name or from a kind of number,
``{end_day:day}`` fills field ``end_day``, ``{end_day:+ordinal_day}`` wants a joined "and" on its word, ``<month>``
stands for any form of the shape of that name, ``a|b`` is either word and a final ``?`` makes an element optional. A
slot named ``twin`` must repeat the month it stands beside.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.date_figures import NUMBER_KINDS, Fields
from pipeline.text import Token
from pipeline.word_tables import cut

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], Fields | int | str], ...]]

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a form: the field it fills and the set or kind of number it is filled from."""

    field: str
    source: str


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the trie of forms; ``rules`` are the numbers of the rules that end here, in their order."""

    words: Mapping[str, "Node"]
    slots: tuple[tuple[Slot, "Node"], ...]
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A form found: tokens up to ``end`` (exclusive), the rule and the fields its slots were filled with."""

    end: int
    rule: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Group:
    """A choice of sequences; an empty one makes the group optional."""

    choices: tuple["Form", ...]


Form = tuple[str | Slot | Group, ...]


def parse_form(form: str, shapes: Mapping[str, Sequence[str]], depth: int = 0) -> Form:
    """Parse one line of a grammar.

    Raises
    ------
    ValueError
        If a shape is not known or refers to itself.
    """
    if depth > _DEEPEST:
        raise ValueError(f"form {form!r} refers to shapes more than {_DEEPEST} deep; does a shape contain itself?")
    return tuple(part for element in form.split() for part in _parse_element(element, shapes, depth))


def _parse_element(element: str, shapes: Mapping[str, Sequence[str]], depth: int) -> Form:
    optional = len(element) > 1 and element.endswith("?")
    body = element[:-1] if optional else element
    choices: list[Form]
    if body.startswith("<"):
        name = body.strip("<>")
        if name not in shapes:
            raise ValueError(f"<{name}> is not a shape; known shapes: {', '.join(sorted(shapes))}")
        choices = [parse_form(form, shapes, depth + 1) for form in shapes[name]]
    elif body.startswith("{"):
        field, _, source = body.strip("{}").partition(":")
        choices = [(Slot(field, source or field),)]
    else:
        choices = [cut(word) for word in body.split("|")]
    if optional:
        choices.append(())
    return choices[0] if len(choices) == 1 else (Group(tuple(choices)),)


def slots_of(form: Form) -> Iterator[Slot]:
    """List every slot of a form, in any of its choices."""
    for part in form:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Group):
            for choice in part.choices:
                yield from slots_of(choice)


def build_trie(forms: Sequence[tuple[Form, int]]) -> Node:
    """Join the forms of numbered rules into one trie whose equal branches are shared."""
    return _build(frozenset(forms), {})


def _build(state: frozenset[tuple[Form, int]], known: dict[frozenset[tuple[Form, int]], Node]) -> Node:
    if state in known:
        return known[state]
    rules: set[int] = set()
    branches: dict[str | Slot, set[tuple[Form, int]]] = {}
    waiting = list(state)
    while waiting:
        form, rule = waiting.pop()
        if not form:
            rules.add(rule)
            continue
        head, rest = form[0], form[1:]
        if isinstance(head, Group):
            waiting.extend((choice + rest, rule) for choice in head.choices)
        else:
            branches.setdefault(head, set()).add((rest, rule))
    nodes = {head: _build(frozenset(rest), known) for head, rest in branches.items()}
    words = {head: node for head, node in nodes.items() if isinstance(head, str)}
    slots = sorted(
        ((head, node) for head, node in nodes.items() if isinstance(head, Slot)), key=lambda one: str(one[0])
    )
    known[state] = Node(words, tuple(slots), tuple(sorted(rules)))
    return known[state]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds the longest form that begins at a token; of two that end together the earlier rule counts."""

    root: Node
    behind: tuple[frozenset[str], ...]  # a rule's cues: one of them must stand before it; empty = none needed
    spelled: tuple[Mapping[str, str], ...]  # folded first words a rule takes in one spelling only
    sets: Mapping[str, Phrases]
    capital: frozenset[str]  # words that only count with a capital letter
    entries: Mapping[str, tuple[tuple[Slot, Node], ...]]  # slots of the root a word can fill; "" = a figure

    def match(self, tokens: Sequence[Token], at: int, stop: int, first: str) -> Match | None:
        """Match at token ``at``, reading no further than ``stop``; ``first`` is its word without joined prefixes."""
        return self._walk(self.root, tokens, at, stop, first, at, ())

    def _accepts(self, rule: int, tokens: Sequence[Token], start: int) -> bool:
        if self.behind[rule] and (not start or tokens[start - 1].text not in self.behind[rule]):
            return False
        spelling = self.spelled[rule].get(tokens[start].text) if start < len(tokens) else None
        return spelling is None or tokens[start].raw == spelling

    def _walk(
        self, node: Node, tokens: Sequence[Token], at: int, stop: int, word: str | None, start: int, fields: Fields
    ) -> Match | None:
        rule = next((rule for rule in node.rules if self._accepts(rule, tokens, start)), None)
        best = None if rule is None else Match(at, rule, fields)
        if at >= stop:
            return best
        for child, end, filled in self._steps(node, tokens, at, stop, word):
            if filled and filled[0][0] == "twin" and ("month", filled[0][1]) not in fields:
                continue
            found = self._walk(child, tokens, end, stop, None, start, fields + filled)
            if found is not None and (best is None or (found.end, -found.rule) > (best.end, -best.rule)):
                best = found
        return best

    def _steps(
        self, node: Node, tokens: Sequence[Token], at: int, stop: int, word: str | None
    ) -> Iterator[tuple[Node, int, Fields]]:
        token = tokens[at]
        text = token.text if word is None else word
        if text in self.capital and not token.is_capitalised:
            return
        child = node.words.get(text)
        if child is not None:
            yield child, at + 1, ()
        slots = node.slots
        if node is self.root:
            slots = self.entries.get("" if token.kind == "number" else text, ())
        for slot, child in slots:
            phrases = self.sets.get(slot.source)
            if phrases is not None:
                for length, value in _phrases_at(phrases.get(text, ()), tokens, at, stop):
                    yield child, at + length, _fill(slot, value)
            elif token.kind == "number":
                number = NUMBER_KINDS[slot.source](token.text)
                if number is not None:
                    yield child, at + 1, _fill(slot, number)


def index_root(root: Node, sets: Mapping[str, Phrases]) -> dict[str, tuple[tuple[Slot, Node], ...]]:
    """List for every word the slots of the root it can fill, so that most of them need not be tried."""
    entries: dict[str, list[tuple[Slot, Node]]] = {}
    for slot, node in root.slots:
        for word in sets.get(slot.source, ("",)):
            entries.setdefault(word, []).append((slot, node))
    return {word: tuple(slots) for word, slots in entries.items()}


def _phrases_at(
    phrases: Sequence[tuple[tuple[str, ...], Fields | int | str]], tokens: Sequence[Token], at: int, stop: int
) -> Iterator[tuple[int, Fields | int | str]]:
    for rest, value in phrases:
        end = at + 1 + len(rest)
        if end <= stop and all(tokens[at + 1 + n].text == word for n, word in enumerate(rest)):
            yield 1 + len(rest), value


def _fill(slot: Slot, value: Fields | int | str) -> Fields:
    return value if isinstance(value, tuple) else ((slot.field, value),)
