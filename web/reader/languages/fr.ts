import type { Kinds, Words } from "../words.ts";
import { plurals } from "./plurals.ts";

const many = plurals("fr");

export const words: Words = {
  newPosts: (count) => many(count, { one: "# nouvelle publication", other: "# nouvelles publications" }),
  newPostsElsewhere: (count) => `${words.newPosts(count)} sur la page du direct`,
  pause: "Suspendre",
  resume: "Reprendre",
  open: "Mise à jour automatique.",
  polls: "Mise à jour toutes les 10 secondes.",
  paused: "Les nouvelles publications attendent la reprise. Les rectificatifs arrivent toujours.",
  lost: "Connexion perdue. Nouvelle tentative en cours.",
  ended: "Ce direct est terminé.",
  corrected: (what) => `Rectificatif à la publication : ${what}`,
  now: "à l’instant",
  minutesAgo: (count) => `il y a ${count} min`,
  hoursAgo: (count) => `il y a ${count} h`,
  timesIn: (zone) => `Heures en ${zone}.`,
  showEventTimes: (place) => `Heure de ${place}`,
  showMyTimes: "Mon heure",
  share: "Partager",
  copied: "Lien copié",
  yourVote: (answer) => `Votre vote : ${answer}`,
  voted: "Vous avez voté.",
  questionNotSent: "Votre question n’a pas pu être envoyée. Veuillez réessayer.",
  notSent: "Votre vote n’a pas pu être envoyé. Veuillez réessayer.",
  kinds: { post: "la publication", video: "la vidéo", sound: "le son", chart: "le graphique" },
  from: (kind: Kinds, site) => `${words.kinds[kind]} de ${site}`,
  show: (kind: Kinds, site) => `Afficher ${words.from(kind, site)}`,
  loadsFrom: (host) => `Chargé depuis ${host}, qui peut déposer des cookies et savoir que vous lisez cette page.`,
  alwaysShow: (site) => `Toujours afficher ${site} sur cet appareil`,
  askAgain: (site) => `Redemander avant d’afficher ${site}`,
};
