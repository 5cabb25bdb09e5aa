"""Where pages may write when nobody says so: where no other machine gets in."""

import pytest

from goodoffices.desk.serving import may_write


@pytest.mark.parametrize(
    ("host", "names", "may"),
    [
        ("127.0.0.1", (), True),
        ("127.0.0.53", (), True),
        ("::1", (), True),
        ("[::1]", (), True),
        ("localhost", (), True),
        ("LocalHost.", (), True),
        ("0.0.0.0", (), False),
        ("::", (), False),
        ("192.168.1.4", (), False),
        ("10.0.0.1", (), False),
        ("fe80::1", (), False),
        ("::ffff:10.0.0.1", (), False),
        ("desk.mission.example", (), False),
        ("localhost.evil.example", (), False),
        ("", (), False),
        ("127.0.0.1", ("desk.mission.example",), False),
    ],
)
def test_by_default_only_the_machine_itself_writes(host: str, names: tuple[str, ...], may: bool) -> None:
    assert may_write(host, names) is may
