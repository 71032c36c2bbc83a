import type { Words } from "../words-later.ts";
import { listed, plurals } from "./plurals.ts";

const many = plurals("ar-u-nu-latn");

export const words: Words = {
  sinceYouLeft: "منذ مغادرتك",
  sinceCount: (since) =>
    listed(
      since,
      {
        posts: (count) =>
          many(count, { one: "منشور جديد واحد", two: "منشوران جديدان", few: "# منشورات جديدة", many: "# منشورًا جديدًا", other: "# منشور جديد" }),
        keyEvents: (count) =>
          many(count, { one: "حدث بارز واحد", two: "حدثان بارزان", few: "# أحداث بارزة", many: "# حدثًا بارزًا", other: "# حدث بارز" }),
        corrected: (count) => many(count, { one: "تصويب واحد", two: "تصويبان", few: "# تصويبات", many: "# تصويبًا", other: "# تصويب" }),
        withdrawn: (count) =>
          many(count, { one: "منشور مسحوب واحد", two: "منشوران مسحوبان", few: "# منشورات مسحوبة", many: "# منشورًا مسحوبًا", other: "# منشور مسحوب" }),
      },
      "، ",
    ),
  keyEvents: "أبرز الأحداث",
  correctedSince: "صُوِّب بعد أن قرأته",
  withdrawnSince: "سُحب بعد أن قرأته",
  withdrawnPost: "الاطلاع على ما بقي من المنشور",
  whereIWas: "العودة إلى حيث كنت",
  close: "إغلاق",
  offline: (time, age) => `أنت غير متصل. هذه النسخة من ${time}، ${age}.`,
  unreached: (time, age) => `يتعذر الوصول إلى الخادم. هذه النسخة من ${time}، ${age}.`,
  notifyMe: "أبلغني",
  upToDate: "عاد الاتصال، وهذه الصفحة محدّثة.",
};
