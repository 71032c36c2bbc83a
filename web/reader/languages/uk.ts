import type { Kinds, Words } from "../words.ts";
import { plurals } from "./plurals.ts";

const many = plurals("uk");

export const words: Words = {
  newPosts: (count) => many(count, { one: "# новий допис", few: "# нові дописи", other: "# нових дописів" }),
  newPostsElsewhere: (count) => `${words.newPosts(count)} на сторінці трансляції`,
  pause: "Призупинити",
  resume: "Відновити",
  open: "Оновлюється автоматично.",
  polls: "Оновлюється кожні 10 секунд.",
  paused: "Нові дописи чекають, доки ви відновите оновлення. Виправлення надходять і далі.",
  lost: "З’єднання втрачено. Пробуємо ще раз.",
  ended: "Трансляцію завершено.",
  corrected: (what) => `Виправлення до допису: ${what}`,
  now: "щойно",
  minutesAgo: (count) => `${count} хв тому`,
  hoursAgo: (count) => `${count} год тому`,
  timesIn: (zone) => `Час за ${zone}.`,
  showEventTimes: (place) => `Показати час: ${place}`,
  showMyTimes: "Показати мій час",
  share: "Поділитися",
  copied: "Посилання скопійовано",
  yourVote: (answer) => `Ваш голос: ${answer}`,
  voted: "Ви проголосували.",
  questionNotSent: "Запитання не вдалося надіслати. Спробуйте ще раз.",
  notSent: "Голос не вдалося надіслати. Спробуйте ще раз.",
  kinds: { post: "допис", video: "відео", sound: "аудіо", chart: "графік" },
  from: (kind: Kinds, site) => `${words.kinds[kind]} з ${site}`,
  show: (kind: Kinds, site) => `Показати ${words.from(kind, site)}`,
  loadsFrom: (host) => `Завантажується з ${host}: цей сайт може встановити файли cookie й дізнатися, що ви читаєте цю сторінку.`,
  alwaysShow: (site) => `Завжди показувати ${site} на цьому пристрої`,
  askAgain: (site) => `Знову питати, перш ніж показувати ${site}`,
};
