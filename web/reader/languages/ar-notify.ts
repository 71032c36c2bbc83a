import type { Words } from "../words-notify.ts";

export const words: Words = {
  notified: "الإشعارات مفعّلة",
  notifyAbout: (headline) => `إشعارات على هذا الجهاز عن «${headline}»`,
  notifyKeyEvents: "أبرز الأحداث",
  notifyEverything: "كل منشور",
  notifyStop: "إيقاف",
  notifyOn: { key_events: "ستصلك إشعارات بأبرز الأحداث.", everything: "سيصلك إشعار بكل منشور." },
  notifyOff: "الإشعارات متوقفة.",
  notifyNote: "يحل كل إشعار محل سابقه. لا يُحفظ سوى اختيارك، ويُحذف عند الإيقاف أو انتهاء التغطية.",
  notifyBlocked: "متصفحك يحجب إشعارات هذا الموقع. اسمح بها في إعداداته ثم اضغط مجددًا.",
  notifyFailed: "لم ينجح ذلك. حاول مرة أخرى.",
};
