import type { Kinds, Words } from "../words.ts";
import { plurals } from "./plurals.ts";

const many = plurals("de");

export const words: Words = {
  newPosts: (count) => many(count, { one: "# neuer Beitrag", other: "# neue Beiträge" }),
  newPostsElsewhere: (count) => `${words.newPosts(count)} auf der Liveseite`,
  pause: "Anhalten",
  resume: "Fortsetzen",
  open: "Aktualisiert sich von selbst.",
  polls: "Schaut alle 10 Sekunden nach neuen Beiträgen.",
  paused: "Neue Beiträge warten, bis Sie fortsetzen. Korrekturen kommen weiterhin.",
  lost: "Verbindung unterbrochen. Neuer Versuch läuft.",
  ended: "Dieses Liveblog ist beendet.",
  corrected: (what) => `Korrektur zum Beitrag: ${what}`,
  now: "gerade eben",
  minutesAgo: (count) => `vor ${count} Min.`,
  hoursAgo: (count) => `vor ${count} Std.`,
  timesIn: (zone) => `Zeiten in ${zone}.`,
  showEventTimes: (place) => `Ortszeit ${place} anzeigen`,
  showMyTimes: "Meine Zeit anzeigen",
  share: "Teilen",
  copied: "Link kopiert",
  yourVote: (answer) => `Ihre Stimme: ${answer}`,
  voted: "Sie haben abgestimmt.",
  questionNotSent: "Ihre Frage kam nicht an. Bitte versuchen Sie es noch einmal.",
  notSent: "Ihre Stimme kam nicht an. Bitte versuchen Sie es noch einmal.",
  kinds: { post: "Beitrag", video: "Video", sound: "Audio", chart: "Grafik" },
  from: (kind: Kinds, site) => `${words.kinds[kind]} von ${site}`,
  show: (kind: Kinds, site) => `${words.from(kind, site)} anzeigen`,
  loadsFrom: (host) => `Wird von ${host} geladen; dort können Cookies gesetzt und Ihr Besuch dieser Seite erkannt werden.`,
  alwaysShow: (site) => `${site} auf diesem Gerät immer anzeigen`,
  askAgain: (site) => `Vor dem Anzeigen von ${site} wieder fragen`,
};
