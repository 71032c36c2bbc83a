// The reader's script: it keeps an open live page what a fresh load would show. Everything on the page works
// without it. Events on `document` for whoever watches: stoppress:ready, :applied {seq}, :revealed, :trimmed.

import { type Arrival, makeArrival } from "./arrival.ts";
import { listenForQuestions } from "./ask.ts";
import { listenForEmbeds } from "./embeds.ts";
import { findLinkedPost, listenForKeys, listenForPostLinks } from "./feed.ts";
import { loadLater } from "./idle.ts";
import { type Page, findPage, statusOf, seqOf, tell } from "./page.ts";
import { listenForVotes } from "./poll.ts";
import { refresh } from "./refresh.ts";
import { listenForSharing } from "./share.ts";
import { makeStatus } from "./status.ts";
import { follow } from "./stream.ts";
import { refreshAges, showTimes } from "./times.ts";
import { turnAsChosen } from "./turn.ts";

const AGES_EVERY_MS = 60_000;
const STILL_MS = 150; // without scrolling, before anything is moved

function start(page: Page): void {
  const status = makeStatus(page, { show: () => arrival.reveal(true), resumed: () => arrival.settle() });
  const arrival = makeArrival(page, status);
  arrival.dress(document);
  listenForKeys(page);
  // In a frame links lead out of it: scrolling there would not move the page around.
  if (!("embed" in page.main.dataset)) listenForPostLinks(page, () => arrival.reveal(false));
  listenForSharing(page, status.announce);
  listenForEmbeds(page.main);
  listenForVotes(page.main);
  listenForQuestions(page.main);
  settleWhenStill(arrival);
  void findLinkedPost(page);
  if (!("frozen" in page.main.dataset)) {
    follow({
      slug: page.slug,
      seq: () => seqOf(page),
      isClosed: () => statusOf(page) === "closed",
      take: arrival.take,
      refresh: () => refresh(page, arrival, status),
      show: status.showConnection,
    });
  } else {
    document.addEventListener("stoppress:swapped", () => arrival.dress(document)); // reader-then moved through time
  }
}

// Waiting posts are shown when the reader comes back to the top, old ones trimmed when they are out of view.
function settleWhenStill(arrival: Arrival): void {
  let timer = 0;
  const later = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(arrival.settleAfterScroll, STILL_MS);
  };
  window.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", later, { passive: true });
  document.addEventListener("visibilitychange", arrival.settle);
}

const page = findPage();
if (page && !turnAsChosen(page)) start(page);
else showTimes(document);
setInterval(() => document.visibilityState === "visible" && refreshAges(document), AGES_EVERY_MS);
tell("ready", {});
loadLater();
