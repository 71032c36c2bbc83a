import type { Words } from "../words-later.ts";
import { listed, plurals } from "./plurals.ts";

const many = plurals("uk");

export const words: Words = {
  sinceYouLeft: "Відколи вас не було",
  sinceCount: (since) =>
    listed(since, {
      posts: (count) => many(count, { one: "# новий допис", few: "# нові дописи", other: "# нових дописів" }),
      keyEvents: (count) => many(count, { one: "# ключова подія", few: "# ключові події", other: "# ключових подій" }),
      corrected: (count) => many(count, { one: "# виправлення", few: "# виправлення", other: "# виправлень" }),
      withdrawn: (count) => many(count, { one: "# відкликаний допис", few: "# відкликані дописи", other: "# відкликаних дописів" }),
    }),
  keyEvents: "Ключові події",
  correctedSince: "Виправлено, відколи ви читали",
  withdrawnSince: "Відкликано, відколи ви читали",
  withdrawnPost: "Переглянути, що лишилося від допису",
  whereIWas: "Повернутися туди, де ви були",
  close: "Закрити",
  offline: (time, age) => `Немає мережі. Це копія за ${time}, ${age}.`,
  unreached: (time, age) => `Сервер недоступний. Це копія за ${time}, ${age}.`,
  notifyMe: "Сповіщати мене",
  upToDate: "З’єднання відновлено, сторінка актуальна.",
};
