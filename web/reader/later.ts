// What an open page needs a moment later: loaded by the reader's script when the browser has nothing better to do, or
// at once when this device remembers the live blog or shows a kept copy of it.

import { sayKept } from "./kept.ts";
import { offerNotifications } from "./offer.ts";
import { listKeptPages, tellWorker } from "./offline.ts";
import { findPage } from "./page.ts";
import { rememberAndTell } from "./since.ts";

const page = findPage();
const copy = document.querySelector<HTMLElement>("main[data-kept]");
if (copy) sayKept(copy);
if (page) rememberAndTell(page);
const list = document.querySelector<HTMLElement>("#kept-pages");
if (list) void listKeptPages(list);
tellWorker();
if (page) offerNotifications(page);
