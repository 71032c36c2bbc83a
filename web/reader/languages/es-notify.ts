import type { Words } from "../words-notify.ts";

export const words: Words = {
  notified: "Avisos activados",
  notifyAbout: (headline) => `Avisos en este dispositivo sobre «${headline}»`,
  notifyKeyEvents: "Momentos clave",
  notifyEverything: "Todas las publicaciones",
  notifyStop: "Desactivar",
  notifyOn: { key_events: "Recibirá avisos de los momentos clave.", everything: "Recibirá avisos de todas las publicaciones." },
  notifyOff: "Los avisos están desactivados.",
  notifyNote: "Cada aviso sustituye al anterior. Solo se guarda su elección, y se borra cuando lo desactiva o termina el directo.",
  notifyBlocked: "Su navegador bloquea los avisos de este sitio. Permítalos en su configuración y pulse de nuevo.",
  notifyFailed: "No ha funcionado. Inténtelo de nuevo.",
};
