import type { Words } from "../words-notify.ts";

export const words: Words = {
  notified: "Notifications activées",
  notifyAbout: (headline) => `Notifications sur cet appareil à propos de « ${headline} »`,
  notifyKeyEvents: "Temps forts",
  notifyEverything: "Toutes les publications",
  notifyStop: "Arrêter",
  notifyOn: { key_events: "Vous serez averti des temps forts.", everything: "Vous serez averti de chaque publication." },
  notifyOff: "Les notifications sont désactivées.",
  notifyNote: "Chaque notification remplace la précédente. Seul votre choix est conservé ; il est effacé quand vous arrêtez ou que le direct se termine.",
  notifyBlocked: "Votre navigateur bloque les notifications de ce site. Autorisez-les dans ses réglages, puis appuyez à nouveau.",
  notifyFailed: "Cela n’a pas fonctionné. Veuillez réessayer.",
};
