"""Who did it and who was hit: read the roles of the parties a clause names, and on whose word.

Roles follow from the words beside a name (by, against, a joined «ل» after an attack noun, an adjective on it) and from
the order of verb and subject in the language.
"""

from dataclasses import dataclass

from pipeline.annotate import Notes
from pipeline.dateline import dateline_end
from pipeline.lexicon import Match
from pipeline.party_signs import (
    ARMED_GROUPS,
    ATTACK_KINDS,
    FORCES,
    announces_own,
    is_against,
    is_by,
    is_hurt,
    is_led_by_preposition,
    is_passive,
    is_victim,
    is_where,
    kills,
    members_of,
    name_strength,
    only_describes,
    qualifies_attack,
    says_it_did,
    speaks,
)
from pipeline.records import Actor
from pipeline.stand_in import GENERIC, actor_kind

_RANKS = {"claimed": 0, "by": 0, "adjective": 1, "subject": 2, "killer": 2, "own": 3, "origin": 4, "near": 5}
_PLAIN = frozenset({"by", "adjective", "subject"})
_DENIAL_REACH = 4  # tokens: "nobody has yet claimed"


@dataclass(frozen=True, slots=True)
class Parties:
    """Parties of one clause; ``initiator`` is the best guess at who did it, ``basis`` on what that rests."""

    initiator: Actor | None = None
    target: Actor | None = None
    basis: str | None = None
    others: tuple[Actor, ...] = ()


def find_parties(notes: Notes, first: int, last: int) -> Parties:
    """Give the parties named in tokens [first, last) their roles."""
    names = [m for m in notes.within("actor", max(first, dateline_end(notes)), last) if not only_describes(notes, m)]
    if not names:
        return Parties()
    heads = [m for m in notes.within("trigger", first, last) if notes.trigger(m).kind in ATTACK_KINDS]
    initiator: Actor | None = None
    target: Actor | None = None
    basis: str | None = None
    others: list[Actor] = []
    for name in names:
        role, why = _role(notes, name, heads, first, last)
        actor = Actor(role, notes.text.mention(name.first, name.last), name.value)
        if role == "initiator" and (initiator is None or _ranks_before(actor, why, initiator, basis or "near")):
            initiator, basis = actor, why
        elif role == "target" and target is None:
            target = actor
        else:
            others.append(actor)
    if initiator is None:
        initiator = _own_report(notes, names, heads, first, last)
        basis = "own" if initiator else None
    blame = _accusation(notes, names, first, last)
    if blame is not None and not (basis in _PLAIN and _is_only_believed(notes, blame[0], heads, last)):
        initiator, basis = blame
    return Parties(initiator, target, basis, tuple(others))


def _ranks_before(actor: Actor, why: str, known: Actor, basis: str) -> bool:
    """Say whether a party is the better guess: a named one before "the militias", then the plainer sign."""
    named, unnamed = (not (one.actor_id or "").startswith(GENERIC) for one in (actor, known))
    if named != unnamed and _RANKS[why] <= _RANKS["subject"]:
        return named
    return _RANKS[why] < _RANKS[basis]


def _is_only_believed(notes: Notes, blamed: Actor, heads: list[Match], last: int) -> bool:
    """«قصفت طائرات تركية مواقع يشتبه بأنها لحزب X»: believed is whose the target is, not who hit it."""
    if blamed.role != "blamed" or not heads:
        return False
    beliefs = notes.within("cue:believed", heads[0].last, last)
    return any(notes.text.tokens[belief.first].start < blamed.mention.start for belief in beliefs)


def _role(notes: Notes, name: Match, heads: list[Match], first: int, last: int) -> tuple[str, str]:
    owner = members_of(notes, name, first)
    if owner is not None:
        return _role(notes, owner, heads, first, last)
    if name.last < last and notes.text.tokens[name.last].raw == ":":
        return _heads_line(notes, name, last)
    if announces_own(notes, name, last):
        return "initiator", "subject"
    if says_it_did(notes, name, first, last):
        return "initiator", "claimed"
    if kills(notes, name, last):
        return "initiator", "killer"
    if is_hurt(notes, name, last):
        return "target", "victim"
    if name_strength(notes, name) == "adjective":
        return ("initiator", "adjective") if qualifies_attack(notes, name, heads) else ("none", "adjective")
    if speaks(notes, name, first, last):
        return "source", "speech"
    if is_by(notes, name):
        return "initiator", "by"
    if notes.has("cue:launch", first, name.first) and notes.has(
        "cue:from_inside", max(first, name.first - 6), name.first
    ):
        return "initiator", "origin"
    if is_victim(notes, name, first):
        return "target", "victim"
    if is_against(notes, name):
        return "target", "against"
    if is_where(notes, name):
        return "none", "place"
    part = notes.ending("cue:part_noun", name.first)
    if part is not None and (notes.ending("weapon", part.first) or notes.ending("cue:aircraft", part.first)):
        return "initiator", "adjective"  # «قصفت طائرة تابعة للتحالف»
    if notes.ending("kind", name.first) or part is not None:
        return "target", "place"
    if qualifies_attack(notes, name, heads):
        return "initiator", "adjective"
    return _role_by_order(notes, name, heads, first)


def _heads_line(notes: Notes, name: Match, last: int) -> tuple[str, str]:
    """«حزب الله: قصفنا», "IDF: struck a launcher": who heads a line tells what it did; a country heads the news."""
    if notes.has("cue:we", name.last, last):
        return "initiator", "subject"
    return ("source", "speech") if name_strength(notes, name) == "metonym" else ("initiator", "own")


def _own_report(notes: Notes, names: list[Match], heads: list[Match], first: int, last: int) -> Actor | None:
    """An army that reports militants killed in a strike reports its own strike."""
    if not heads or not notes.has("cue:militants", first, last):
        return None
    for name in names:
        if actor_kind(name.value) in FORCES and speaks(notes, name, first, last):
            return Actor("initiator", notes.text.mention(name.first, name.last), name.value)
    return None


def _role_by_order(notes: Notes, name: Match, heads: list[Match], first: int) -> tuple[str, str]:
    verbs = [head for head in heads if notes.trigger(head).form == "verb" or _must_be_verb(notes, name, head)]
    if notes.language.order == "svo":
        return _role_before_verb(notes, name, heads, verbs)
    preceding = [verb for verb in verbs if verb.last <= name.first]
    if preceding:
        verb = preceding[-1]
        subject_before = (
            notes.has("weapon", first, verb.first)
            or any(notes.trigger(head).form == "noun" for head in heads if head.last <= verb.first)
            or any(other.last <= verb.first for other in notes.within("actor", first, verb.first))
        )
        if name.first - verb.last <= 2:
            return (
                ("target", "object")
                if subject_before and notes.trigger(verb).kind != "carry"
                else ("initiator", "subject")
            )
        return "target", "object"
    if name_strength(notes, name) == "metonym" and not any(0 <= verb.first - name.last <= 2 for verb in verbs):
        return "none", "near"
    if any(verb.first >= name.last and notes.trigger(verb).kind != "suffer" for verb in verbs):
        return ("none", "near") if is_led_by_preposition(notes, name) else ("initiator", "subject")
    armed = actor_kind(name.value) in ARMED_GROUPS
    return ("initiator", "near") if armed and name_strength(notes, name) == "strong" else ("none", "near")


def _role_before_verb(notes: Notes, name: Match, heads: list[Match], verbs: list[Match]) -> tuple[str, str]:
    """Role of a party where the doer stands before its verb: "the army struck ...", "one strike engaged an IS unit"."""
    following = next((verb for verb in verbs if verb.first >= name.last), None)
    if following is not None and _wards_off(notes, name, following):
        return "none", "near"
    if following is not None and not _shares_subject(notes, following, heads, name):
        return ("target", "object") if is_passive(notes, following) else ("initiator", "subject")
    if any(head.last <= name.first for head in heads):
        return "target", "object"
    armed = actor_kind(name.value) in ARMED_GROUPS and name_strength(notes, name) == "strong"
    return ("initiator", "near") if armed else ("none", "near")


def _wards_off(notes: Notes, name: Match, verb: Match) -> bool:
    """Say whether a state stops what others fired: who intercepts a missile did not launch it."""
    stops = notes.trigger(verb).event_type == "interception" and actor_kind(name.value) not in ARMED_GROUPS
    return stops and notes.has("weapon", name.last, notes.text.sentences[notes.text.sentence_of(verb.first)][1])


def _must_be_verb(notes: Notes, name: Match, head: Match) -> bool:
    """«طيران الجيش قصف»: written like a noun, but no noun without an article follows a name."""
    return notes.language.order == "vso" and head.first == name.last and not head.definite and not head.prefix


def _shares_subject(notes: Notes, verb: Match, heads: list[Match], name: Match) -> bool:
    """Say whether a joined verb goes on with an earlier subject: "the strike engaged ISIL units and destroyed ..."."""
    before = notes.text.tokens[verb.first - 1]
    joined = before.raw in ",;" or before.text in notes.language.coordinators
    return joined and any(head.last <= name.first for head in heads)


def _is_part_of_trigger(notes: Notes, word: Match) -> bool:
    """In "the blast claimed the lives of nine" nobody claims it."""
    told = notes.at("trigger", word.first)
    return told is not None and told.last > word.last


def _accusation(notes: Notes, names: list[Match], first: int, last: int) -> tuple[Actor, str] | None:
    """Who claims the attack, or who is blamed for it."""
    claim = next((m for m in notes.within("cue:claim", first, last) if not _is_part_of_trigger(notes, m)), None)
    if claim is not None and not notes.has("cue:not_done", max(first, claim.first - _DENIAL_REACH), claim.first):
        beside = (
            [n for n in reversed(names) if n.last <= claim.first]
            if notes.language.order == "svo"
            else [n for n in reversed(names) if n.last <= claim.first] or [n for n in names if n.first >= claim.last]
        )
        by = [n for n in names if is_by(notes, n)]
        for name in (by or beside or names)[:1]:
            return Actor("claimed_by", notes.text.mention(name.first, name.last), name.value), "claimed"
    blame = next(notes.within("cue:blame", first, last), None)
    if blame is not None:
        after = [n for n in names if n.first >= blame.last]
        if len(after) > 1 and notes.language.order == "vso":
            after = after[1:]
        for name in after[:1]:
            if not speaks(notes, name, first, last):
                return Actor("blamed", notes.text.mention(name.first, name.last), name.value), "blamed"
    return None
