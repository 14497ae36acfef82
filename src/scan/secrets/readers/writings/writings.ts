/** All writings by the text at which each may stand; here those of code and of tests. */
import { ciphersInUse, noVectors } from "../../text/cipher-words.ts";
import { givenBack } from "./given-back.ts";
import { writingsOfComments } from "./of-comments.ts";
import { writingsOfDocuments } from "./of-documents.ts";
import { writingsOfFallbacks } from "./of-fallbacks.ts";
import { writingsOfHashes } from "./of-hashes.ts";
import { writingsOfInstallers } from "./of-installers.ts";
import { writingsOfLabels } from "./of-labels.ts";
import { writingsOfLanguages } from "./of-languages.ts";
import { writingsOfMarkup } from "./of-markup.ts";
import { writingsOfSessions } from "./of-sessions.ts";
import { writingsOfSettings } from "./of-settings.ts";
import { writingsOfTemplates } from "./of-templates.ts";
import { writingsOfTokens } from "./of-tokens.ts";
import { turnedRound } from "./turned-round.ts";
import {
  atEach,
  behindEach,
  blanks,
  computedFrom,
  literal,
  names,
  nextLiteral,
  secondLiteral,
  type Writing,
  type Writings,
} from "./writing.ts";

/** What parts two cells of Robot Framework, and a cell that holds no variable. */
const gap = "(?: {2,}|\\t+)";
const cell = "(?<value>(?![$%@&]\\{|#)\\S(?:(?![$%@&]\\{)\\S){3,63})(?= {2}|\\t|\\s*\\n|\\s*$)";

/** What a test does with a field first: `.clear()`, `.should('be.visible')`, in its line or the next. */
const prepared = `(?:${blanks}\\.(?:clear|click|focus|should|first)\\([^()\\n]{0,30}\\)){0,2}${blanks}`;
const setter: Writing = {
  next: ").",
  after: new RegExp(
    `^\\)?${prepared}\\.(?:(?:type|fill|fillasync|type_?text|set_?text|replace_?text|val|press_?sequentially|set_?value|send_?keys)\\(\\s*|(?:value|text)\\s*[=!]?={1,2}\\s*@?)(?<open>["'\`])(?<value>(?!["'\`])(?:(?!\\k<open>)[^\\\\\\n]){4,200}?)(?:\\{enter\\})?\\k<open>`,
    "di",
  ),
};
/** `passwordInput.fill('v')`: the field itself is named so. */
const fieldItself: Writing = { ...setter, next: ".", kind: "password" };
/** `userEvent.type(passwordInput, 'v')` */
const intoField: Writing = {
  before: /\.(?:type|paste|changeText)\(\s{0,9}\w{0,30}$/i,
  after: new RegExp(`^\\s{0,9}${literal}`, "d"),
  kind: "password",
};
/** `btoa('user:v')`, `b64encode(b"user:v")`; a user's own name is what it begins with. */
const userAndPassword = "^(?<user>[\\w.@+-]{1,40}):(?!\\k<user>[\"'`])(?<value>[^\\s\"'`\\\\{}$]{4,64})[\"'`]";
const basic: Writing = {
  after: new RegExp(userAndPassword, "d"),
  kind: "password",
  place: /(?:\bbasic|auth(?:orization|entication|_?header)?|credentials?)(?![a-z])[^\n;]{0,60}$/i,
};
/** `Buffer.from('user:v').toString('base64')` */
const basicOfBuffer: Writing = {
  ...basic,
  after: new RegExp(`${userAndPassword}(?:, ?["'\`][\\w-]{3,8}["'\`])?\\)\\.toString\\(["'\`]base64`, "d"),
};
/** `fireEvent.change(passwordInput, { target: { value: 'v' } })` */
const typed: Writing = {
  after: new RegExp(
    `^\\.change\\(passw[^\\n,]{0,30},\\s{0,9}\\{\\s{0,9}target:\\s?\\{\\s{0,9}value:\\s?${literal}`,
    "d",
  ),
  kind: "password",
};
/** `let(:api_key) { 'v' }` */
const defined: Writing = { after: new RegExp(`^(?<name>\\w{3,40})\\)\\s?\\{\\s?${literal}\\s?\\}`, "d") };
const robotVariable: Writing = {
  next: " \t=",
  before: /(?:^|\n)[ \t]*\$\{[\w -]{0,40}$/,
  after: new RegExp(
    `^[ \\t]?=?${gap}(?:set (?:test |suite |global )?variable${gap}(?:\\$\\{[\\w ]{1,40}\\}${gap})?)?${cell}`,
    "di",
  ),
};
const robotInput: Writing = { after: new RegExp(`^${gap}\\S{1,60}${gap}${cell}`, "d"), kind: "password" };
/** `Login    fred    v`, `Attempt to Login with Credentials    fred    v`: a keyword says what is done, behind it stand who and the password. */
const robotLogin: Writing = {
  only: ["plain", "text"],
  before: /(?:^|\n)(?: {2,}|\t)[ \t]*(?:[A-Z]\w{0,14} (?:(?:to|with|as|a) )?){0,4}\w{3,12}$/,
  after: new RegExp(`^[ \\t]*[A-Za-z][\\w.@-]{1,40}${gap}(?<bare>[^\\s$@&#{}]{6,64})[ \\t]*(?=[\\r\\n]|$)`, "d"),
  kind: "password",
};
/** `Create Valid User    fred    v` */
const robotUser: Writing = {
  ...robotLogin,
  before: /(?:^|\n)(?: {2,}|\t)[ \t]*(?:create|add|register|log ?in|sign in)(?: [a-z]{1,9}){0,2} \w{4,7}$/i,
};
const robotText: Writing = { after: new RegExp(`^${gap}\\S{0,40}passw\\S{0,30}${gap}${cell}`, "di"), kind: "password" };
const vector: Writing = {
  before: /(?:^|[^A-Za-z0-9])(?:iv|IV)$|[a-z](?:IV|Iv)$/,
  after: new RegExp(
    `^\\s?(?:\\[\\]byte\\(|new \\w+\\(|[\\w.]{0,20}getbytes\\(|buffer\\.from\\(|bytes\\.fromhex\\(|convert\\.frombase64string\\()?b?${literal}`,
    "di",
  ),
  kind: "salt",
  company:
    /\baes|cipher|crypt|\bcbc\b|\b3?des\b|["'`][a-z0-9+/]{16}["'`]|["'`][a-f0-9]{32}["'`]|frombase64string\(["'][a-z0-9+/]{22}==["']/,
};

/** `aesKey, err := hex.DecodeString("v")` of Go: a second name takes the error. */
const decoded: Writing = {
  next: '"`',
  name: /(\w{2,48}), ?\w{1,12} {0,12}:?= ?[\w.]{1,40}$/,
  before: /(?:key|secret|salt|passw|token)\w{0,16}, ?\w{1,12} {0,12}:?= ?[\w.]{1,40}$/i,
  after: new RegExp(`^${literal}`, "d"),
  company: noVectors,
};
/** A name that says no more than `key`, where something is encrypted. */
const decodedKey: Writing = {
  ...decoded,
  before: /\bkey, ?\w{1,12} {0,12}:?= ?[\w.]{1,40}$/i,
  kind: "key",
  company: ciphersInUse,
};
/** `byte[] key = "v".getBytes()`, `byte[] Key = Encoding.UTF8.GetBytes("v")`: a key that somebody typed. */
const typedKey: Writing = {
  before: /\bbyte\[\] \w{0,24}(?:key|keybytes)$/i,
  after: /^(?<value>[!#-[\]-~]{8,64})"\.getBytes\(/d,
  kind: "password",
  place: /.$/,
};
const typedKeyWithin: Writing = {
  ...typedKey,
  before: /\bbyte\[\] \w{0,24}(?:key|keybytes) = (?:System\.Text\.)?Encoding\.\w{3,16}\.GetBytes$/i,
  after: /^(?<value>[!#-[\]-~]{8,64})"\)/d,
};
/** `const key = CryptoJS.enc.Utf8.parse("v")`, of as many characters as a cipher takes. */
const parsedKey: Writing = {
  ...typedKey,
  before: /(?:key|iv)\w{0,12}(?:: ?\w{1,20})? ?[=:] ?(?:\w{1,20}\.){1,3}utf8$/i,
  after: /^["'](?<value>(?:[!#-&(-[\]-~]{16}|[!#-&(-[\]-~]{24}|[!#-&(-[\]-~]{32}))["']\)/d,
};
/** `uint8_t aes_key[AES_KEY_SIZE] = "v"`: the size has a name. */
const sized: Writing = {
  next: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  before: /\b(?:char|u?int8_t|u8|byte|uchar)[ \t*]{1,4}\w{2,48}$/i,
  after: new RegExp(`^\\w{2,40}(?: ?[+*-] ?\\w{1,24})?\\]\\s{0,3}=\\s{0,12}L?${literal}`, "d"),
};
const sizedKey: Writing = {
  ...sized,
  before: /\b(?:char|u?int8_t|u8|byte|uchar)[ \t*]{1,4}\w{0,48}key$/i,
  kind: "key",
  company: ciphersInUse,
};

/** Eight digits of a PUK, and what is no number: a `pincode` of six digits is of an address. */
const ofCard: Writing = {
  after: /^(?:_?code)?["']?\s{0,3}[:=]\s{0,3}["'](?<value>\d{8})["']/di,
  kind: "password",
};
const pinOfLetters: Writing = {
  after: /^["']?\s{0,3}[:=]\s{0,3}["'](?<value>(?![^"'\n]{0,24}(?:pin|code))(?=\d{0,24}[A-Za-z])[!-~]{4,24})["']/di,
  kind: "password",
};
const pinOfDigits: Writing = {
  after: /^(?:_?code)?["']?\s{0,3}[:=]\s{0,3}["'](?<value>\d{6,8})["']/di,
  kind: "password",
};

/** `{"Password", "v"}` of C#, `attribute :password, 'v'` of Ruby. */
const inBraces: Writing = { before: /\{\s{0,20}"[\w.:-]{0,40}$/, after: new RegExp(`^\\s?${literal}\\s?\\}`, "d") };
const behindSymbol: Writing = { after: new RegExp(`^\\s?(?:with: ?)?${literal}`, "d") };
/** `getByLabelText(/password/i), 'v')`, and what `fireEvent.change` hands over there. */
const behindField: Writing = {
  after: new RegExp(`^\\s{0,3}(?:\\{\\s{0,9}target:\\s?\\{\\s{0,9}value:\\s?)?${literal}`, "d"),
};

/** `provider :github, 'id', 'v'` of OmniAuth, `config.omniauth :github, 'id', 'v'` of Devise. */
const ofProvider: Writing = {
  after: new RegExp(`^\\w{3,30},${blanks}(?<first>["'])[^"'\\n]{4,90}\\k<first>,${blanks}${literal}`, "d"),
  kind: "secret",
};
/** `JWT_SECRET: z.string().default('v')`: the name stands before all that. */
const ofSchema: Writing = {
  name: /([\w-]{2,40})["']?\s?[:=][^\n:=;,]{0,60}$/,
  after: new RegExp(`^${literal}`, "d"),
};
const salt = "[\"'](?<value>[^\"'\\\\\\n]{10,80})[\"']";
/** `md5(time + "v")`, `sha1('v' . $password)`: what is put to something before both are hashed. */
const besideHashed: Writing = {
  after: new RegExp(
    `^\\(?(?:[\\w$.()[\\]>-]{1,60}\\s?[+.]\\s?[bu]?${salt}\\s?[),.]|[bu]?${salt}\\s?[+.]\\s?[\\w$])`,
    "d",
  ),
  kind: "salt",
};
/** `conf.preSharedKey = "\\"v\\""` of Android: the quotes are part of what is kept. */
const ofNetwork: Writing = {
  after: /^(?<value>[^"'\\\s$%{]{8,63})\\"/d,
  kind: "password",
  place: /.$/,
};
const quotes = ["'", '"'];
/** Calls that write something as base64, of many languages. */
const encoders = [
  ...["btoa(", "b64encode(", "b64encode(b", "b64encode(bytes(", "base64_encode(", "encode_base64(", "encode64("],
  ...["base64.encode(", "base64encode(", "encodetostring(", "encodetostring([]byte(", "encodebase64string("],
];
const fields = ["]')", ']")', "\"]')", "']\")", "')", '")', "' })", '" })', "-input')", '-input")', "/i)", '"]'];
const fieldNames = ["input", "_input", "field", "_field", "box", "_box", "textfield", "element"];
const handedTo = ["', with: ", '", with: ', "]', with: ", ']", with: ', "', :with => ", '", :with => ', "'),", '"),'];
const vectors = ["=", " =", " :=", ":", '":', "':", "' =>", '" =>', "'] =", '"] ='];

const ofCode: Writings = [
  ...behindEach(names, ['" to ', '" ->', ", <<"], nextLiteral),
  ...behindEach([...names, "pwd"], ["}"], robotVariable),
  ...behindEach(["password", "passwd", "pwd"], fields, setter),
  ...behindEach(["password", "pwd"], fieldNames, fieldItself),
  ...atEach(["inputpassword"], fieldItself),
  ...atEach(["passwordinput,", "passwordfield,"], intoField),
  ...behindEach(["password"], handedTo, { ...nextLiteral, before: new RegExp(`(?<!${computedFrom})password$`, "i") }),
  ...behindEach(["password confirmation", "password_confirmation"], handedTo, { ...nextLiteral, kind: "password" }),
  ...behindEach(
    ["password"],
    ['" with ', '" field with ', ")).perform(typetext(", ")).perform(replacetext("],
    nextLiteral,
  ),
  ...behindEach(["password"], ["().sendkeys(", "().type(", "().fill(", "().settext("], nextLiteral),
  ...atEach(["curlopt_password, "], nextLiteral),
  ...behindEach(["password", "password.text", "pwd.text"], [" isequaltostring:@"], {
    ...nextLiteral,
    kind: "password",
  }),
  ...atEach(["password/i),"], behindField),
  ...atEach(["fireevent"], typed),
  ...atEach(["let(:"], defined),
  ...atEach(["input password"], robotInput),
  ...atEach(["input text", "fill text"], robotText),
  ...behindEach(["login", "log in", "sign in", "credentials"], ["  ", "\t"], robotLogin),
  ...behindEach(["user", "account"], ["  ", "\t"], robotUser),
  ...atEach(['password",'], inBraces),
  ...atEach([":password,"], behindSymbol),
  ...atEach(["basic_auth", "basic_authorize"], { after: secondLiteral, kind: "password" }),
  ...behindEach(encoders, quotes, basic),
  ...behindEach(["buffer.from(", "new buffer("], quotes, basicOfBuffer),
  ...atEach(['key = "', 'keybytes = "'], typedKey),
  ...atEach(['getbytes("'], typedKeyWithin),
  ...atEach(["utf8.parse("], parsedKey),
  ...behindEach(["getbytes("], quotes, { ...basic, before: /tobase64string/i }),
  ...atEach(["provider :", "omniauth :"], ofProvider),
  ...atEach([".default("], ofSchema),
  ...atEach(["md5(", "sha1(", "sha256("], besideHashed),
  ...atEach(['presharedkey = "\\"', 'presharedkey="\\"'], ofNetwork),
  ...behindEach(["iv"], vectors, vector),
  ...atEach(["decodestring("], decodedKey),
  ...atEach(["decodestring("], decoded),
  ...atEach(["key["], sizedKey),
  ...behindEach(["key", "secret", "token", "password", "passwd", "pass", "salt"], ["["], sized),
  ...atEach(["puk"], ofCard),
  ...atEach(["pin_code", "pincode"], pinOfLetters),
  ...behindEach(["sim", "sim_", "card_", "user_", "admin_", "device_", "unlock_"], ["pin"], pinOfDigits),
];

/** By the text of an anchor in small letters. */
export const writings: ReadonlyMap<string, Writings> = Map.groupBy(
  [
    ...ofCode,
    ...givenBack,
    ...turnedRound,
    ...writingsOfComments,
    ...writingsOfDocuments,
    ...writingsOfFallbacks,
    ...writingsOfHashes,
    ...writingsOfInstallers,
    ...writingsOfLabels,
    ...writingsOfLanguages,
    ...writingsOfMarkup,
    ...writingsOfSessions,
    ...writingsOfSettings,
    ...writingsOfTemplates,
    ...writingsOfTokens,
  ],
  ([text]) => text,
);
