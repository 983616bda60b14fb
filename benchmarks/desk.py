"""A desk with very many receipts: how long `today`, a list and a search without diacritics take, and what they weigh.

It prints, it never judges. Each figure is the 95th percentile of many runs. "opened" is the query alone in a process that has the desk
open; "cold" opens the file anew each time, as a command does (the interpreter's own start and the key's way out of the token store
aside). Aims, for 100,000 receipts: 50 ms, 150 MB.
"""

from __future__ import annotations

import hashlib
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from dvc_cli.contract.values import Dossier
from dvc_cli.desk import Receipt, open_desk
from dvc_cli.domain.dates import VN_TZ
from dvc_cli.domain.dossier import FeeLine, MemberLine, PaperLine
from dvc_cli.paths import find_paths
from dvc_cli.tokens.memory_store import MemoryStore

COUNT, AT_ONCE, RUNS = 100_000, 5_000, 60
OLD_CODE = "000017"
NOW = datetime(2026, 11, 9, 9, 30, tzinfo=VN_TZ)
SURNAMES = ["NGUYỄN", "TRẦN", "LÊ", "PHẠM", "HOÀNG", "HUỲNH", "PHAN", "VŨ", "VÕ", "ĐẶNG", "BÙI", "ĐỖ", "HỒ", "NGÔ", "DƯƠNG", "LÝ"]
MIDDLES = ["THỊ", "VĂN", "HỮU", "NGỌC", "MINH", "THANH", "ĐỨC", "QUỐC", "GIA", "BẢO", "KIM", "XUÂN", "THU", "HOÀI"]
GIVEN = ["AN", "BÌNH", "CƯỜNG", "DŨNG", "GIANG", "HÀ", "HẢI", "HẠNH", "HIẾU", "HÒA", "HÙNG", "HƯƠNG", "KHÁNH", "LAN", "LINH", "YẾN"]
QUERIES = {
    "today": lambda desk: desk.overview(NOW),
    "list, the newest 50": lambda desk: desk.receipts.list(50),
    "search, a common name (nguyen)": lambda desk: desk.receipts.search("nguyen", 50),
    "search, three words (le thi yen)": lambda desk: desk.receipts.search("le thi yen", 50),
    "search, an old code": lambda desk: desk.receipts.search(OLD_CODE, 50),
    "search, nothing to be found": lambda desk: desk.receipts.search("khong co ai", 50),
    "search, common words that never meet": lambda desk: desk.receipts.search("nguyen tran le", 50),
}
COLD = ("today", "list, the newest 50", "search, nothing to be found")
STATUSES = ("da_tra_ket_qua",) * 90 + ("dang_xu_ly",) * 6 + ("duoc_tiep_nhan",) * 2 + ("yeu_cau_bo_sung", "da_xu_ly_xong")


class Keeper(MemoryStore):
    """Keeps the key for the benchmark, under the name of a store that lasts."""

    name = "keyring"


def main() -> None:
    """Fill a desk and print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as home:
        paths, keeper = find_paths({"DVC_HOME": home}), Keeper()
        took = fill(paths, keeper, count)
        size = (paths.data / "desk.db").stat().st_size
        print(f"{count} receipts, written in {took:.0f} s; the file has {size / 1e6:.0f} MB; p95 of {RUNS} runs, aim 50 ms")
        shown(f"{'':42}", "   wall", "    cpu")
        with open_desk(paths, keeper) as desk:
            for name, query in QUERIES.items():
                shown(f"{name:42}", *p95(lambda query=query: query(desk)))
        for name in COLD:
            shown(f"{name + ', cold':42}", *p95(lambda name=name: opened(paths, keeper, QUERIES[name])))
        print(f"{'memory, at most':42} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB   (aim 150 MB)")


def shown(name: str, wall: object, cpu: object) -> None:
    """One line of the table."""
    print(name, *(f"{each:7.1f} ms" if isinstance(each, float) else each for each in (wall, cpu)))


def opened(paths, keeper, query) -> None:
    """Open the desk, ask, close it."""
    with open_desk(paths, keeper) as desk:
        query(desk)


def p95(query: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds that all but one in twenty runs stay below: by the clock, and of the processor (what it is on a machine at rest)."""
    wall, cpu = [], []
    for _run in range(RUNS):
        started, worked = time.perf_counter(), time.process_time()
        query()
        wall.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    return statistics.quantiles(wall, n=20)[-1], statistics.quantiles(cpu, n=20)[-1]


def fill(paths, keeper, count: int) -> float:
    """Write receipts as a ward would have them after years; the seconds that it took."""
    chance, started = Random(20261109), time.perf_counter()
    with open_desk(paths, keeper) as desk:
        for first in range(0, count, AT_ONCE):
            desk.receipts.add(*(receipt(number, chance) for number in range(first, min(first + AT_ONCE, count))))
    return time.perf_counter() - started


def receipt(number: int, chance: Random) -> Receipt:
    """One full receipt with members, fees and papers, some of them late."""
    filed = NOW - timedelta(days=(COUNT - number) // 60)
    due = filed.date() + timedelta(days=chance.randrange(3, 12))
    status = chance.choice(STATUSES)
    members = (
        MemberLine("khai_sinh", "Ủy ban nhân dân phường Cái Khế, thành phố Cần Thơ", status, due),
        MemberLine("thuong_tru", "Công an phường Cái Khế, thành phố Cần Thơ", status, due),
        MemberLine("can_cuoc", "Công an phường Cái Khế, thành phố Cần Thơ", status, None),
        MemberLine("bhyt", "Bảo hiểm xã hội thành phố Cần Thơ", status, due),
    )
    fees = tuple(FeeLine(name, 0) for name in ("registration", "copies", "residence", "bhyt", "identity_card"))
    papers = tuple(PaperLine(name, slot, required=True, state="attached") for slot, name in ((1, "giay_chung_sinh"), (2, "ct01")))
    title = f"{chance.choice(SURNAMES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"
    code = f"G22.99.08-{filed:%y%m%d}-{number:06d}"
    dossier = Dossier(f"hs-{number:016x}", code, "khai-sinh", "2.000986", status, filed, filed.date(), due, members, fees, papers, title)
    subject, *likeness = (
        hashlib.blake2b(f"{word}{number}".encode(), digest_size=16).hexdigest() for word in ("subject", "with", "without")
    )
    return Receipt(dossier, "sandbox", filed, filed, subject, "092*******01", tuple(likeness))


if __name__ == "__main__":
    main()
