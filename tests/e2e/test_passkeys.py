"""Passkeys in Chromium, with its own virtual authenticator, and the admin's pages on a laptop and a phone."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect
from tests.desk.authenticator import code
from tests.e2e.checkers import axe_faults, have_java, html_faults
from tests.e2e.conftest import LAPTOP, PHONE, NewWindow
from tests.e2e.server import PASSWORD, Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

_numbers = count(1)
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """A window with an authenticator built in. By name, for a passkey belongs to a name and not to an address."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        number = next(_numbers)
        self.email, self.name = f"pia-{number}@example.org", f"Pia Stage {number}"
        server.add_staff(role="admin", email=self.email, name=self.name)
        self.url = server.url.replace("127.0.0.1", "localhost")
        self.keys = page.context.new_cdp_session(page)
        self.keys.send("WebAuthn.enable")
        made = self.keys.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self.authenticator = str(made["authenticatorId"])

    def go(self, path: str) -> None:
        self.page.goto(f"{self.url}{path}")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def give_password(self) -> None:
        self.go("/desk/account/login/")
        self.page.fill("input[name=login]", self.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("Sign in")

    def sign_out(self) -> None:
        self.go("/desk/account/logout/")
        self.press("Sign out")
        self.page.wait_for_url("**/desk/account/login/")

    def confirm(self, link: str) -> None:
        """Follow a link of one's own page to something delicate."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link).click()
        if self.page.get_by_role("heading", name="Is it you?").is_visible():
            self.page.fill("input[name=password]", PASSWORD)
            self.press("Go on")

    def add_passkey(self) -> None:
        self.go("/desk/me/")
        self.confirm("Add a passkey")
        self.press("Add it")
        expect(self.page.get_by_role("heading", name="Your recovery codes")).to_be_visible()

    def verified(self, *, by_finger: bool) -> None:
        said = {"authenticatorId": self.authenticator, "isUserVerified": by_finger}
        self.keys.send("WebAuthn.setUserVerified", said)


@pytest.fixture
def device(server: Server, new_window: NewWindow) -> Device:
    """An admin's window, with the password given."""
    one = Device(new_window(), server)
    one.give_password()
    one.page.wait_for_url("**/desk/")
    return one


def test_a_passkey_signs_in_beside_the_password_and_alone(device: Device) -> None:
    device.add_passkey()
    expect(device.page.locator(".codes li")).to_have_count(10)
    device.sign_out()
    device.give_password()
    device.page.wait_for_url("**/authenticate/")
    device.press("Use a passkey")
    device.page.wait_for_url("**/desk/")
    device.sign_out()
    device.press("Sign in with a passkey")
    device.page.wait_for_url("**/desk/")
    device.go("/desk/team/audit/")
    trail = device.page.locator(".trail")
    expect(trail).to_contain_text(f"{device.name} added a second factor passkey")
    expect(trail).to_contain_text(f"{device.name} signed in password and passkey")
    expect(trail).to_contain_text(f"{device.name} signed in passkey")


def test_a_device_that_does_not_confirm_opens_nothing(device: Device) -> None:
    device.add_passkey()
    device.sign_out()
    device.verified(by_finger=False)
    device.press("Sign in with a passkey")
    expect(device.page.locator("[data-passkey-fault]")).to_contain_text("did not confirm")
    device.go("/desk/")
    expect(device.page).to_have_url(re.compile("/desk/account/login/"))


def test_a_passkey_is_renamed_and_removed(device: Device) -> None:
    device.add_passkey()
    device.go("/desk/me/")
    device.confirm("Rename Chrome on Linux")
    device.page.fill("input[name=name]", "Newsroom laptop")
    device.press("Save")
    expect(device.page.locator("#second-factor")).to_contain_text("Newsroom laptop")
    device.confirm("Remove Newsroom laptop")
    device.press("Remove it")
    expect(device.page.locator("#second-factor .chip")).to_have_text("off")


def test_an_authenticator_app_is_set_up_by_its_key(device: Device) -> None:
    device.go("/desk/me/")
    device.confirm("Set up an authenticator app")
    expect(device.page.get_by_alt_text("A square code for your authenticator app")).to_be_visible()
    secret = device.page.locator("code[data-secret]").text_content() or ""
    device.page.fill("input[name=code]", code(secret))
    device.press("Turn it on")
    expect(device.page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


PAGES = (
    *("/desk/team/", "/desk/team/audit/", "/desk/tokens/", "/desk/me/"),
    *(
        "/desk/account/password/change/",
        "/desk/account/2fa/totp/activate/",
        "/desk/account/2fa/webauthn/add/",
    ),
)


def test_pages_about_people_are_sound_on_a_laptop_and_a_phone(device: Device) -> None:
    device.add_passkey()
    html, faults = {}, []
    for path in PAGES:
        for size in (LAPTOP, PHONE):
            device.page.set_viewport_size(size)  # type: ignore[arg-type]  # (a plain dict of the two)
            device.go(path)
            expect(device.page.locator("h1")).to_be_visible()
            wide = device.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            faults += [f"{path} at {size['width']}: {fault}" for fault in axe_faults(device.page)]
            faults += [f"{path} at {size['width']}: {wide} too wide"] if wide > 0 else []
        html[path.strip("/").replace("/", "-")] = device.page.request.get(f"{device.url}{path}").text()
    assert faults == []
    if have_java():
        assert html_faults(html) == []
