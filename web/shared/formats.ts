// Formatters of dates, made once for each form: making one takes longer than using it a hundred times.

const made = new Map<string, Intl.DateTimeFormat>();

/** The formatter of `locale` with `options`. There are as many as forms and zones on a page: a handful. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
  made.set(key, known);
  return known;
}
