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
  notified: "Mitteilungen sind an",
  notifyAbout: (headline) => `Mitteilungen auf diesem Gerät zu „${headline}“`,
  notifyKeyEvents: "Wichtige Ereignisse",
  notifyEverything: "Jeder Beitrag",
  notifyStop: "Beenden",
  notifyOn: { key_events: "Sie erhalten Mitteilungen zu wichtigen Ereignissen.", everything: "Sie erhalten Mitteilungen zu jedem Beitrag." },
  notifyOff: "Mitteilungen sind aus.",
  notifyNote: "Die neueste ersetzt die vorige. Nur Ihre Wahl wird gespeichert und gelöscht, sobald Sie beenden oder das Liveblog endet.",
  notifyBlocked: "Ihr Browser blockiert Mitteilungen dieser Seite. Erlauben Sie sie in den Einstellungen und drücken Sie noch einmal.",
  notifyFailed: "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.",
  upToDate: "Sie sind wieder verbunden, und diese Seite ist aktuell.",
};
