/** Template functions on dates. The present is unknown. */
import type { Node } from "../../node.ts";
import { type FunctionTable, strict } from "../call.ts";
import { isNumber, isText, scalarOf, unknownOf } from "../values.ts";

export const dateFunctions: FunctionTable = {
  datetimeadd: strict(([start, duration, form], { at }) => {
    if (!isText(start) || !isText(duration)) return undefined;
    const date = dateOf(start.value);
    const later = date && added(date, duration.value);
    return later && dateText(later, isText(form) ? form.value : usualForm(start.value), at);
  }),
  datetimefromepoch: strict(([seconds], { at }) => {
    if (!isNumber(seconds) || Math.abs(seconds.value) > 1e11) return undefined;
    return scalarOf(at, `${new Date(seconds.value * 1000).toISOString().slice(0, 19)}Z`);
  }),
  datetimetoepoch: strict(([text], { at }) => {
    const date = isText(text) ? dateOf(text.value) : undefined;
    return date && scalarOf(at, Math.floor(date.getTime() / 1000));
  }),
  utcnow: ({ at }) => unknownOf(at, "the time of the deployment"),
};

/** A date in the notation of JSON comes back so; all others as the United States write them. */
function usualForm(start: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(start)) return "M/d/yyyy h:mm:ss tt";
  return start.endsWith("Z") ? "yyyy-MM-ddTHH:mm:ssZ" : "K";
}

function dateOf(text: string): Date | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?)\s*(Z|[+-]\d\d:\d\d)?)?$/i.exec(
    text.trim(),
  );
  if (!match) return undefined;
  const date = new Date(`${match[1]}T${match[2] ?? "00:00"}${match[3] ?? "Z"}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Adds an ISO 8601 duration: `P3Y`, `-P9D`, `PT1H`. */
function added(start: Date, duration: string): Date | undefined {
  const match =
    /^(-)?P(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/.exec(
      duration,
    );
  if (!match) return undefined;
  const sign = match[1] ? -1 : 1;
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(2)
    .map((digits) => sign * Number(digits ?? 0));
  const date = new Date(start);
  date.setUTCMonth(date.getUTCMonth() + 12 * (years ?? 0) + (months ?? 0));
  const rest = ((7 * (weeks ?? 0) + (days ?? 0)) * 24 + (hours ?? 0)) * 3600 + 60 * (minutes ?? 0) + (seconds ?? 0);
  const later = new Date(date.getTime() + rest * 1000);
  return Number.isNaN(later.getTime()) ? undefined : later;
}

const wholeForms: Readonly<Record<string, string>> = {
  u: "yyyy-MM-dd HH:mm:ssZ",
  s: "yyyy-MM-ddTHH:mm:ss",
  d: "MM/dd/yyyy",
  o: "yyyy-MM-ddTHH:mm:ss.0000000Z",
};

function dateText(date: Date, form: string, at: Node["at"]): Node {
  const two = (number: number) => String(number).padStart(2, "0");
  const hour = date.getUTCHours();
  const words: Readonly<Record<string, string>> = {
    yyyy: String(date.getUTCFullYear()).padStart(4, "0"),
    yy: two(date.getUTCFullYear() % 100),
    MM: two(date.getUTCMonth() + 1),
    M: String(date.getUTCMonth() + 1),
    dd: two(date.getUTCDate()),
    d: String(date.getUTCDate()),
    HH: two(hour),
    H: String(hour),
    hh: two(hour % 12 || 12),
    h: String(hour % 12 || 12),
    mm: two(date.getUTCMinutes()),
    m: String(date.getUTCMinutes()),
    ss: two(date.getUTCSeconds()),
    s: String(date.getUTCSeconds()),
    tt: hour < 12 ? "AM" : "PM",
  };
  const pattern = wholeForms[form] ?? form;
  const text = pattern.replace(/yyyy|yy|MM?|dd?|HH?|hh?|mm?|ss?|tt/g, (word) => words[word] ?? word);
  return /[fgKz]/.test(pattern) ? unknownOf(at, `the date format ${form} is not supported`) : scalarOf(at, text);
}
