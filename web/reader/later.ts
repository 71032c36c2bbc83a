// What an open page needs a moment later: loaded by the reader's script when the browser has nothing better to do.

import { listKeptPages, tellWorker } from "./offline.ts";

const kept = document.querySelector<HTMLElement>("#kept-pages");
if (kept) void listKeptPages(kept);
tellWorker();
