/** Writings of documents, help texts and logs: sentences, cells and lines in which a password or key is told. */
import { asBytes } from "../../text/small-letters.ts";
import { atEach, behindEach, marked, names, quote, type Writing, type Writings } from "./writing.ts";

/** `Login / Password:`, and `user / v` in its line or the next; two in backticks may have a word between them. */
const ofAccount: Writing = {
  after:
    /^[:*]{0,3}[^\n]{0,8}\n?[\s>*`-]{0,6}[\w.@-]{2,40}(?:[`*]{0,2}\s?\/\s?[`*]{0,2}|`,? (?:and|with) `)(?<value>(?=\S*\d)(?=\S*[A-Za-z])[^\s"'`*<|,;()\\/]{6,64})(?=[`*.,;)]{0,2}(?:\s|$))/d,
  kind: "password",
  isProse: true,
};
/** The same of a number, where the heading says what it is. */
const ofAccountInNumbers: Writing = {
  ...ofAccount,
  after:
    /^[:*]{0,3}[^\n]{0,8}\n?[\s>*`-]{0,6}[\w.@-]{2,40}[`*]{0,2}\s?\/\s?[`*]{0,2}(?<value>\d{6,8})(?=[`*.,;)]{0,2}(?:\s|$))/d,
};

/** "Login at https://shop.example with `user` / `v`" */
const ofAccountThere: Writing = {
  after:
    /^[*:]{0,3}\s?\S{4,90},? (?:with|using|as)(?: credentials| account| user)?:? `[\w.@-]{2,40}`(?:\s?[/:]\s?|,? (?:and|with|password:?) )`(?<value>(?=\S*\d)(?=\S*[A-Za-z])[^\s"'`*<|,;()\\/]{6,64})`/d,
  kind: "password",
  isProse: true,
  place: /.$/,
};
/** "credentials in the file: `user:v`" */
const ofBoth: Writing = {
  after: /^(?:\W|\s[^\n`]{0,60})`[\w.@-]{2,40}:(?<value>(?=\S*\d)(?=\S*[A-Za-z])[^\s"'`*<|,;()\\/:]{6,64})`(?!:)/d,
  kind: "password",
  isProse: true,
};
/** `ops@contoso.net / v` below "credentials", in documents and in what a program prints. */
const ofAddress: Writing = {
  before: /[\w.+-]@(?:[\w-]{1,40}\.){0,3}[\w-]{1,40}$/,
  after: /^[`*]{0,3}(?<value>(?=\S*\d)(?=\S*[A-Za-z])[^\s"'`*<|,;()\\/:]{6,64})(?=[`*.,;)]{0,3}(?:\s|["'`\\<]|$))/d,
  kind: "password",
  company: /credential|log ?in|sign ?in|account|password|passwort/,
};
/** "Serial: 1A2B3-…", in groups of five. */
const ofProgram: Writing = {
  before: /(?:^|\n)[ \t>*#-]{0,8}(?:\w{2,20} )?\w{3,12}(?: key| code)?$/i,
  after: /^["'`]?(?<value>(?=[A-Z0-9-]{0,28}\d)[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3,5})["'`]?[ \t]{0,4}(?=[\r\n]|$)/d,
  kind: "key",
};

/** Behind "the password": a value that looks like none of the words of a sentence. */
const toldNext: Writing = { after: new RegExp(`^${marked}`, "d"), kind: "password", isProse: true };
/** "`API_KEY` to `v`" */
const setTo: Writing = { after: new RegExp(`^${marked}`, "d"), isProse: true };
/** "Password for ops: v", "the password for ops is v" */
const forSomebody: Writing = {
  after: new RegExp(
    `^["'\`*]{0,2}[\\w.@ -]{1,30}?["'\`*]{0,2}(?: is| was set to| set to| =|:)\\*{0,2}\\s{1,3}${marked}`,
    "d",
  ),
  kind: "password",
};
const ofSomebody: Writing = { ...forSomebody, isProse: true };
/** The same in a comment of code. */
const ofSomebodyInComment: Writing = {
  ...forSomebody,
  before: /(?:^|\n)[ \t]*(?:--|#|\/\/|\/?\*)[^\n]{0,60}$/,
};
/** "the password of all users is set to `v`", "of the passwords in this section the defaults are set to `v`" */
const setForAll: Writing = {
  before:
    /\bpasswords?(?:,? (?:of|for|in|on|mentioned|used)\b[^.:;!?]{0,60})?\s{1,2}(?:(?:the )?defaults?\s)?(?:is|are|was|were|been)(?: all)?\s{1,2}set$/i,
  after: /^(?<open>["'`])(?<value>[^\s"'`<\\]{6,64})\k<open>/d,
  kind: "password",
  isProse: true,
};
/** "with a base password of v", also in what a script says; "of v" of another one would be an owner. */
const ofValue: Writing = {
  before: /\b(?:an?|base|common|default|first|initial|same|temp|temporary) password$/i,
  after: new RegExp(`^(?:${quote}(?=\\S))?(?<bare>[^\\s"'\`*<>|,;()$]{6,64}?)(?=[.!]?["'\`]?[.!]?\\s*(?:\\n|$))`, "d"),
  kind: "password",
};
/** "the password (default: v)", also in the text of a program's help. */
const byDefault: Writing = {
  after: /^s?(?: value)?(?: is)?[:=]? ["'`]{0,2}(?<bare>[^\s"'`()<>[\]{}$%]{6,64})["'`]{0,2}[)\]]/d,
};
/** The next cell of a table, or what a term means, in HTML. */
const nextCell: Writing = {
  after:
    /^\s{0,40}<(?:td|th|dd)(?: [^<>]{0,60})?>\s{0,20}(?:<(?:code|b|strong|tt|span|kbd)>)?(?<bare>[^\s<>"'`&{}]{6,64})\s{0,20}<\//d,
};
/** `<input type="password" placeholder="••••" value="v">`: other attributes stand between, or the value comes first. */
const attribute = "\\s{1,30}[\\w:@.#*()[\\]-]{1,30}(?:=(?:\"[^\"<>]{0,80}\"|'[^'<>]{0,80}'|\\{[^{}<>\"']{0,60}\\}))?";
const fieldValue = "value=\\{?(?<open>[\"'])(?<value>[^\"'<>{}@$%\\n][^\"'<>{}\\n]{3,63})\\k<open>\\}?";
const ofField: Writing = {
  // A name of its own right before the value is read with it.
  after: new RegExp(`^(?:${attribute}){1,7}?(?<!passw\\w{0,9}["']|pwd?["'])\\s{1,30}(?:default)?${fieldValue}`, "di"),
  kind: "password",
};
const ofFieldBehind: Writing = {
  back: new RegExp(`\\s(?:default)?${fieldValue}(?:${attribute}){0,5}\\s{1,30}type$`, "di"),
  kind: "password",
};
/** A line that is a name so far. */
const nameAlone = new RegExp(`(?:^|\\n)(?:[\\s>*#-]|${asBytes("•")}){0,8}(?:[A-Za-z]{2,12} ){0,2}\\w{3,12}$`);
/** "Password - v" in a line of its own. */
const behindDash: Writing = {
  before: nameAlone,
  after: /^[`*"']{0,2}(?<bare>[^\s"'`*<>|]{6,64})[`*"']{0,2}[ \t]{0,4}(?:\r?\n|$)/d,
  isProse: true,
};
/** The name in a line, and the value below it or behind a tab. */
const below: Writing = {
  before: nameAlone,
  after: /^[ \t]{0,24}[`*]{0,2}(?<bare>[^\s"'`*<>|:]{6,64})[`*]{0,2}[ \t]{0,4}(?:\r?\n|$)/d,
  isProse: true,
};
/** `**Password:** v`, `<b>Password:</b> v`, `'''Password:''' v` of a wiki. */
const bold: Writing = {
  after: new RegExp(`^\\s{0,3}:?\\s{0,3}${marked}`, "d"),
  isProse: true,
  mayBeWords: true,
};
/** `**Password**: v`, `<b>Password</b> - v` */
const boldName: Writing = { ...bold, after: new RegExp(`^\\s?[:=-]\\s{0,3}${marked}`, "d") };
/** "The token is v", also in a comment. */
const told: Writing = { after: new RegExp(`^(?!${quote})${marked}`, "d") };
/** "The password is 471182.", also in a comment or a text of a script. */
const toldNumber: Writing = {
  after:
    /^(?:(?<open>["'`])(?<value>\d{5,12})\k<open>|(?<value>\d{5,12})(?=[.,;)!]{1,2}(?:\s|$)|["'`<\\]|[ \t]*(?:\r?\n|$)))/d,
  kind: "password",
};

/** By the anchor in small letters. */
export const writingsOfDocuments: Writings = [
  ...atEach(
    [
      "login with ",
      "log in with ",
      "login as ",
      "log in as ",
      "sign in with ",
      "account: ",
      "credentials: ",
      "credentials are ",
      "login: ",
      "login / password",
      "login/password",
      "user / password",
      "username / password",
      "username/password",
      "user/pass",
    ],
    ofAccount,
  ),
  ...atEach(
    ["login / password", "login/password", "user / password", "username / password", "username/password"],
    ofAccountInNumbers,
  ),
  ...atEach(["login at ", "log in at ", "sign in at ", "login to ", "log in to "], ofAccountThere),
  ...atEach(["credentials"], ofBoth),
  ...behindEach([".com", ".net", ".org", ".io", ".local", ".test", ".dev"], [" / ", "` / `"], ofAddress),
  ...behindEach(["serial", "serial key", "license key", "licence key", "license", "activation key"], [": "], ofProgram),
  ...atEach(
    [
      "with password ",
      "and password ",
      "the password ",
      "using password ",
      "password set to ",
      "password is set to ",
      "password was set to ",
      "password defaults to ",
      "generated for root@localhost: ",
    ],
    toldNext,
  ),
  ...atEach(["password is ", "passphrase is ", "token is ", "key is ", "password is: "], told),
  ...atEach(["password is ", "password is: ", "passwords are "], toldNumber),
  ...atEach(["pre-shared key is ", "preshared key is "], toldNext),
  ...atEach(["password for "], ofSomebody),
  ...atEach(["password for "], ofSomebodyInComment),
  ...atEach(["set to "], setForAll),
  ...atEach(["password of "], ofValue),
  ...behindEach(names, ["` to ", "` to: "], setTo),
  ...behindEach(names, ["**", "</b>", "</strong>"], boldName),
  ...behindEach(names, [":**", "*:", ":</b>", ":</strong>"], bold),
  ...behindEach(names, [" (default", " [default", "` (default"], byDefault),
  ...behindEach(names, ["</td>", ":</td>", "</th>", ":</th>", "</dt>", ":</dt>"], nextCell),
  ...atEach(['type="password"', "type='password'"], ofField),
  ...atEach(['type="password"', "type='password'"], ofFieldBehind),
  ...atEach(["password - ", asBytes("password – "), "pwd - ", "pass - "], behindDash),
  ...behindEach(["password", "pwd"], ["\t", "  ", ":\n", ":\r\n"], below),
  ...behindEach(["password", "key", "token"], ["'''", ":'''"], bold),
];
