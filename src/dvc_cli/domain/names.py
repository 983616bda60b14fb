"""Names of Viet Nam's peoples. A name is judged, split and compared, never rewritten."""

from __future__ import annotations

import re
from functools import cache

from dvc_cli.text import clean, fold, fold_search, nfc

_VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
_PEOPLES = "fjwzŏĕĭŭčñƀ"  # Ba Na, Ê Đê, Gia Rai, Mnông and others; f, j, w and z stand in their alphabets
_ALLOWED = frozenset(_VIETNAMESE + _PEOPLES)
# Tones, breve, circumflex and horn over letters that have no composed form (ê̆, ơ̆, ŏ́).
_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
_JOINERS = frozenset("'\u2019-")

_NO_NAME_YET = re.compile(
    r"(?<!\w)(?:(?:chưa|không)(?: có| đặt| được đặt)* tên|chưa đặt|chua dat ten|chua co ten|khong ten|khong co ten)(?!\w)"
)
_MOTHERS_CHILD = re.compile(r"con (?:của )?(?:bà|chị|mẹ)(?!\w)")
_NO_LETTER = re.compile(r"[^\w]+|_+")

_ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong ooc oong op ot u ua uan uang uat uau uay uc "
    "ue uech uenh ueu ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uyn uynh uyp uyt uyu "
    "y yem yen yeng yet yeu ych ym yn ynh yt"
)
_ODD_SYLLABLES = "gi gin gieng gip git gich gim ginh"  # the i of gi is the vowel

_VNI_DIGIT = re.compile(r"(?<=[a-z0-9])[0-9]")
_DOUBLED = re.compile(r"(?P<letter>[aeo])(?P=letter)|dd")
_HORN = re.compile(r"(?<=[aou])w|(?<=[a-z])w$")
_LONE_HORN = re.compile(r"(?<=[b-df-hj-np-tvxz])w(?=[a-z])|^w(?=[0-9fsrxj]*$)")
_DOUBLED_VOWEL = re.compile(r"([aeo])\1")
_VOWEL_PAIR = re.compile(r"(?=([aeiouy]{2}))")
_TONE_KEY = re.compile(r"(?<=[aeiouy])(?P<before>[b-df-hj-np-tvxz]{0,2})[fsrxj](?P<after>[b-df-hj-np-tvxz]{0,2})$")


def split_full_name(full_name: str) -> tuple[str, str, str]:
    """Surname, middle name and given name: first word, words between, last word. One word alone is a given name."""
    words = clean(full_name).split(" ")
    if len(words) == 1:
        return "", "", words[0]
    return words[0], " ".join(words[1:-1]), words[-1]


def join_name(*parts: str) -> str:
    """The parts of a name as one, without empty ones."""
    return " ".join(part for part in parts if part)


def mask_name(full_name: str) -> str:
    """The first letter of each word: `N*** T*** A***`; the lengths stay hidden."""
    return " ".join(word[0] + "***" for word in clean(full_name).split())


def word_count(name: str) -> int:
    """Words of a whole name."""
    return len(clean(name).split())


def letter_count(name: str) -> int:
    """Letters of a whole name, spaces, joiners and separate marks aside."""
    return sum(letter.isalpha() for letter in nfc(name))


def letters_allowed(part: str) -> bool:
    """Whether a name part is written in letters of Vietnamese or of a people of Viet Nam (KS-N1).

    Apostrophes (U+0027, U+2019), hyphens and one-letter words pass; a digit, a symbol, a control character, another script, or a word
    without a letter does not.
    """
    return all(_word_allowed(word) for word in nfc(part).split(" ") if word)


def is_placeholder(name: str) -> bool:
    """Whether a name field says that there is no name yet: "/", "-", "chưa đặt tên", "không tên", "con bà …" (KS-N7)."""
    worded = " ".join(_NO_LETTER.sub(" ", fold(name)).split())
    return not worded or bool(_NO_NAME_YET.search(worded) or _MOTHERS_CHILD.match(worded))


def telex_leftover(word: str) -> bool:
    """Whether a word is no Vietnamese syllable and reads as unfinished Telex or VNI (KS-N6).

    It does when it becomes a syllable once the keys are taken for what they mean: a doubled vowel or d, w for a horn or breve, a tone
    letter (f s r x j) behind the vowel, a VNI digit; and when it has a doubled vowel or a pair of vowels that no syllable has. Any
    other foreign name, or name of another people, is no leftover.
    """
    bare = fold_search(word)
    if _is_syllable(bare):
        return False
    explained = any(reading != bare and _is_syllable(reading) for reading in _readings(bare))
    return explained or bool(_DOUBLED_VOWEL.search(bare)) or not _vowel_pairs().issuperset(_VOWEL_PAIR.findall(bare))


def _word_allowed(word: str) -> bool:
    before = ""
    for letter in word.lower():
        if letter in _MARKS:
            if before not in _ALLOWED and before not in _MARKS:
                return False
        elif letter not in _ALLOWED and letter not in _JOINERS:
            return False
        before = letter
    return not _JOINERS.issuperset(word)


def _readings(bare: str) -> tuple[str, str]:
    """The word with its keys taken away: without, and with a tone letter among them."""
    typed = _VNI_DIGIT.sub("", bare)
    typed = _HORN.sub("", _LONE_HORN.sub("u", typed))
    typed = _DOUBLED.sub(lambda pair: pair[0][0], typed)
    untoned = _TONE_KEY.sub(r"\g<before>\g<after>", typed)
    return typed, _DOUBLED.sub(lambda pair: pair[0][0], _HORN.sub("", untoned))


def _is_syllable(bare: str) -> bool:
    return bare in _syllables()


@cache
def _vowel_pairs() -> frozenset[str]:
    return frozenset(pair for syllable in _syllables() for pair in _VOWEL_PAIR.findall(syllable))


@cache
def _syllables() -> frozenset[str]:
    rhymes = _RHYMES.split()
    return frozenset((*rhymes, *_ODD_SYLLABLES.split(), *(onset + rhyme for onset in _ONSETS.split() for rhyme in rhymes)))
