"""How the peoples of the sandbox are named: family names, middle names and given names, by ethnic group.

Names are ordinary ones of the group in everyday use, put together at random; they mean nobody. Groups are codes of the 1979 list.
"""

from __future__ import annotations

from random import Random

from dvc_cli.lazy_dataclasses import dataclass

MALE, FEMALE = "nam", "nu"


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of one group. A form says how the parts stand together: `{family}`, `{middle}`, `{given}`.

    `maternal` is True where children take the mother's family name and a young couple lives with the wife's parents.
    """

    families: tuple[str, ...]
    male: tuple[str, ...]
    female: tuple[str, ...]
    male_middle: tuple[str, ...] = ("",)
    female_middle: tuple[str, ...] = ("",)
    male_form: str = "{family} {middle} {given}"
    female_form: str = "{family} {middle} {given}"
    maternal: bool = False

    def family(self, chance: Random, other_than: str = "") -> str:
        """A family name of this group, not `other_than` where the group has another."""
        choice = [name for name in self.families if name != other_than] or list(self.families)
        return chance.choice(choice)

    def full_name(self, chance: Random, gender: str, family: str) -> str:
        """A full name in capitals, as registers write it."""
        is_male = gender == MALE
        form = self.male_form if is_male else self.female_form
        middle = chance.choice(self.male_middle if is_male else self.female_middle)
        given = chance.choice([name for name in (self.male if is_male else self.female) if name not in middle.split()])
        return " ".join(form.format(family=family, middle=middle, given=given).split()).upper()


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


_MALE = _words(
    "An, Bình, Cường, Dũng, Đạt, Giang, Hải, Hiếu, Hùng, Huy, Khánh, Khoa, Lâm, Long, Nam, Phong, Phúc, Quân, Sơn, Thắng, Tuấn, Việt"
)
_FEMALE = _words(
    "Anh, Bích, Chi, Diệp, Dung, Giang, Hà, Hạnh, Hiền, Hoa, Hồng, Hương, Lan, Liên, Mai, My, Nga, Ngọc, Nhung, Oanh, Phương, Thảo, Yến"
)
_MALE_MIDDLE = _words("Văn, Đức, Hữu, Minh, Quang, Quốc, Thành, Trọng")
_FEMALE_MIDDLE = _words("Thị, Thị Kim, Thị Thanh, Thị Thu, Ngọc, Thùy")
_VAN, _THI = ("Văn",), ("Thị",)

KINH_NORTH = Naming(
    families=_words("Nguyễn, Trần, Lê, Phạm, Hoàng, Vũ, Đặng, Bùi, Đỗ, Ngô, Dương, Đinh, Phan, Trịnh"),
    male=_MALE,
    female=_FEMALE,
    male_middle=_MALE_MIDDLE,
    female_middle=_FEMALE_MIDDLE,
)
KINH_SOUTH = Naming(
    families=_words("Nguyễn, Trần, Lê, Phạm, Huỳnh, Võ, Phan, Đặng, Bùi, Trương, Mai, Lâm, Đoàn, Cao"),
    male=(*_MALE, *_words("Hậu, Lợi, Nhân, Phát, Tài, Tâm, Tín, Trí")),
    female=(*_FEMALE, *_words("Cúc, Diễm, Duyên, Loan, Ngân, Thắm, Trúc, Tuyền")),
    male_middle=_MALE_MIDDLE,
    female_middle=_words("Thị, Thị Bích, Thị Cẩm, Thị Ngọc, Kim, Mỹ"),
)


def _by_thi(families: str, male: str, female: str) -> Naming:
    return Naming(_words(families), _words(male), _words(female), _VAN, _THI)


_TAY = _by_thi(
    "Nông, Hoàng, Lương, Ma, Triệu, Bế, Hà, Lục, Hứa",
    "Chung, Duy, Đoàn, Hiệp, Khải, Kiên, Lưu, Thiện, Thuận, Toàn, Tường, Vượng",
    "Bền, Chiêm, Diệu, Hằng, Kiều, Lê, Nguyệt, Niệm, Thơm, Thủy, Viền, Xuân",
)
_THAI = _by_thi(
    "Lò, Cà, Quàng, Tòng, Lường, Vì, Cầm, Bạc",
    "Bun, Chựa, Hặc, Hoan, Inh, Ún, Phương, Pọm, Sương, Thoan, Tiện, Xuân",
    "Ánh, Biên, Chích, Dương, Hặc, Inh, Lả, Nọi, Pâng, Phượng, Thoa, Xôm",
)
_THAI_NGHE_AN = _by_thi(
    "Lô, Vi, Lương, Lữ, Kha, Lang, Ngân",
    "Chung, Đại, Hùng, Kiên, Thìn, Thoại, Tiến, Xuyên",
    "Biên, Hà, Hoài, Liễu, Mai, Nhàn, Quế, Thương",
)
_KHMER = Naming(
    families=_words("Thạch, Sơn, Kim, Danh, Châu, Lâm, Kiên, Liêu, Trà"),
    male=_words("Phol, Sa Rây, Sóc Kha, Rít, Thươl, Ngọc Thành, Minh Hiếu, Hoài Phong, Sà Phone, Thanh Tùng"),
    female=_words("Sa Phi, Ni, Sà Rinh, Sóc Thia, Hoa, Bích Ngọc, Na Ri, Thu Hà, Sô Phi, Diễm My"),
    female_middle=("", "Thị"),
)
_EDE = Naming(
    families=_words("Niê, Êban, Mlô, Ayun, Ksơr, Byă, Kbuôr, Knul"),
    male=_words("Bhim, Blơm, Bliu, Djoan, Khoa, Ngơn, Thim, Wăt, Yung, Đal"),
    female=_words("Hen, Blên, Djuôn, Linh, Lan, Mrai, Nguôr, Thảo, Yer, Bliăp"),
    male_form="Y {given} {family}",
    female_form="H'{given} {family}",
    maternal=True,
)

NAMINGS: dict[str, Naming] = {
    "02": _TAY,
    "03": _THAI,
    "04": Naming(
        families=_words("Trần, Lâm, Quách, Trương, Mã, Vương, Tăng, Huỳnh, Lương, Tô"),
        male=_words("Chí Cường, Vĩ Hào, Gia Hưng, Chấn Nam, Kiến Phát, Tuấn Kiệt, Vĩnh Phát, Diệu Minh"),
        female=_words("Mỹ Linh, Ngọc Phụng, Tiểu My, Bội Vân, Tuyết Hoa, Lệ Quân, Huệ Mẫn, Yến Nhi"),
    ),
    "05": _KHMER,
    "06": _by_thi(
        "Bùi, Quách, Đinh, Hà, Bạch, Phạm, Cao",
        "Ánh, Bình, Dậu, Hiển, Nhiệm, Quyền, Tiến, Toản, Tuyên, Ươm",
        "Bưởi, Diện, Hiên, Lự, Mừng, Nhàn, Quyên, Tâm, Thương, Ỉn",
    ),
    "07": _by_thi(
        "Nông, Lương, Hoàng, Vi, Lộc, Hứa, Chu, Lâm, Phùng",
        "Báo, Chiến, Cương, Dìn, Khoàn, Lềnh, Páo, Quyết, Sáng, Thàng",
        "Bình, Bông, Dình, Hoài, Lình, Màn, Mỷ, Nhình, Sinh, Tiên",
    ),
    "08": Naming(
        families=_words("Giàng, Vàng, Thào, Sùng, Lý, Hạng, Cứ, Mùa, Vừ, Lầu, Tráng"),
        male=_words("Chá, Chinh, Dơ, Dính, Hồ, Nủ, Pao, Sình, Súa, Tủa, Vảng"),
        female=_words("Chư, Dợ, Dế, Ly, Mai, Mỷ, Pàng, Sáy, Say, Xía"),
        male_middle=("A",),
        female_middle=_THI,
    ),
    "09": Naming(
        families=_words("Bàn, Triệu, Đặng, Lý, Phùng, Chảo, Tẩn, Phàn"),
        male=_words("Tòn San, Văn Phúc, Sành Chiêu, Tài Minh, Láo Lở, Quẩy Phú, Văn Liều"),
        female=_words("Mùi Nái, Tả Mẩy, Thị Mùi, Mùi Sính, Mẩy Lai, Thị Pham, Lở Mẩy"),
    ),
    "10": Naming(
        families=_words("Rơ Châm, Siu, Ksor, Kpă, Rahlan, Nay, Kpuih, Puih"),
        male=_words("Bảo, Blơ, Chen, Djôih, Hlơn, Klok, Plen, Thuẽ, Wơn"),
        female=_words("Blai, Bum, Chuyên, Hân, Lan, Nhung, Phyưn, Trâm, Yut"),
        female_form="{family} H'{given}",
        maternal=True,
    ),
    "12": _EDE,
    "13": _by_thi("Đinh", "Bri, Hmưnh, Keo, Lưih, Nhưk, Suih, Văng, Yăm", "Brin, Chut, Hiền, Mai, Nhem, Phên, Thuyên, Yơi"),
    "14": Naming(
        families=("",),
        male=_words("Bình, Chung, Đức, Hmiên, Nhưn, Phương, Thái, Thút, Viêng"),
        female=_words("Bích, Hoa, Lan, Mai, Nga, Nhân, Phượng, Thảo, Vân"),
        male_form="A {given}",
        female_form="Y {given}",
    ),
    "16": Naming(
        families=_words("Cil, Kơ Să, Liêng, Lơ Mu, Bon"),
        male=_words("Brông, Chú, Đương, Hoàng, Krang, Thuyên, Tiêng"),
        female=_words("Bé, Duyên, Hà, Lim, Ngọc, Thúy, Xuyên"),
        male_form="{family} Ha {given}",
        female_form="{family} K'{given}",
        maternal=True,
    ),
    "17": Naming(
        families=_words("Đàng, Bá, Quảng, Thập, Kiều, Báo, Lưu, Trượng, Não"),
        male=_words("Thọ, Phước, Diêm, Khuyến, Linh, Quyến, Sinh, Thái"),
        female=_words("Hoa, Liễu, Mận, Nữ, Thảo, Thủy, Xuân, Yến"),
        male_middle=_words("Năng, Văn, Minh, Ngọc"),
        female_middle=_words("Thị, Thị Mỹ, Nữ"),
        maternal=True,
    ),
    "18": _by_thi("Diệp, Lý, Trương, Lục, Từ, Ôn", "Bảy, Hòa, Lưu, Ngân, Quý, Sinh, Thọ", "Ba, Bình, Hai, Lan, Mười, Năm, Sáu"),
    "19": _by_thi("Phạm, Đinh", "Ba, Bôi, Dế, Hiếu, Krây, Lên, Nghía, Réo", "Beo, Dễ, Hem, Lía, Mía, Nhiếu, Phíp, Thu"),
    "20": Naming(
        families=_words("Bkrông, Triek, Buôn Krông, Ndu, Liêng Hót"),
        male=_words("Brim, Chiến, Krang, Luyên, Nhân, Thông, Tơr"),
        female=_words("Bích, Diên, Juên, Mai, Nhung, Thương, Xuân"),
        male_form="Y {given} {family}",
        female_form="H'{given} {family}",
        maternal=True,
    ),
    "21": Naming(
        families=_words("Chamaléa, Katơr, Pinăng, Pupor, Mấu"),
        male=_words("Điệp, Hùng, Liêm, Mạnh, Phúc, Thạnh, Thơi"),
        female=_words("Bởi, Hương, Liên, Mến, Sương, Xanh, Yêm"),
        female_middle=_THI,
        maternal=True,
    ),
    "22": Naming(
        families=("",),
        male=_words("Bình, Hơn, Khuê, Lên, Mưng, Sơn, Thanh, Trung"),
        female=_words("Gái, Hiên, Lem, Nhi, Oanh, Rươi, Thơm, Vân"),
        male_form="Điểu {given}",
        female_form="Thị {given}",
    ),
    "23": _by_thi("Hồ", "Chiến, Cường, Kham, Long, Nghị, Pả, Thơ, Xiêng", "Cương, Hạnh, Khăm, Lương, Mơ, Nhung, Thiêng, Xa"),
    "25": _by_thi("Vàng, Lù, Hoàng, Nông, Sần, Phan", "Chiến, Dìn, Giai, Khoa, Lếnh, Phủ, Sinh", "Chúc, Dín, Hà, Lan, Minh, Páo, Sen"),
    "26": Naming(
        families=_words("Alăng, Zơrâm, Bhling, Pơloong, Arất, Ating, Coor"),
        male=_words("Bhưa, Chương, Mỹ, Nhứt, Phương, Tâm, Viết"),
        female=_words("Bé, Hiền, Lé, Nhung, Pớt, Thủy, Yên"),
        female_middle=_THI,
    ),
    "31": _by_thi("Hồ, Lê, Nguyễn, Quỳnh", "Bình, Dung, Hải, Hạnh, Khưa, Mạnh, Thái", "Đào, Hoa, Hương, Kăn Lai, Lịch, Nhị, Thu"),
    "35": Naming(
        families=_words("Lỳ, Pờ, Chu, Sừng, Vù, Mạ"),
        male=_words("Hừ Xá, Gó Cà, Xì Phà, Pó Chừ, Hừ Chừ, Khừ Xá"),
        female=_words("Mò Xá, Mỳ Lé, Gò Xó, Mé De, Pò Né, Mì Dé"),
    ),
}


# From Đà Nẵng southwards the Kinh have other family names than north of it; provinces are codes of 2025.
_SOUTH = "48"
_NAMINGS_THERE = {("03", "40"): _THAI_NGHE_AN, ("03", "38"): _THAI_NGHE_AN}


def naming_of(group: str, province: str) -> Naming:
    """The names of a group by its code, as they are in that province; a group without a list of its own has the names of the Kinh."""
    own = _NAMINGS_THERE.get((group, province)) or NAMINGS.get(group)
    return own or (KINH_SOUTH if province >= _SOUTH else KINH_NORTH)
