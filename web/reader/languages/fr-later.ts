import type { Words } from "../words-later.ts";
import { listed, plurals } from "./plurals.ts";

const many = plurals("fr");

export const words: Words = {
  sinceYouLeft: "Depuis votre passage",
  sinceCount: (since) =>
    listed(since, {
      posts: (count) => many(count, { one: "# nouvelle publication", other: "# nouvelles publications" }),
      keyEvents: (count) => many(count, { one: "# temps fort", other: "# temps forts" }),
      corrected: (count) => many(count, { one: "# rectificatif", other: "# rectificatifs" }),
      withdrawn: (count) => many(count, { one: "# publication retirée", other: "# publications retirées" }),
    }),
  keyEvents: "Temps forts",
  correctedSince: "Rectifié depuis votre lecture",
  withdrawnSince: "Retiré depuis votre lecture",
  withdrawnPost: "Voir ce qui reste de la publication",
  whereIWas: "Reprendre où vous en étiez",
  close: "Fermer",
  offline: (time, age) => `Vous êtes hors ligne. Cette copie date de ${time}, ${age}.`,
  unreached: (time, age) => `Le serveur est inaccessible. Cette copie date de ${time}, ${age}.`,
  notifyMe: "M’avertir",
  upToDate: "Vous êtes de nouveau en ligne et cette page est à jour.",
};
