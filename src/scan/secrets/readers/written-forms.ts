/** The writings that hand a password or key over without assigning it, by the text in which each leaves the name. */
import { asBytes, inSmallLetters } from "../small-letters.ts";
import { givenBack } from "./given-back.ts";
import { turnedRound } from "./turned-round.ts";
import { behindEach, literal, marked, nextLiteral, quote, type Writing } from "./writing.ts";
import { ofAccount, writingsOfDocuments } from "./writings-of-documents.ts";
import { writingsOfSettings } from "./writings-of-settings.ts";

/** What parts two cells of Robot Framework, and a cell that holds no variable. */
const gap = "(?: {2,}|\\t+)";
const cell = "(?<value>(?![$%@&]\\{|#)\\S(?:(?![$%@&]\\{)\\S){3,63})(?= {2}|\\t|\\s*\\n|\\s*$)";

/** What a test does with a field first: `.clear()`, `.should('be.visible')`, in its line or the next. */
const prepared = "(?:\\s{0,24}\\.(?:clear|click|focus|should|first)\\([^()\\n]{0,30}\\)){0,2}\\s{0,24}";
const setter: Writing = {
  next: ").",
  after: new RegExp(
    `^\\)?${prepared}\\.(?:(?:type|fill|fillasync|type_?text|set_?text|replace_?text|val|press_?sequentially|set_?value|send_?keys)\\(\\s*|(?:value|text)\\s*[=!]?={1,2}\\s*@?)(?<open>["'\`])(?<value>[^"'\`\\\\\\n]{4,90}?)(?:\\{enter\\})?\\k<open>`,
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
/** `btoa('user:v')`, `b64encode(b"user:v")` */
const basic: Writing = {
  after: /^[\w.@+-]{1,40}:(?<value>[^\s"'`\\{}$]{4,64})["'`]/d,
  kind: "password",
};
/** `Buffer.from('user:v').toString('base64')` */
const basicOfBuffer: Writing = {
  after: /^[\w.@+-]{1,40}:(?<value>[^\s"'`\\{}$]{4,64})["'`](?:, ?["'`][\w-]{3,8}["'`])?\)\.toString\(["'`]base64/d,
  kind: "password",
};
/** `@password NVARCHAR(50) = N'v'`, `v_password VARCHAR2(30) := 'v'` */
const typedBySql: Writing = {
  after: new RegExp(`^(?:\\d{1,4}|max)\\)\\s{0,3}(?::?=|default)\\s{0,3}N?${literal}`, "di"),
  kind: "password",
};
const expected: Writing = {
  after: new RegExp(`^(?:[a-z]{0,14}|[. ](?:be|eql?|equal)(?:\\.\\w{2,6})?)[( ]\\s*${literal}`, "di"),
};
const bold: Writing = { after: new RegExp(`^\\s{0,3}${marked}`, "d"), isProse: true };
const boldName: Writing = { after: new RegExp(`^\\s?[:=-]\\s{0,3}${marked}`, "d"), isProse: true };
const said: Writing = { after: new RegExp(`^(?!${quote})${marked}`, "d") };
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
const robotText: Writing = { after: new RegExp(`^${gap}\\S{0,40}passw\\S{0,30}${gap}${cell}`, "di"), kind: "password" };
const vector: Writing = {
  before: /(?:^|[^A-Za-z0-9])(?:iv|IV)$|[a-z](?:IV|Iv)$/,
  after: new RegExp(
    `^\\s?(?:\\[\\]byte\\(|new \\w+\\(|[\\w.]{0,20}getbytes\\(|buffer\\.from\\(|bytes\\.fromhex\\()?b?${literal}`,
    "di",
  ),
  kind: "salt",
  company: /\baes|cipher|crypt|\bcbc\b|\b3?des\b|["'`][a-z0-9+/]{16}["'`]|["'`][a-f0-9]{32}["'`]/,
};

const forms: readonly (readonly [string, Writing])[] = [
  ['" to ', nextLiteral],
  ['" ->', nextLiteral],
  [", <<", nextLiteral],
  [").to", expected],
  ["**", boldName],
  [":**", bold],
  ["*:", bold],
  ["</b>", boldName],
  [":</b>", bold],
  ["</strong>", boldName],
  [":</strong>", bold],
  ["}", robotVariable],
];
/** `{"Password", "v"}` of C#, `attribute :password, 'v'` of Ruby. */
const inBraces: Writing = { before: /\{\s{0,20}"[\w.:-]{0,40}$/, after: new RegExp(`^\\s?${literal}\\s?\\}`, "d") };
const behindSymbol: Writing = { after: new RegExp(`^\\s?(?:with: ?)?${literal}`, "d") };
/** `basic_auth 'user', 'v'` */
const second: Writing = {
  after: new RegExp(`^[ (]["'][^"'\\n]{1,50}["'], ?${literal}`, "d"),
  kind: "password",
};

/** `getByLabelText(/password/i), 'v')`, and what `fireEvent.change` hands over there. */
const behindField: Writing = {
  after: new RegExp(`^\\s{0,3}(?:\\{\\s{0,9}target:\\s?\\{\\s{0,9}value:\\s?)?${literal}`, "d"),
};

/** `user, password = "shop", "v"`: two names, and a value for each. */
const both: Writing = {
  next: "\"'(",
  before: /(?:^|\n)[ \t(]*[\w.]{1,40}, ?(?:\w{1,20}\.)?[\w-]{3,30}$/,
  after: new RegExp(`^\\(?["'][^"'\\n]{0,60}["'], ?${literal}`, "d"),
};

/** `mysql-server/root_password password v` of debconf. */
const answered: Writing = { after: /^(?<value>[^\s"'`$<]{4,64})(?=["'`\s]|$)/d, kind: "password" };
/** `<param-name>password</param-name><param-value>v</param-value>` */
const parameter: Writing = {
  after:
    /^\s{0,40}<(?:param|env-entry)-(?:type>[\w.]{1,40}<\/env-entry-type>\s{0,40}<env-entry-)?value>(?<value>[^<\s]{4,64})</d,
};
/** `stats auth user:v` of HAProxy, `sentinel auth-pass name v` of Redis. */
const behindUser: Writing = {
  after: /^[\w.-]{1,40}[: ]["']?(?<value>[^\s"'`$<{]{4,64})(?=["']?(?:\s|$))/d,
  kind: "password",
};
/** `JWT_SECRET: z.string().default('v')`, `password: "{{ pw | default('v') }}"`: the name stands before all that. */
const fallback: Writing = {
  name: /([\w-]{2,40})["']?\s?[:=][^\n:=;,]{0,60}$/,
  after: /^(?<open>["'])(?<value>[^"'`\\\n]{4,90})\k<open>/d,
};
/** A parameter of CloudFormation that nobody is to see, and its default. */
const hidden: Writing = {
  after: /^["']?\s{1,40}Default:\s{1,4}["']?(?<value>[^\s"'#]{4,64})["']?(?=\s|$)/d,
  kind: "password",
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
/** `Пароль: v` in a document, a comment or YAML. */
const inOtherWords: Writing = {
  after: new RegExp(`^\\*{0,2}\\s?(?::|${asBytes("：")})\\*{0,2}\\s{0,3}${marked}`, "d"),
  kind: "password",
};
const otherWords = [
  "пароль",
  "Пароль",
  "ПАРОЛЬ",
  "密码",
  "密碼",
  "비밀번호",
  "パスワード",
  "mot de passe",
  "wachtwoord",
  "hasło",
  "şifre",
  "Şifre",
];

const fields = ["]')", ']")', "\"]')", "']\")", "')", '")', "' })", '" })', "-input')", '-input")', "/i)", '"]'];
const fieldNames = ["input", "_input", "field", "_field", "box", "_box", "textfield", "element"];
const handedTo = ["', with: ", '", with: ', "]', with: ", ']", with: ', "', :with => ", '", :with => ', "'),", '"),'];
const vectors = ["=", " =", " :=", ":", '":', "':", "' =>", '" =>', "'] =", '"] ='];

/** By the anchor in small letters; the name is its first word, or ends with it. */
export const writings: Readonly<Record<string, Writing>> = {
  ...writingsOfSettings,
  ...writingsOfDocuments,
  ...Object.fromEntries(
    ["password", "secret", "token", "key"].flatMap((name) => forms.map(([form, how]) => [`${name}${form}`, how])),
  ),
  ...Object.fromEntries(
    ["password", "passwd", "pwd"].flatMap((name) => fields.map((form) => [`${name}${form}`, setter])),
  ),
  ...Object.fromEntries(vectors.map((form) => [`iv${form}`, vector])),
  "pwd}": robotVariable,
  ...Object.fromEntries(["md5(", "sha1(", "sha256("].map((call) => [call, besideHashed])),
  'password",': inBraces,
  ":password,": behindSymbol,
  basic_auth: second,
  basic_authorize: second,
  'password" with ': nextLiteral,
  'password" field with ': nextLiteral,
  "password/i),": behindField,
  ...Object.fromEntries(["password", "passphrase", "token", "key"].map((name) => [`${name} is `, said])),
  ...Object.fromEntries(
    ["password", "passwd", "pwd", "pass", "secret", "token"].flatMap((name) => [
      [`${name} = `, both],
      [`${name}) = `, both],
      [`${name} := `, both],
    ]),
  ),
  ...Object.fromEntries(otherWords.map((word) => [inSmallLetters(asBytes(word)), inOtherWords])),
  ...Object.fromEntries(
    [
      "login / password",
      "login/password",
      "user / password",
      "username / password",
      "username/password",
      "user/pass",
    ].map((head) => [head, ofAccount]),
  ),
  ...Object.fromEntries(
    ["password", "pwd"].flatMap((name) => fieldNames.map((field) => [`${name}${field}`, fieldItself])),
  ),
  inputpassword: fieldItself,
  "passwordinput,": intoField,
  "passwordfield,": intoField,
  ...Object.fromEntries(
    ["password", "passwd", "pwd"].flatMap((name) =>
      [".send_keys(", ".sendkeys(", ".fill(", ".type(", ".setvalue("].map((call) => [`${name}${call}`, nextLiteral]),
    ),
  ),
  ...Object.fromEntries(handedTo.map((form) => [`password${form}`, nextLiteral])),
  ...Object.fromEntries(
    ["btoa(", "b64encode(b", "base64_encode(", "encode64(", "base64.encode("].flatMap((call) =>
      ["'", '"'].map((sign) => [`${call}${sign}`, basic]),
    ),
  ),
  "buffer.from('": basicOfBuffer,
  'buffer.from("': basicOfBuffer,
  ...Object.fromEntries(["varchar", "nvarchar", "varchar2"].map((type) => [`password ${type}(`, typedBySql])),
  ...Object.fromEntries(
    ["native_password by ", "sha2_password by ", "sha256_password by "].map((form) => [form, nextLiteral]),
  ),
  ...Object.fromEntries(["credentials: ", "credentials are ", "login: "].map((head) => [head, ofAccount])),
  "password is: ": said,
  "password password ": answered,
  "app-pass password ": answered,
  ...Object.fromEntries(["password", "secret", "token", "key"].map((name) => [`${name}</param-name>`, parameter])),
  "password</env-entry-name>": parameter,
  "stats auth ": behindUser,
  "auth-pass ": behindUser,
  ".default(": fallback,
  'getbytes("': { ...basic, before: /tobase64string/i },
  "getbytes('": { ...basic, before: /tobase64string/i },
  "password)).perform(typetext(": nextLiteral,
  "password)).perform(replacetext(": nextLiteral,
  ...behindEach(["password", "password.text", "pwd.text"], [" isequaltostring:@"], {
    ...nextLiteral,
    kind: "password",
  }),
  ...Object.fromEntries(["true", "'true", '"true'].map((is) => [`noecho: ${is}`, hidden])),
  "security_credentials, ": { ...nextLiteral, kind: "password" },
  "curlopt_password, ": nextLiteral,
  "insecure-password ": answered,
  fireevent: typed,
  "let(:": defined,
  "input password": robotInput,
  "input text": robotText,
  "fill text": robotText,
  ...givenBack,
  ...turnedRound,
};
