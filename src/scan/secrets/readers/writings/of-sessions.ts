/** Cookies: whoever sends the one of a session is taken for whoever signed in. */
import { atEach, behindEach, type Writing, type Writings } from "./writing.ts";

/** `Cookie: lang=en; session=v` */
const ofHeader: Writing = {
  before: /(?:^|[^\w-])cookie$/i,
  after:
    /^(?:[\w.-]{1,40}=[^\s;"']{0,60};\s?){0,4}?(?:\w{0,20}session(?:_?id)?|phpsessid|jsessionid|sid|connect\.sid|auth_?token|access_token|remember_token)=(?<value>(?=\S*\d)[^\s;"'`$<{},]{20,100})(?=[;"'`\\\s]|$)/di,
  kind: "token",
};

/** As frameworks call them; of `connect.sid` and `asp.net_sessionid` the first word. */
const cookies = ["phpsessid", "jsessionid", "connect.sid", "asp.net_sessionid", "laravel_session"];
const names = "(?:phpsessid|jsessionid|connect|asp|laravel_session|sessionid)";
const value = String.raw`(?<value>(?=\S*\d)[^\s;"'\x60$<{},&\\]{20,160})`;

/** `"PHPSESSID=v"`, `"lang=en; JSESSIONID=v"`: of a header that is sent; an address has the same behind `?` or `;`. */
const sent: Writing = {
  before: new RegExp(
    String.raw`^(?![^]*set-?cookie[^\n]{0,80}$)[^]*(?:["'\x60]|; |: |-b |--cookie |cookie=)${names}$`,
    "i",
  ),
  after: new RegExp(`^${value}(?=[;"'\`\\\\\\s]|$)`, "d"),
  kind: "token",
};
/** `cookies = {"PHPSESSID": "v"}`, `setCookie('JSESSIONID', 'v')`, `cookies["connect.sid"] = "v"` */
const kept: Writing = {
  after: new RegExp(String.raw`^(?:\]\s{0,3}=|\s{0,3}(?::|,|=>))\s{0,3}(?<open>["'])${value}\k<open>`, "d"),
  kind: "token",
};
/** `"Cookie": "session=v"`, `cookies = {"session": "v"}`: what so many sites call it counts right behind that word only. */
const sentAlone: Writing = { ...sent, before: /(?<!set-?)cookie["']?[\s:,(=>]{1,8}$/i };
const keptAlone: Writing = {
  before: /(?:^|\W)cookies["']?\s{0,3}[:=]\s{0,3}$/i,
  after: new RegExp(`^${value}["']`, "d"),
  kind: "token",
};
/** A name that much else has. */
const ofCookies = { company: /cookie/ };

export const writingsOfSessions: Writings = [
  ...atEach(["cookie: "], ofHeader),
  ...behindEach(cookies, ["="], sent),
  ...behindEach(cookies, ['"', "'"], kept),
  ...atEach(["'session=", '"session='], sentAlone),
  ...atEach(["{'session': '", '{"session": "'], keptAlone),
  ...atEach(["sessionid="], { ...sent, ...ofCookies }),
  ...behindEach(["sessionid"], ['"', "'"], { ...kept, ...ofCookies }),
];
