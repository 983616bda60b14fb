"""Where the invented families live: a commune of every province, and the people (ethnic group) that is at home there."""

from __future__ import annotations

import re

from dvc_cli.data import read_rows
from dvc_cli.lazy_dataclasses import dataclass

_HIGHLANDS = frozenset({"66", "68"})
_VILLAGES = frozenset({"51", "52"})
_MEKONG = frozenset({"80", "82", "86", "91", "92", "96"})
_UPLANDS = frozenset({"04", "08", "11", "12", "14", "15", "20"})

# Province, commune, ethnic group (code of the 1979 list): one family each, in this order; every province occurs.
_SEATS = """
01 Phường Ba Đình 01;01 Phường Kiến Hưng 01;01 Xã Suối Hai 06;04 Xã Trùng Khánh 02;04 Xã Quảng Uyên 07;08 Xã Đồng Văn 08
08 Xã Hoàng Su Phì 09;08 Xã Chiêm Hoá 02;11 Phường Mường Thanh 03;11 Xã Tủa Chùa 08;12 Xã Than Uyên 03;12 Xã Thu Lũm 35
14 Xã Thuận Châu 03;14 Xã Bắc Yên 08;15 Xã Mù Cang Chải 08;15 Xã Tả Van 25;15 Xã Nghĩa Đô 02;19 Phường Sông Công 01
19 Xã Chợ Đồn 02;20 Xã Văn Quan 07;20 Xã Bắc Sơn 02;22 Phường Hồng Gai 01;22 Xã Ba Chẽ 09;24 Phường Kinh Bắc 01
24 Xã Lục Ngạn 18;25 Phường Việt Trì 01;25 Xã Lạc Sơn 06;31 Phường Gia Viên 01;31 Phường Thành Đông 01;33 Phường Phố Hiến 01
33 Xã Quỳnh Phụ 01;37 Phường Phủ Lý 01;37 Phường Hoa Lư 01;38 Phường Hạc Thành 01;38 Xã Ngọc Lặc 06;40 Phường Thành Vinh 01
40 Xã Con Cuông 03;42 Phường Thành Sen 01;42 Xã Kỳ Anh 01;44 Phường Đồng Hới 01;44 Xã Hướng Phùng 23;46 Phường Thuận Hóa 01
46 Xã A Lưới 2 31;48 Phường Hải Châu 01;48 Xã Tây Giang 26;51 Phường Nghĩa Lộ 01;51 Xã Ba Vinh 19;51 Xã Tu Mơ Rông 14
52 Phường Quy Nhơn 01;52 Xã Ia Grai 10;52 Xã Kbang 13;56 Phường Nha Trang 01;56 Xã Ninh Phước 17;56 Xã Bác Ái 21
66 Phường Tuy Hòa 01;66 Xã Cư M’gar 12;66 Xã Liên Sơn Lắk 20;68 Phường Phan Thiết 01;68 Xã Lạc Dương 16;75 Phường Trấn Biên 01
75 Xã Bom Bo 22;79 Phường Bàn Cờ 01;79 Phường An Đông 04;79 Phường Thủ Dầu Một 01;80 Phường Long An 01;80 Phường Tân Ninh 01
82 Phường Sa Đéc 01;82 Xã Cái Bè 01;86 Phường Long Châu 01;86 Xã Trà Cú 05;91 Phường Rạch Giá 01;91 Xã Tri Tôn 05
92 Phường Ninh Kiều 01;92 Phường Vĩnh Châu 05;92 Phường Sóc Trăng 04;96 Phường An Xuyên 01;96 Xã Hưng Hội 05
"""


@dataclass(frozen=True, slots=True)
class Seat:
    """A commune with the group whose family lives there; `number` is the place in the list, from 0."""

    number: int
    province: str
    province_name: str
    ward: str
    ward_name: str
    group: str

    @property
    def office(self) -> str:
        """The commune's People's Committee, as it signs certificates."""
        return f"UBND {self.ward_name[:1].lower()}{self.ward_name[1:]}"

    def address(self, house: int) -> str:
        """An invented address detail inside the commune."""
        if not self.ward_name.startswith("Xã"):
            return f"{house} đường Ví Dụ"
        words = ((_UPLANDS, "Bản Ví Dụ"), (_HIGHLANDS, "Buôn Ví Dụ"), (_VILLAGES, "Làng Ví Dụ"), (_MEKONG, "Ấp Ví Dụ"))
        return f"{next((word for codes, word in words if self.province in codes), 'Thôn Ví Dụ')} {house % 9 + 1}"


def seats() -> tuple[Seat, ...]:
    """All seats in order. Raises KeyError when the table of communes lacks one."""
    codes = {(row["province_code"], row["official_name"]): row["commune_code"] for row in read_rows("communes_2025.csv")}
    names = {row["province_code"]: bare_name(row["official_name"]) for row in read_rows("provinces_2025.csv")}
    found = []
    for number, line in enumerate(part for part in re.split(r"[;\n]", _SEATS) if part):
        province, ward_name, group = line[:2], line[3:-3], line[-2:]
        found.append(Seat(number, province, names[province], codes[province, ward_name], ward_name, group))
    return tuple(found)


def bare_name(official_name: str) -> str:
    """A province's name without its kind: `Tỉnh Lai Châu` → `Lai Châu`."""
    return official_name.removeprefix("Thành phố ").removeprefix("Tỉnh ")
