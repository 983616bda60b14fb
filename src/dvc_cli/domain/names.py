"""Names of Viet Nam's peoples (accounts.md 9, birth.md 5.1). A name is judged and compared, never rewritten."""

from __future__ import annotations

import re
import unicodedata

from dvc_cli.text import clean, fold, fold_search, nfc

_VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
_PEOPLES = "fjwzŏĕĭŭčñƀ"  # Ba Na, Ê Đê, Gia Rai, Mnông, Mông and others; f, j, w, z stand in their alphabets
_ALLOWED = frozenset(_VIETNAMESE + _PEOPLES)
_JOINERS = frozenset("'’-")
_BREVE = "\u0306"  # ê̆, ô̆, ơ̆, ư̆ have no composed form

_PLACEHOLDERS = frozenset({"", "chưa đặt tên", "chưa có tên", "chưa đặt", "không tên", "không có tên", "chua dat ten", "khong ten"})
_MOTHERS_CHILD = re.compile(r"con (?:của )?(?:bà|chị|mẹ)\b")

_ONSETS = [
    "b",
    "c",
    "ch",
    "d",
    "g",
    "gh",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "ngh",
    "nh",
    "p",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
_RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in "
    "inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong ooc oong op ot u ua "
    "uan uang uat uau uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uyn "
    "uynh uyp uyt uyu y yem yen yeng yet yeu ynh yt"
)
_SYLLABLE = re.compile(
    rf"(?:{'|'.join(sorted(_ONSETS, key=len, reverse=True))})?(?:{'|'.join(sorted(_RHYMES.split(), key=len, reverse=True))})"
)
_GI = frozenset({"gi", "gin", "gieng", "gip", "git"})
_UNFINISHED_TONE = re.compile(r"[fsrxjw]+$")
_DOUBLED = re.compile(r"(aa|ee|oo|dd)")


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
    """Letters of a whole name, spaces and joiners aside."""
    return sum(letter.isalpha() for letter in nfc(name))


def letters_allowed(part: str) -> bool:
    """Whether every character is a letter of Vietnamese or of a people of Viet Nam, an apostrophe or hyphen beside letters (KS-N1)."""
    words = nfc(part).split(" ")
    return all(_word_allowed(word) for word in words if word)


def _word_allowed(word: str) -> bool:
    letters = [letter for letter in word.lower() if letter != _BREVE]
    return any(letter in _ALLOWED for letter in letters) and all(letter in _ALLOWED or letter in _JOINERS for letter in letters)


def is_placeholder(name: str) -> bool:
    """Whether a notification's name field says that there is no name yet: "/", "-", "chưa đặt tên", "con bà …" (KS-N7)."""
    folded = fold(name)
    worded = "".join(letter for letter in folded if letter.isalnum() or letter.isspace() or unicodedata.combining(letter)).strip()
    return worded in _PLACEHOLDERS or bool(_MOTHERS_CHILD.match(worded))


def telex_leftover(word: str) -> bool:
    """Whether a word is no Vietnamese syllable and becomes one once Telex or VNI keys are taken away (KS-N6)."""
    bare = fold_search(word)
    if not bare or _is_syllable(bare):
        return False
    without_digits = re.sub(r"[0-9]", "", bare)
    typed = _DOUBLED.sub(lambda pair: pair.group()[0], without_digits.replace("w", ""))
    return any(candidate != bare and _is_syllable(candidate) for candidate in _candidates(typed))


def _candidates(typed: str) -> tuple[str, str]:
    return typed, _DOUBLED.sub(lambda pair: pair.group()[0], _UNFINISHED_TONE.sub("", typed))


def _is_syllable(bare: str) -> bool:
    return bare in _GI or bool(_SYLLABLE.fullmatch(bare))
