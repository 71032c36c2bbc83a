"""Notifications in a real browser: asked for after a press on a named live blog, shown once, and leading to the post.

Chromium without a screen cannot subscribe at a push service: what it would have said is made up here, and so is what
the server answers (`tests/push` has its side). Messages come through Chromium's debugging protocol.
"""

import json
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import CDPSession, Page, Route, Worker, expect
from tests.e2e.checkers import axe_faults
from tests.e2e.conftest import NewWindow
from tests.e2e.reader_page import ReaderPage
from tests.e2e.server import Newsroom, Server

pytestmark = pytest.mark.browser

# A device with a push service, and a worker that stands ready.
DEVICE = """(() => {
    let made = null;
    const subscription = {
        endpoint: "https://push.example/device",
        options: { applicationServerKey: new Uint8Array([4, 1, 2]).buffer },
        toJSON: () => ({ endpoint: subscription.endpoint, keys: { p256dh: "BPUB", auth: "AUTH" } }),
        unsubscribe: async () => { made = null; return true; },
    };
    const pushManager = {
        getSubscription: async () => made,
        subscribe: async (options) => { window.subscribedWith = options; return (made = subscription); },
    };
    const ready = Promise.resolve({ pushManager, getNotifications: async () => [] });
    Object.defineProperty(navigator.serviceWorker, "ready", { get: () => ready });
    Notification.requestPermission = async () => {
        window.asked = (window.asked ?? 0) + 1;
        return window.permit ?? "granted";
    };
})()"""
KEY = "BAEC"  # base64url of the three bytes above


class Answers:
    """Stands for the server's side, and keeps what the page sent."""

    def __init__(self, page: Page) -> None:
        self.sent: list[tuple[str, dict[str, str]]] = []
        page.route("**/audience/*/notifications**", self._answer)

    def _answer(self, route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(json={"key": KEY})
            return
        fields = {name: values[0] for name, values in parse_qs(route.request.post_data or "").items()}
        self.sent.append((route.request.url.rpartition("/")[2], fields))
        route.fulfill(json={"wants": fields.get("wants", "")})


def opened(new_window: NewWindow, server: Server, slug: str) -> tuple[ReaderPage, Answers]:
    page = new_window()
    page.add_init_script(DEVICE)
    answers = Answers(page)
    return ReaderPage.open(page, server.url, slug), answers


def test_row_29_web_push_is_asked_for_after_a_press_on_a_named_live_blog(
    server: Server, slug: str, new_window: NewWindow
) -> None:
    reader, answers = opened(new_window, server, slug)
    page = reader.page
    opener = page.get_by_role("button", name="Notify me")
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.click()
    panel = page.get_by_role("group", name=f"Storm reaches the harbour ({slug})")
    expect(panel).to_be_visible()
    assert page.evaluate("window.asked ?? 0") == 0, "nothing is asked for before a choice"
    assert axe_faults(page) == []

    panel.get_by_role("button", name="Key events").click()
    expect(panel.get_by_role("status")).to_have_text("You will be notified of key events.")
    expect(panel.get_by_role("button", name="Key events")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("[window.asked, window.subscribedWith.userVisibleOnly]") == [1, True]
    device = {"endpoint": "https://push.example/device", "p256dh": "BPUB", "auth": "AUTH", "key": KEY}
    assert answers.sent == [("notifications", device | {"wants": "key_events"})]

    panel.get_by_role("button", name="Every post").click()
    expect(panel.get_by_role("status")).to_have_text("You will be notified of every post.")
    panel.get_by_role("button", name="Stop").click()
    expect(panel.get_by_role("status")).to_have_text("Notifications are off.")
    expect(panel.get_by_role("button", name="Stop")).to_be_hidden()
    assert answers.sent[-1] == ("stop", {"endpoint": "https://push.example/device"})
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('notify'))") == []

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Notify me")).to_be_focused()


def test_a_browser_that_blocks_is_told_what_to_do(server: Server, slug: str, new_window: NewWindow) -> None:
    reader, answers = opened(new_window, server, slug)
    page = reader.page
    page.evaluate("window.permit = 'denied'")
    page.get_by_role("button", name="Notify me").click()
    page.get_by_role("button", name="Every post").click()
    expect(page.locator(".notify").get_by_role("status")).to_contain_text("blocks notifications")
    assert answers.sent == []


def test_the_button_goes_when_the_live_blog_ends(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    reader, _ = opened(new_window, server, slug)
    button = reader.page.get_by_role("button", name="Notify me")
    expect(button).to_be_visible()
    newsroom.change(slug, status="closed")
    expect(button).to_have_count(0)


# --- what the worker does with a message --------------------------------------------------------------


class Pushed:
    """A page whose worker gets messages. The worker's registration id comes once it is known to Chromium."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin = page, origin
        self.registrations: list[str] = []
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        self.session.send("ServiceWorker.enable")
        page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
        while not self.registrations:  # told by another channel than the page's
            page.wait_for_timeout(20)

    def _note(self, event: dict[str, list[dict[str, str]]]) -> None:
        self.registrations += [
            one["registrationId"] for one in event["registrations"] if one["scopeURL"] == f"{self.origin}/"
        ]

    @property
    def worker(self) -> Worker:
        return next(one for one in self.page.context.service_workers if one.url == f"{self.origin}/worker.js")

    def deliver(self, slug: str, post: str, body: str, seq: int) -> None:
        url = f"{self.origin}/live/{slug}?from={post}#post-{post}"
        notification = {
            "title": "Storm reaches the harbour",
            "body": body,
            "lang": "en",
            "dir": "ltr",
            "tag": f"live-{slug}",
            "navigate": url,
            "data": {"post": post, "seq": seq, "key_event": True},
        }
        data = json.dumps({"web_push": 8030, "notification": notification})
        told = {"origin": self.origin, "registrationId": self.registrations[-1], "data": data}
        self.session.send("ServiceWorker.deliverPushMessage", told)

    def expect_shown(self, *bodies: str) -> None:
        wanted = json.dumps(list(bodies))
        self.page.wait_for_function(
            """async (wanted) => {
                const registration = await navigator.serviceWorker.getRegistration("/");
                const shown = await registration.getNotifications();
                return JSON.stringify(shown.map((one) => one.body)) === wanted;
            }""",
            arg=wanted,
        )


def test_one_notification_for_each_live_blog_and_a_press_leads_to_the_post(
    server: Server, newsroom: Newsroom, slug: str, new_window: NewWindow
) -> None:
    first = newsroom.publish(slug, "The gate is shut.", key_event=True)
    page = new_window(service_workers="allow", permissions=["notifications"])
    ReaderPage.open(page, server.url, slug)
    push = Pushed(page, server.url)
    push.deliver(slug, first, "The gate is shut.", seq=20)
    push.expect_shown("The gate is shut.")
    push.deliver(slug, first, "The gate is shut?", seq=20)  # a repetition
    push.deliver(slug, first, "The gate is open.", seq=10)  # too late
    push.deliver(slug, first, "The gate holds.", seq=30)
    push.expect_shown("The gate holds.")

    push.worker.evaluate(
        """async () => {
            const [notification] = await self.registration.getNotifications();
            self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
        }"""
    )
    page.wait_for_url(f"**/live/{slug}?from={first}#post-{first}")
    expect(page.locator(f"#post-{first}")).to_be_in_viewport()
    push.expect_shown()
