/** Addresses that carry a password or a signature. */

import { placeholderReason } from "../judgement/placeholders.ts";
import { isStockPassword } from "../judgement/stock-passwords.ts";
import { placedScore } from "../judgement/value-scores.ts";
import { mayBe } from "../paths/path-facts.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { type Candidate, type Hit, latinText, noProposal, type Proposal, type View } from "../text/view.ts";

const longestAuthority = 320;
/** Hosts that stand for one's own. */
export const sampleHost =
  /(^|\.)((?:example|bogus)\.(com|org|net)|example|test|invalid|fake|foo\.com|bar\.com)$|^(host|hostname|some-?host|my-?host|server|your-?host|domain\.com|host\.com|\.\.\.)$/i;
const localHost =
  /^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal|db|database|postgres|mysql|mongo|mongodb|redis|rabbitmq|mssql)$/i;

interface UserInfo {
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly start: number;
  readonly end: number;
}

/** `scheme://user:password@host`; the hit is the `://`. */
function userInfoAt(view: View, hit: Hit): UserInfo | undefined {
  const { bytes } = view;
  const most = Math.min(bytes.length, hit.end + longestAuthority);
  let colon = -1;
  let at = hit.end;
  for (; at < most; at++) {
    const byte = bytes[at]!;
    if (byte === 0x40) break;
    if (byte === 0x3a && colon < 0) colon = at;
    if (endsUser(byte)) return undefined;
  }
  if (bytes[at] !== 0x40) return undefined;
  // A password may itself hold an unescaped `@`: the last one before the path ends the user part.
  for (let next = at + 1; next < most && isUserByte(bytes[next]!); next++) if (bytes[next] === 0x40) at = next;
  const hostEnd = hostEndAfter(bytes, at + 1);
  const host = bytes.toString("latin1", at + 1, hostEnd);
  const from = colon < 0 || colon > at ? hit.end : colon + 1;
  return {
    user: colon < 0 || colon > at ? "" : bytes.toString("latin1", hit.end, colon),
    password: bytes.toString("latin1", from, at),
    host,
    start: from,
    end: at,
  };
}

/** White space, `/`, quotes, `<` and `\` stand in no user and password. */
export function endsUser(byte: number): boolean {
  return (
    byte <= 0x20 || byte === 0x2f || byte === 0x22 || byte === 0x27 || byte === 0x60 || byte === 0x3c || byte === 0x5c
  );
}

function isUserByte(byte: number): boolean {
  return (
    byte > 0x20 && byte !== 0x2f && byte !== 0x3f && byte !== 0x22 && byte !== 0x27 && byte !== 0x60 && byte !== 0x3c
  );
}

function hostEndAfter(bytes: Buffer, from: number): number {
  let end = from;
  const most = Math.min(bytes.length, from + 253);
  while (end < most && /[A-Za-z0-9.[\]_-]/.test(String.fromCharCode(bytes[end]!))) end++;
  return end;
}

/** `jdbc:oracle:thin:user/password@host:1521:sid`, `cx_Oracle.connect('user/password@host/sid')` */
function oracleLogin({ bytes }: View, hit: Hit): UserInfo | undefined {
  const text = bytes.toString("latin1", hit.end, Math.min(bytes.length, hit.end + longestAuthority));
  const match = /^([\w.$-]{1,40})\/([^@"'\s/]{3,60})@\/{0,2}([\w.-]{1,253})/.exec(text);
  const [, user = "", password = "", host = ""] = match ?? [];
  const start = hit.end + user.length + 1;
  return match === null ? undefined : { user, password, host, start, end: start + password.length };
}

/** What the place adds to the odds: whoever writes a password into an address means one. */
const placeOdds = 2;
/** On the same machine a password that is the user's own name is a default. */
const namesakeOdds = -1;

export function readUserInfo(view: View, hit: Hit): Proposal {
  const ofOracle = view.bytes[hit.start] !== 0x3a;
  const found = ofOracle ? oracleLogin(view, hit) : userInfoAt(view, hit);
  if (
    found === undefined ||
    (!ofOracle && view.bytes[found.start - 1] !== 0x3a) ||
    (found.user === "" && found.password.length < 6) ||
    found.password.length < 3
  )
    return noProposal;
  const isFilled = found.host === "" && isFilledIn(view, found);
  if (found.host === "" && !isFilled) return noProposal;
  if (sampleHost.test(found.host) || isStandIn(found)) return noProposal;
  const password = percentDecoded(found.password);
  const sameAsUser = found.password.toLowerCase() === found.user.toLowerCase() && !isFarDatabase(view, hit, found.host);
  const weak = localHost.test(found.host) || sameAsUser || (isFilled && isOfWeb(view, hit));
  const score = scoreOf(view, hit, password, { weak, sameAsUser });
  const candidate: Candidate = {
    start: found.start,
    end: found.end,
    normalised: password,
    score,
    signals: ["password inside an address", ...(weak ? ["local host or weak default"] : [])],
  };
  if (score === 0) return noProposal;
  return { candidates: [candidate], skipTo: found.end };
}

function scoreOf(
  view: View,
  hit: Hit,
  password: string,
  { weak, sameAsUser }: { readonly weak: boolean; readonly sameAsUser: boolean },
): number {
  if (sameAsUser) return scoreValue(password, "password", { odds: namesakeOdds });
  // What a program's settings connect to, it connects to with this password, on the same machine, too.
  if (mayBe(view.facts, "config") && !view.facts.sample) return placedScore(password, placeOdds);
  if (weak) return scoreValue(password, "password");
  return isOfWeb(view, hit) ? scoreValue(password, "password", { odds: placeOdds }) : placedScore(password, placeOdds);
}

/** `mysql://shop:v@{host}/shop`, `"mongodb://shop:v@" + host`: where it is, is put in when it runs. */
function isFilledIn({ bytes }: View, { end }: UserInfo): boolean {
  return /^@(?:\$?\{\{?\s?[\w.]{1,40}|%[sv]|["'`]\s?[+.]\s?[\w$])/.test(latinText(bytes, end, end + 48));
}

/** A database or queue on the open net: whoever reaches it signs in, also where user and password are the same word. */
function isFarDatabase({ bytes, facts }: View, { start }: Hit, host: string): boolean {
  if (facts.sample || !farHost.test(host) || ownNetwork.test(host)) return false;
  return databaseScheme.test(latinText(bytes, start - 12, start));
}

const databaseScheme = /(?:mongodb(?:\+srv)?|postgres(?:ql)?|mysql|mariadb|rediss?|amqps?)$/i;
const farHost = /^\d{1,3}(?:\.\d{1,3}){3}$|\.(?:com|net|org|io|cloud|app)$/i;
const ownNetwork = /^(?:10|127|172\.(?:1[6-9]|2\d|3[01])|192\.168)\./;

/** Addresses of pages are what texts and tests about addresses show; those of databases and queues are written to be used. */
function isOfWeb({ bytes }: View, { start }: Hit): boolean {
  return /(https?|wss?|git)$/i.test(bytes.toString("latin1", Math.max(0, start - 5), start));
}

function isStandIn({ user, password, host }: UserInfo): boolean {
  if ([password, percentDecoded(password)].some((text) => placeholderReason(text) !== undefined)) return true;
  // A web app's own account for deployment is called `$site`.
  const ofSite = /^\$\w/.test(user) && /\.scm\.azurewebsites\.\w/i.test(host);
  // `admin` is a word of stand-ins, and a user all the same.
  if (!ofSite && !/^\w*(admin|access|root)$/i.test(user) && placeholderReason(user) !== undefined) return true;
  // `:pserver:anoncvs@host` of CVS: how it is reached, and a user.
  if (user === "" && /^(?:pserver|gserver|ext):/.test(password)) return true;
  if (/[${}()[\]<>*|]/.test(password) || (!ofSite && /^\$|[{}<>]/.test(user))) return true;
  return isStockPassword(password);
}

/** The text itself where its escapes are none. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
