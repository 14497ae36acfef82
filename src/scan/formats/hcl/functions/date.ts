/** Functions of dates in RFC 3339. There is no now: what depends on the clock is unknown. */
import { type Answer, refuse, unknown } from "./answer.ts";
import { type FunctionTable, plain, structural } from "./terraform-function.ts";

const clock = structural(0, 0, (args, at) => unknown("the time of the run", args, at));

export const dateFunctions: FunctionTable = {
  formatdate: plain(["string", "string"], formatDate),
  plantimestamp: clock,
  timeadd: plain(["string", "string"], (text, duration) => {
    const moment = readMoment(text);
    const more = readDuration(duration);
    if (!moment || more === undefined) return refuse(moment ? "the text is no duration such as 24h" : noDate);
    return writeMoment({ ...moment, time: moment.time + more });
  }),
  timecmp: plain(["string", "string"], (one, other) => {
    const a = readMoment(one);
    const b = readMoment(other);
    return a && b ? Math.sign(a.time - b.time) : refuse(noDate);
  }),
  timestamp: clock,
};

const noDate = "the text is no time such as 2025-01-31T12:00:00Z";

interface Moment {
  /** Milliseconds since 1970, in UTC. */
  readonly time: number;
  /** Minutes east of UTC. */
  readonly offset: number;
  readonly utc: boolean;
}

function readMoment(text: string): Moment | undefined {
  const [, date = "", , sign, hours = "0", minutes = "0"] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?)(?:Z|([+-])(\d\d):(\d\d))$/.exec(text) ?? [];
  const time = Date.parse(text);
  if (date === "" || Number.isNaN(time)) return undefined;
  // Date.parse makes the 2nd of March of the 30th of February.
  if (Number(date.slice(8, 10)) !== new Date(`${date.slice(0, 19)}Z`).getUTCDate()) return undefined;
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return { time, offset, utc: sign === undefined };
}

/** The date and clock as they are at the offset. */
function local({ time, offset }: Moment): Date | undefined {
  const date = new Date(time + offset * 60_000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 0 ? undefined : date;
}

function writeMoment(moment: Moment): Answer {
  const date = local(moment);
  if (!date) return refuse("the time would be out of range");
  return (
    date.toISOString().replace(/(\.\d*?)0*Z$/, (_, part: string) => (part === "." ? "" : part)) + zone(moment, ":")
  );
}

function zone({ offset, utc }: Moment, colon: string): string {
  if (utc) return "Z";
  const minutes = Math.abs(offset);
  return `${offset < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}${colon}${two(minutes % 60)}`;
}

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

function readDuration(text: string): number | undefined {
  const [, sign, body = ""] = /^([+-]?)(.+)$/.exec(text) ?? [];
  if (body === "0") return 0;
  if (!/^(?:\d{1,12}(?:\.\d{1,12})?(?:ns|us|µs|ms|s|m|h))+$/.test(body)) return undefined;
  let sum = 0;
  for (const [, count, unit = ""] of body.matchAll(/([\d.]+)([a-zµ]+)/g)) sum += Number(count) * (units[unit] ?? 0);
  return sign === "-" ? -sum : sum;
}

const months = "January February March April May June July August September October November December".split(" ");
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const two = (number: number) => String(number).padStart(2, "0");

const fields: Readonly<Record<string, (date: Date, moment: Moment) => string>> = {
  YYYY: (date) => String(date.getUTCFullYear()).padStart(4, "0"),
  YY: (date) => two(date.getUTCFullYear() % 100),
  MMMM: (date) => months[date.getUTCMonth()] ?? "",
  MMM: (date) => (months[date.getUTCMonth()] ?? "").slice(0, 3),
  MM: (date) => two(date.getUTCMonth() + 1),
  M: (date) => String(date.getUTCMonth() + 1),
  DD: (date) => two(date.getUTCDate()),
  D: (date) => String(date.getUTCDate()),
  EEEE: (date) => days[date.getUTCDay()] ?? "",
  EEE: (date) => (days[date.getUTCDay()] ?? "").slice(0, 3),
  hh: (date) => two(date.getUTCHours()),
  h: (date) => String(date.getUTCHours()),
  HH: (date) => two(date.getUTCHours() % 12 || 12),
  H: (date) => String(date.getUTCHours() % 12 || 12),
  AA: (date) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  aa: (date) => (date.getUTCHours() < 12 ? "am" : "pm"),
  mm: (date) => two(date.getUTCMinutes()),
  m: (date) => String(date.getUTCMinutes()),
  ss: (date) => two(date.getUTCSeconds()),
  s: (date) => String(date.getUTCSeconds()),
  ZZZZZ: (_, { offset }) => zone({ time: 0, offset, utc: false }, ":"),
  ZZZZ: (_, { offset }) => zone({ time: 0, offset, utc: false }, ""),
  ZZZ: (_, moment) => (moment.offset === 0 ? "UTC" : zone({ ...moment, utc: false }, "")),
  Z: (_, moment) => zone({ ...moment, utc: moment.offset === 0 }, ":"),
};

/** Runs of one letter are fields, text in quotes is text, a doubled quote in it a quote. */
function formatDate(format: string, text: string): Answer {
  const moment = readMoment(text);
  const date = moment && local(moment);
  if (!moment || !date) return refuse(noDate);
  let wrong: string | undefined;
  const written = format.replace(
    /'((?:[^']|'')*)'|(([a-zA-Z])\3*)|'/g,
    (whole, quoted: string | undefined, run: string | undefined) => {
      if (quoted !== undefined) return quoted.replaceAll("''", "'");
      const field = run === undefined ? undefined : fields[run];
      if (!field) wrong ??= whole;
      return field ? field(date, moment) : "";
    },
  );
  return wrong === undefined ? written : refuse(`the format has no field ${wrong}`);
}
