import type { Words } from "../words-notify.ts";

export const words: Words = {
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
};
