// The desk's script: starts what the page has. Every screen works without it, but for writing posts.
import { deskOf } from "./desk.ts";
import { openDevice } from "./device.ts";
import { stayOpen } from "./offline.ts";
import { startCopying, startPasskeys } from "./passkeys.ts";
import { followDevice, startSending } from "./sending.ts";
import { signInAgain } from "./signin.ts";
import { startSignOut } from "./signout.ts";
import { teller } from "./told.ts";
import { waiting } from "./waiting.ts";
import { whenSignedOut } from "./wire.ts";
import { ownZone } from "./words.ts";

/** What a page of somebody who is signed in says of them. */
function person(): { readonly user: string; readonly email: string; readonly signInUrl: string } | null {
  const { user, email, signIn } = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.dataset ?? {};
  return user && email && signIn ? { user, email, signInUrl: signIn } : null;
}

async function start(): Promise<void> {
  await openDevice();
  startSignOut();
  const somebody = person();
  if (somebody === null) return;
  whenSignedOut(async () => {
    const isIn = await signInAgain(somebody);
    if (isIn) void stayOpen(somebody.user); // while signed out there was no page to keep
    return isIn;
  });
  const { box, whenDone } = startSending(somebody.user);
  const desk = deskOf(document, box);
  const panel = document.querySelector<HTMLElement>("#outbox");
  if (desk) {
    const { liveblog } = await import("./liveblog.ts"); // with the editor: other pages of the desk do without
    await liveblog(desk, teller(), whenDone);
  } else if (panel) followDevice(waiting({ user: somebody.user, panel, outbox: box, zone: ownZone(), slug: "" }));
  void stayOpen(somebody.user);
}

document.documentElement.classList.add("js");
startPasskeys();
startCopying();
void start();
