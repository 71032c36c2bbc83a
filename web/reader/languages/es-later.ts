import type { Words } from "../words-later.ts";
import { listed, plurals } from "./plurals.ts";

const many = plurals("es");

export const words: Words = {
  sinceYouLeft: "Desde que se fue",
  sinceCount: (since) =>
    listed(since, {
      posts: (count) => many(count, { one: "# publicación nueva", other: "# publicaciones nuevas" }),
      keyEvents: (count) => many(count, { one: "# momento clave", other: "# momentos clave" }),
      corrected: (count) => many(count, { one: "# corrección", other: "# correcciones" }),
      withdrawn: (count) => many(count, { one: "# publicación retirada", other: "# publicaciones retiradas" }),
    }),
  keyEvents: "Momentos clave",
  correctedSince: "Corregido desde que lo leyó",
  withdrawnSince: "Retirado desde que lo leyó",
  withdrawnPost: "Ver lo que queda de la publicación",
  whereIWas: "Volver a donde estaba",
  close: "Cerrar",
  offline: (time, age) => `No tiene conexión. Esta copia es de ${time}, ${age}.`,
  unreached: (time, age) => `No se puede conectar con el servidor. Esta copia es de ${time}, ${age}.`,
  notifyMe: "Avisarme",
  upToDate: "Vuelve a tener conexión y esta página está al día.",
};
