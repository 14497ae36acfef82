/** What stands in for a variable that is not set, where no reader of assignments looks for it. */
import { atEach, behindEach, blanks, literal, nextLiteral, type Writing, type Writings } from "./writing.ts";

const names = ["password", "passwd", "pass", "pwd", "pw", "secret", "token", "key"];

/** A text that is all of it: `|| "v".startsWith(x)`, `|| "v" === x` ask for something else. */
const whole = String.raw`${literal}(?!\s{0,2}(?:[.[+]|==))`;

/** `process.env.DB_PASSWORD ||` and `"v"` in the next line. */
const below: Writing = { next: " \t\r\n", after: new RegExp(String.raw`^[ \t]{0,4}\r?\n${blanks}${whole}`, "d") };
/** `System.getenv("DB_PASSWORD")`, and `?: "v"` in the next line. */
const signBelow: Writing = {
  next: "\r\n",
  after: new RegExp(String.raw`^\r?\n${blanks}(?:\?:|\|\||\?\?|or\b)\s{1,4}${whole}`, "d"),
};

/** `password = isLocal ? process.env.PW : "v"`: the other way is no literal, or an empty one. */
const otherWay = (quote: string): Writing => ({
  before: /\?\s?(?:[\w.[\]()$!]{1,60}|["']{2})$/,
  name: /([\w-]{2,48})["']?\s?[=:]\s?[^\n=;:"'`]{1,80}\?\s?(?:[\w.[\]()$!]{1,60}|["']{2})$/,
  after: new RegExp(`^(?<value>[^"'\`\\\\\n]{4,90})${quote}(?!\\s{0,2}[.+[?])`, "d"),
});

export const writingsOfFallbacks: Writings = [
  ...behindEach(names, [" ||", " ??", '"] ||', "'] ||", '") ||', "') ||", '") ?:', "') ?:"], below),
  ...behindEach(names, ['")', "')", '"]', "']"], signBelow),
  ...atEach([' : "'], otherWay('"')),
  ...atEach([" : '"], otherWay("'")),
  // `ENV.fetch("DB_PASSWORD") { "v" }` of Ruby, `$ENV{DB_PASSWORD} || "v"` of Perl.
  ...behindEach(names, ['") {', "') {", "} ||", "} //"], nextLiteral),
];
