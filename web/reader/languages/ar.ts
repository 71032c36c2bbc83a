import type { Kinds, Words } from "../words.ts";
import { plurals } from "./plurals.ts";

const many = plurals("ar-u-nu-latn");

export const words: Words = {
  newPosts: (count) =>
    many(count, { one: "منشور جديد واحد", two: "منشوران جديدان", few: "# منشورات جديدة", many: "# منشورًا جديدًا", other: "# منشور جديد" }),
  newPostsElsewhere: (count) => `${words.newPosts(count)} في صفحة التغطية المباشرة`,
  pause: "إيقاف التحديث",
  resume: "استئناف التحديث",
  open: "تُحدَّث الصفحة تلقائيًا.",
  polls: "تُحدَّث الصفحة كل 10 ثوانٍ.",
  paused: "المنشورات الجديدة تنتظر حتى تستأنف. وتصل التصويبات كالمعتاد.",
  lost: "انقطع الاتصال. تجري إعادة المحاولة.",
  ended: "انتهت هذه التغطية المباشرة.",
  corrected: (what) => `تصويب للمنشور: ${what}`,
  now: "الآن",
  minutesAgo: (count) => `قبل ${count} د`,
  hoursAgo: (count) => `قبل ${count} س`,
  timesIn: (zone) => `الأوقات بتوقيت ${zone}.`,
  showEventTimes: (place) => `عرض توقيت ${place}`,
  showMyTimes: "عرض توقيتي",
  share: "مشاركة",
  copied: "نُسخ الرابط",
  yourVote: (answer) => `صوتك: ${answer}`,
  voted: "لقد صوّتَّ.",
  questionNotSent: "لم يصل سؤالك. حاول مرة أخرى.",
  notSent: "لم يصل صوتك. حاول مرة أخرى.",
  kinds: { post: "المنشور", video: "الفيديو", sound: "المقطع الصوتي", chart: "الرسم البياني" },
  from: (kind: Kinds, site) => `${words.kinds[kind]} من ${site}`,
  show: (kind: Kinds, site) => `عرض ${words.from(kind, site)}`,
  loadsFrom: (host) => `يُحمَّل من ${host}، وقد يضع ملفات تعريف ارتباط ويعرف أنك تقرأ هذه الصفحة.`,
  alwaysShow: (site) => `عرض محتوى ${site} دائمًا على هذا الجهاز`,
  askAgain: (site) => `السؤال مجددًا قبل عرض محتوى ${site}`,
};
