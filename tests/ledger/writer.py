"""A writer in a process of its own: `python -m ledger.writer ADDRESS NAME COUNT`. Names each fact once it is kept."""

import sys
from datetime import UTC, datetime

from goodoffices.ledger.store import open_ledger
from ledger.making import fact


def main(address: str, name: str, count: int) -> None:
    ledger = open_ledger(address, lambda: datetime.now(UTC))
    print("ready", flush=True)
    for number in range(count):
        written = fact(f"{name}-{number}", "x" * 2_000)
        ledger.assert_facts([written], name)
        print(written.key, flush=True)
    ledger.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
