"""A keeper of drafts in a process of its own: `python -m desk.drafter LEDGER`. Names each draft once it is kept."""

import sys
from itertools import count

from goodoffices.desk.desk import now, open_desk
from goodoffices.desk.drafts import Drafts


def main(path: str) -> None:
    drafts = Drafts(open_desk(path, now, recorder="tests", take_in=False))
    for number in count():
        kept = drafts.keep("fact", "mali-2021", {"text": f"{number} " + "x" * 4_000})
        print(kept.id, number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
