import type { Words } from "../words-later.ts";
import { listed, plurals } from "./plurals.ts";

const many = plurals("de");

export const words: Words = {
  sinceYouLeft: "Seit Ihrem letzten Besuch",
  sinceCount: (since) =>
    listed(since, {
      posts: (count) => many(count, { one: "# neuer Beitrag", other: "# neue Beiträge" }),
      keyEvents: (count) => many(count, { one: "# wichtiges Ereignis", other: "# wichtige Ereignisse" }),
      corrected: (count) => many(count, { one: "# Korrektur", other: "# Korrekturen" }),
      withdrawn: (count) => many(count, { one: "# zurückgezogener Beitrag", other: "# zurückgezogene Beiträge" }),
    }),
  keyEvents: "Wichtige Ereignisse",
  correctedSince: "Korrigiert, seit Sie es gelesen haben",
  withdrawnSince: "Zurückgezogen, seit Sie es gelesen haben",
  withdrawnPost: "Ansehen, was vom Beitrag übrig ist",
  whereIWas: "Dorthin, wo Sie waren",
  close: "Schließen",
  offline: (time, age) => `Sie sind offline. Diese Kopie ist von ${time}, ${age}.`,
  unreached: (time, age) => `Der Server ist nicht erreichbar. Diese Kopie ist von ${time}, ${age}.`,
  notifyMe: "Benachrichtigen",
  upToDate: "Sie sind wieder verbunden, und diese Seite ist aktuell.",
};
