/** Turns a value into text for a jsonb column. pg alone would send an array as a PostgreSQL array. */

export type JsonText = string & { readonly __json: true };

/** PostgreSQL refuses NUL and lone surrogates in jsonb; text from repositories and hooks may hold both: U+FFFD instead. */
export function json(value: unknown): JsonText {
  const text = JSON.stringify(value ?? null);
  if (!/\\u0000|\\ud[89a-f]/.test(text)) return text as JsonText;
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "string" ? storable(inner) : inner,
  ) as JsonText;
}

/** A value that came as JSON, as it came: to write it anew costs more than to look through it. */
export function jsonAsGiven(text: string, value: unknown): JsonText {
  return /\\u(0000|d[89a-f])/i.test(text) ? json(value) : (text as JsonText);
}

/** The same for a text column. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
