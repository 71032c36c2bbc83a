"""What is changed about the title is one line in the audit trail: who, what, from where; asked again, no second."""

import pytest
from tests.desk.test_looks import FIELDS, LOOKS
from tests.desk.visitor import visitor
from tests.people import People

from stoppress.newsroom.models import AuditEntry

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SECURITY = "Contact: mailto:security@example.org\nExpires: 2999-01-01T00:00:00Z"


def test_each_change_of_the_title_is_one_line_with_its_address(people: People) -> None:
    pia = people("producer", "Pia Producer")
    at_desk = visitor(pia)
    changes: dict[str, dict[str, object]] = {
        f"/desk/title/authors/{pia.user_id}/": {"role": "Producer", "shown": "on"},
        "/desk/title/policies/ethics/": {"text": "We are fair."},
        "/desk/title/policies/": {"security_txt": SECURITY},
        LOOKS: dict(FIELDS),
        "/desk/title/": {"embed": ["vimeo"]},
    }
    for _ in range(2):
        for path, fields in changes.items():
            assert at_desk.client.post(path, fields).status_code == 302, path
    assert at_desk.client.post("/desk/title/policies/ethics/", {"text": ""}).status_code == 302
    lines = AuditEntry.objects.order_by("id").values_list("what", "whom", "detail", "by", "address")
    told = [line for line in lines if line[0] not in ("staff-added", "signed-in")]
    assert told == [
        ("author-kept", "Pia Producer", "", "Pia Producer", "127.0.0.1"),
        ("policy-kept", "ethics", "", "Pia Producer", "127.0.0.1"),
        ("policy-kept", "security.txt", "", "Pia Producer", "127.0.0.1"),
        ("looks-changed", "", "theme", "Pia Producer", "127.0.0.1"),
        ("providers-chosen", "", "vimeo", "Pia Producer", "127.0.0.1"),
        ("policy-kept", "ethics", "taken away", "Pia Producer", "127.0.0.1"),
    ]
