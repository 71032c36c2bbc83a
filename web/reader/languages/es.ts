import type { Kinds, Words } from "../words.ts";
import { plurals } from "./plurals.ts";

const many = plurals("es");

export const words: Words = {
  newPosts: (count) => many(count, { one: "# publicación nueva", other: "# publicaciones nuevas" }),
  newPostsElsewhere: (count) => `${words.newPosts(count)} en la página del directo`,
  pause: "Pausar",
  resume: "Reanudar",
  open: "Se actualiza automáticamente.",
  polls: "Busca novedades cada 10 segundos.",
  paused: "Las publicaciones nuevas esperan hasta que reanude. Las correcciones siguen llegando.",
  lost: "Se ha perdido la conexión. Reintentando.",
  ended: "Este directo ha terminado.",
  corrected: (what) => `Corrección de la publicación: ${what}`,
  now: "ahora",
  minutesAgo: (count) => `hace ${count} min`,
  hoursAgo: (count) => `hace ${count} h`,
  timesIn: (zone) => `Horas en ${zone}.`,
  showEventTimes: (place) => `Ver hora de ${place}`,
  showMyTimes: "Ver mi hora",
  share: "Compartir",
  copied: "Enlace copiado",
  yourVote: (answer) => `Su voto: ${answer}`,
  voted: "Ya ha votado.",
  questionNotSent: "Su pregunta no se ha enviado. Inténtelo de nuevo.",
  notSent: "Su voto no se ha enviado. Inténtelo de nuevo.",
  kinds: { post: "publicación", video: "vídeo", sound: "audio", chart: "gráfico" },
  from: (kind: Kinds, site) => `${words.kinds[kind]} de ${site}`,
  show: (kind: Kinds, site) => `Mostrar ${words.from(kind, site)}`,
  loadsFrom: (host) => `Se carga desde ${host}, que puede usar cookies y saber que lee esta página.`,
  alwaysShow: (site) => `Mostrar siempre ${site} en este dispositivo`,
  askAgain: (site) => `Volver a preguntar antes de mostrar ${site}`,
};
