"""Names of all peoples pass, typing mistakes are seen, and no name is rewritten."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvc_cli.domain import names

SPELT = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn Mai Đào Lương Cao Tạ Hà Lâm Trương Châu Quách
Thái Tô Tăng Khương Khổng Kiều Nghiêm Ninh Nhâm Ông Phùng Quản Quan Sầm Sử Tiêu Từ Tống Triệu Uông Ưng Vương Viên Yên Ôn Âu Ân Bạch Bành
Chử Chu Cù Cung Cổ Diệp Doãn Giang Giáp Hạ Hàn Hình Hoa Hứa La Lã Lại Lỗ Lục Lưu Lữ Ma Mã Mạc Mạnh Mẫn Mộc Nông Ngụy Nhan Nhữ Ôn Phí Phó
Phương Quang Quế Quyền Quỳnh Quý Quyết Quốc Quyên Quân Quảng Quát Quất Quới Thị Văn Hữu Đức Công Đình Xuân Thu Hạ Đông Ngọc Kim Thanh
Thúy Thùy Thuý Thuỷ Thủy Thụy Thuận Thuần Thuyên Thuyết Thuỳ Khuê Khuyên Khuyến Khuông Khoa Khoái Khôi Khánh Khiêm Khiết Khang Khải
Uyên Uyển Uy Uẩn Út Tuyết Tuyền Tuyên Tuyến Tuấn Tuân Tường Tưởng Tùng Tư Tứ Trinh Trí Trình Trúc Trung Trường Trưởng Trực Trang Trà Trâm
Nghĩa Nghi Nghị Nguyên Nguyệt Nguyện Nga Ngà Ngân Nhân Nhã Nhàn Nhật Nhi Nhiên Nhung Nhuận Như Hằng Hạnh Hân Hậu Hiền Hiển Hiếu Hiệp Hiệu
Hoài Hoan Hoán Hoàn Hoạt Hoè Hòe Hòa Hoà Hồng Huân Huấn Huệ Hùng Huy Huyền Huyên Hưng Hương Hướng Hường Hỷ Hy Yến Yên Ý Ỷ Ánh Ái An Anh
Ẩn Ba Bá Bảo Bách Bằng Bắc Bích Biên Bình Bửu Bội Cảnh Cát Cẩm Cẩn Chánh Chí Chiến Chính Chinh Chuyên Chương Cúc Cường Danh Dân Dạ Diễm
Diễn Diệu Dung Dũng Duy Duyên Dư Đan Đạo Đạt Đăng Điền Điệp Đoan Đồng Đường Gấm Gia Giao Giáng Giàu Giỏi Giới Gìn Giếng Gái Gương Ghi
Kha Kiệt Kiên Kính Kỳ Lan Lành Lạc Lập Lệ Lịch Liêm Liên Liễu Linh Loan Long Lộc Lợi Luân Luật Luyến Lụa Lượng Ly Mẫu Miên Minh Mơ Mùi
Mười Muội Mỹ My Nam Năm Nết Nương Nở Oanh Phát Phấn Phi Phong Phú Phúc Phước Phượng Pháp Quy Rạng Sang Sáng Sinh Sơn Sương Tài Tâm Tân
Tấn Thạch Thái Thành Thảo Thắm Thắng Thao Thế Thi Thiên Thiện Thiều Thiệu Thịnh Thoa Thoại Thọ Thơ Thơm Thư Thương Thường Thức Tiên Tiến
Tiếp Tín Tình Tính Tịnh Toàn Toán Toản Tố Tiệp Triển Triều Vân Viễn Việt Vinh Vĩnh Vịnh Vọng Vui Vượng Vỹ Vy Xuyến Xuyên Xoan Yêu Ê Y Ơn
Khuynh Khuyển Khuya Ngoan Ngoãn Ngoạn Ngoại Ngọt Nguôi Nguơn Nhuần Nhược Xoài Xoa Xứng Yểng Bưởi Bướm Cừu Hươu Khướu Mưu Rượu Thuở Boong
Xoong Hoạch Khoách Thuấn Chuẩn Luyện Lưỡng Lũy Lựu Suý Súy Toại Trạch Trọng Truyền Tuệ Tuế Vạn Oánh Huynh Hoằng Hoành Hoảng Doanh Đoá Đóa
"""
REAL_WORDS = SPELT.split()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("NGUYỄN TRẦN AN NHIÊN", ("NGUYỄN", "TRẦN AN", "NHIÊN")),
        ("Nguyễn  An", ("Nguyễn", "", "An")),
        ("Nhiên", ("", "", "Nhiên")),
        ("", ("", "", "")),
        ("H\u2019Hen Niê", ("H\u2019Hen", "", "Niê")),
    ],
)
def test_a_full_name_splits_into_first_middle_and_last_words(name, parts):
    assert names.split_full_name(name) == parts


@given(st.lists(st.sampled_from(REAL_WORDS), min_size=1, max_size=6))
def test_a_split_name_joins_to_itself(words):
    name = " ".join(words)
    assert names.join_name(*names.split_full_name(name)) == name


def test_a_masked_name_hides_letters_and_lengths():
    assert names.mask_name("Nguyễn Thị An") == "N*** T*** A***"
    assert names.mask_name("") == ""


def test_words_and_letters_are_counted_as_written():
    assert names.word_count(" NGUYỄN  TRẦN AN ") == 3
    assert names.word_count("") == 0
    assert names.letter_count("H'Hen Niê") == 7
    assert names.letter_count(unicodedata.normalize("NFD", "Nguyễn")) == 6


@pytest.mark.parametrize(
    "part",
    [
        "NGUYỄN",
        "H'Hen Niê",
        "H\u2019Hen",
        "K'Sor",
        "Y Ê Ban",
        "Y",
        "Ê",
        "Ka Nam",
        "Cill K'Git",
        "Lê-Na",
        "Ñă",
        "Rơ Čăm",
        "Siu Blŏ",
        "Y Bhĕ",
        "K\u2019Brĭ",
        "Ayŭn",
        "Ê\u0306ban",
        "Rơ\u0306",
        "ŏ\u0301ng",
        "ƀăn",
        "JENNY",
        "Wendy Fizz",
        unicodedata.normalize("NFD", "Nguyễn Hữu Nghĩa"),
    ],
)
def test_letters_of_viet_nams_peoples_pass(part):
    assert names.letters_allowed(part)


@pytest.mark.parametrize(
    "part",
    [
        "An1",
        "4n",
        "A.n",
        "An,",
        "An/",
        "/",
        "-",
        "An -",
        "'",
        "A_n",
        "An\u200b",
        "An\tBình",
        "An\x00",
        "Анна",
        "安",
        "Zoë",
        "Müller",
        "İ",
        "\u0301An",
        "'\u0301",
        "An@",
        "Aɓ",
        "A\u0307n",
        "\U0001f600",
    ],
)
def test_digits_symbols_and_foreign_scripts_do_not_pass(part):
    assert not names.letters_allowed(part)


@pytest.mark.parametrize("word", REAL_WORDS)
def test_every_real_word_is_neither_leftover_nor_placeholder(word):
    for form in (word, word.upper(), word.lower(), unicodedata.normalize("NFD", word)):
        assert not names.telex_leftover(form)
        assert not names.is_placeholder(form)
        assert names.letters_allowed(form)


@pytest.mark.parametrize(
    "word",
    [
        "Nguyeenx",
        "Nguyeexn",
        "NGUYEENX",
        "Traanf",
        "Traafn",
        "Vawn",
        "Thij",
        "Thijnh",
        "Nguye6n4",
        "Nguye64n",
        "Tra62n",
        "Va8n",
        "Ddoong",
        "Dduwcs",
        "Ddinhf",
        "Huwng",
        "Hwng",
        "Trwowngf",
        "Phuowngf",
        "Thuyr",
        "Hoaf",
        "Leen",
        "Minhs",
        "Quynhf",
        "Yeens",
        "Khuee",
        "Tuaans",
        "D9o62ng",
        "Vanw",
        "w1",
        "aa",
        "Naaron",
        "Haeng",
    ],
)
def test_unfinished_telex_and_vni_are_seen(word):
    assert names.telex_leftover(word)


@pytest.mark.parametrize("word", ["", "Anna", "William", "Jenny", "Krông", "H'Hen", "Niê", "Ksor", "Wang", "123", "zzz"])
def test_other_words_are_left_alone(word):
    assert not names.telex_leftover(word)


@pytest.mark.parametrize(
    "name",
    [
        "/",
        "-",
        "...",
        "---",
        " ",
        "chưa đặt tên",
        "CHƯA ĐẶT TÊN",
        "Chưa  có tên",
        "(chưa đặt tên)",
        "NGUYỄN CHƯA ĐẶT TÊN",
        "chưa đặt",
        "không tên",
        "Không có tên",
        "chua dat ten",
        "con bà Lan",
        "Con của bà Trần Thị Mai",
        "CON CHỊ HOA",
        unicodedata.normalize("NFD", "chưa đặt tên"),
    ],
)
def test_a_name_that_is_none_yet_is_a_placeholder(name):
    assert names.is_placeholder(name)


@pytest.mark.parametrize("name", ["An", "Y", "Ê", "Bà Lan", "Con", "Nguyễn Thị Bé", "Lê Không", "Tên", "Chưa", "Conan Bà", "H'Hen"])
def test_an_unusual_name_is_no_placeholder(name):
    assert not names.is_placeholder(name)


@given(st.text(st.characters(), max_size=40))
def test_any_text_can_be_judged(text):
    names.split_full_name(text)
    names.mask_name(text)
    names.letter_count(text)
    names.letters_allowed(text)
    names.telex_leftover(text)
    names.is_placeholder(text)
