"""The help topics: exit codes, environment, answers files, accessibility."""

from __future__ import annotations

NAMES = ("exit-codes", "environment", "answers", "accessibility")

EXIT_CODES_VI = """Mã thoát
  0    xong, hoặc còn bước sau (status "pending": xem "next")
  1    hỏng vì lý do không ai ngờ (lỗi chương trình, đầy đĩa)
  2    dùng sai, hoặc thiếu câu trả lời mà không được hỏi
  3    phải đăng nhập trước, hoặc phiên đã hết hạn
  4    bị từ chối: bởi quy tắc của thủ tục (lỗi, cảnh báo không có lý do) hoặc bởi nơi tiếp nhận
  5    không tới được nơi tiếp nhận; thử lại có thể được, dữ liệu được giữ
  130  người dùng dừng; bản nháp được giữ
Khi có nhiều lý do: dùng sai và khóa lạ (2), phiên (3), thiếu câu trả lời (2), từ chối (4), nơi tiếp nhận (5).
"""

EXIT_CODES_EN = """Exit codes
  0    done, or another step follows (status "pending": see "next")
  1    failed for a reason nobody expected (a bug, a full disk)
  2    wrong usage, or an answer is missing and asking is not allowed
  3    sign in first, or the session has expired
  4    refused: by a rule of the procedure (an error, a warning without a reason) or by the backend
  5    backend unreachable or timed out; trying again may help; what was to be sent is kept
  130  stopped by the person; a draft was kept
Where several apply: usage and unknown keys (2), session (3), missing answers (2), refusal (4), backend (5).
"""

ENVIRONMENT_VI = """Biến môi trường
  DVC_HOME             một thư mục cho cấu hình, dữ liệu, trạng thái và nhật ký
  DVC_BACKEND DVC_URL DVC_LANG
                       mặc định của --backend, --url, --lang
  DVC_NO_INPUT DVC_PLAIN ACCESSIBLE
                       như --no-input, --plain
  DVC_TOKEN_STORE      keyring (mặc định) · file (mã hóa, mật khẩu kho từ DVC_PASSPHRASE, không có thì hỏi)
                       · memory (một lần chạy, không giữ bản nháp)
  DVC_NOW              RFC 3339: dừng thời gian của sandbox và của các quy tắc về ngày; không có tác dụng với nơi tiếp nhận khác
  NO_COLOR FORCE_COLOR TERM=dumb
Thứ tự: cờ, môi trường, tệp cấu hình, mặc định. dvc config list cho biết từng giá trị từ đâu ra.
"""

ENVIRONMENT_EN = """Environment
  DVC_HOME             one folder for config, data, state and logs
  DVC_BACKEND DVC_URL DVC_LANG
                       defaults of --backend, --url, --lang
  DVC_NO_INPUT DVC_PLAIN ACCESSIBLE
                       as --no-input, --plain
  DVC_TOKEN_STORE      keyring (default) · file (encrypted, passphrase from DVC_PASSPHRASE, else asked)
                       · memory (one process, keeps no drafts)
  DVC_NOW              RFC 3339: freezes the sandbox and the date rules; ignored with any other backend
  NO_COLOR FORCE_COLOR TERM=dumb
Order: flag, environment, config file, default. dvc config list shows where each value came from.
"""

ANSWERS_VI = """Tệp trả lời (--answers TỆP: .toml, .yaml, .json; - đọc YAML hoặc JSON từ đầu vào chuẩn)
  Khóa là khóa của câu hỏi, để phẳng hoặc nhóm theo mục. dvc template khai-sinh in tệp mẫu, dvc schema khai-sinh in lược đồ.
  Lựa chọn ghi bằng mã, nhãn hoặc giá trị của Cổng; tỉnh, xã bằng mã hoặc tên; đúng/sai bằng true/false, 1/0, có/không;
  ngày bằng 2026-11-02 hoặc 02/11/2026, ngày thiếu bằng 1990 hoặc 05/1990. Mọi giá trị được đọc như chữ: 001190012345 giữ số 0.
  Khóa lạ là lỗi và có gợi ý; giá trị rỗng là chưa trả lời.
  acknowledge: {MÃ: lý do}   chấp nhận một cảnh báo, lý do từ 5 ký tự
  pledge: true               lời cam đoan của công dân; không gì thay được
  attachments: [{slot: 1, id: birth_notification_scan, file: gcs.pdf}]   đường dẫn tính từ tệp trả lời
  --set KHÓA=GIÁ_TRỊ thắng tệp, tệp thắng bản nháp. --yes chấp nhận phần rà soát; --no-input bao gồm --yes.
  Mật khẩu và mã (password, password_again, current_password, otp) không bao giờ qua cờ: nhập ẩn hoặc qua đầu vào chuẩn.
"""

ANSWERS_EN = """Answers files (--answers FILE: .toml, .yaml, .json; - reads YAML or JSON from standard input)
  Keys are field keys, flat or grouped by section. dvc template khai-sinh prints a sample, dvc schema khai-sinh the schema.
  Choices by code, label or portal value; places by code or name; booleans true/false, 1/0, có/không;
  dates 2026-11-02 or 02/11/2026, partial ones 1990 or 05/1990. Every value is read as text: 001190012345 keeps its zeros.
  Unknown keys are errors that name the nearest; an empty value is no answer.
  acknowledge: {CODE: reason}   accepts a warning, reason of at least 5 characters
  pledge: true                  the citizen's pledge; nothing implies it
  attachments: [{slot: 1, id: birth_notification_scan, file: gcs.pdf}]   paths relative to the answers file
  --set KEY=VALUE wins over the file, the file over the draft. --yes accepts the review; --no-input implies it.
  Secrets (password, password_again, current_password, otp) never come from a flag: hidden prompt or standard input.
"""

ACCESSIBILITY_VI = """Trợ năng
  --plain (hoặc DVC_PLAIN=1, ACCESSIBLE=1, TERM=dumb): hỏi từng dòng, không vẽ lại màn hình, lựa chọn bằng số; bảng đọc từng dòng.
  Khi đang trả lời: ? xem giải thích và căn cứ · < quay lại · Enter nhận giá trị gợi ý · Ctrl-C dừng và giữ bản nháp.
  NO_COLOR=1 bỏ màu. Mọi câu hỏi đều trả lời được bằng tệp: dvc help answers.
"""

ACCESSIBILITY_EN = """Accessibility
  --plain (or DVC_PLAIN=1, ACCESSIBLE=1, TERM=dumb): one line a question, nothing is redrawn, choices by number; tables read line by line.
  While answering: ? explains with the legal basis · < goes back · Enter accepts what is offered · Ctrl-C stops and keeps the draft.
  NO_COLOR=1 removes colour. Every question can be answered from a file: dvc help answers.
"""

PAGES = {
    "exit-codes": (EXIT_CODES_VI, EXIT_CODES_EN),
    "environment": (ENVIRONMENT_VI, ENVIRONMENT_EN),
    "answers": (ANSWERS_VI, ANSWERS_EN),
    "accessibility": (ACCESSIBILITY_VI, ACCESSIBILITY_EN),
}


def topic(name: str, *, english: bool) -> str | None:
    """The page of one topic; None for a name that is no topic."""
    pages = PAGES.get(name)
    return pages[1 if english else 0] if pages else None
