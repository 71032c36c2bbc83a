// Several hands at one live blog: who is here, which posts are open, what is said; one line in liveblog.ts starts it.
import { chat } from "./chat.ts";
import type { Composer } from "./composer.ts";
import type { Desk } from "./desk.ts";
import { must } from "./dom.ts";
import { leases } from "./leases.ts";
import { newsroomOf, type Newsroom } from "./newsroom.ts";
import { presence } from "./presence.ts";
import { showReach } from "./reach.ts";
import type { Timeline } from "./timeline.ts";

/** Start it. Returns the newsroom, for others to watch. */
export function hands(desk: Desk, posts: Timeline, main: () => Composer | null): Newsroom {
  const room = newsroomOf(desk);

  function writing(): readonly string[] {
    const open = posts.cards().filter((card) => posts.editorOf(card) !== undefined);
    const ids = open.map((card) => card.dataset["post"] ?? "");
    const composer = main();
    const isBusy = composer !== null && (composer.postId !== "" || !composer.isUntouched());
    return isBusy ? [composer.postId || "new", ...ids] : ids;
  }

  presence({ desk, room, writing }, document.querySelector<HTMLElement>("#here"));
  leases({ desk, room, list: must(desk.root, "#timeline", HTMLElement) });
  showReach(room, document.querySelector<HTMLElement>("#reach"));
  const panel = document.querySelector<HTMLElement>("#chat");
  const badge = document.querySelector<HTMLElement>("[data-chat-count]");
  if (panel) {
    panel.hidden = false;
    chat({
      desk, room, panel,
      unread(count) {
        if (!badge) return;
        badge.textContent = String(count);
        badge.hidden = count === 0;
      },
    });
  }
  return room;
}
