/** Writings in which something gives a value back: getters and functions that do nothing else, and what stands in for a setting. */
import { atEach, behindEach, blanks, literal, names, nextLiteral, type Writing, type Writings } from "./writing.ts";

/** What parts the brackets of a function from its body: its type, and words about it. */
const signature =
  "[ \\t]?(?:(?:const|override|noexcept|final|throws [\\w., ]{1,40}|\\([\\w.*, ]{1,40}\\)|\\*?[a-z][\\w.]{1,20})[ \\t]{0,2}){0,2}(?:(?:->|:)[ \\t]{0,2}(?:&'static )?[^\\n{}=;:\"'`]{1,40})?";
/** What it does is said, or noted, before it gives the value back. */
const note = `(?:(?:"""[^"]{0,60}"""|(?://|#)[^\\n]{0,60}\\n)${blanks})?`;
const body = "(?:return\\s{1,3}(?:promise\\.resolve\\()?|echo |result := )?";
/** Nothing follows in its body: what is put together of several is no literal. Go gives back an error beside it. */
const whole = "(?:\\.\\w{2,9}\\(\\))?(?=\\s{0,3}(?:[;})]|, ?(?:nil|null|none)\\b|\\n|$))";
const begins = `${signature}${blanks}(?:\\{|:|=>|=|;|, ?do:)${blanks}${note}${body}@?${literal}${whole}`;
const returned: Writing = { next: "{:=-scotn(", after: new RegExp(`^${begins}`, "di") };
/** `func getPassword(ctx context.Context) string { return "v" }`; a call looks much the same. */
const withParameters: Writing = {
  next: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$&*@[",
  before:
    /(?:^|\n)[ \t]*(?:(?:(?:export|default|public|private|protected|internal|static|final|override|virtual|async|const|unsafe|pub(?:\(\w{1,8}\))?|def|func|fun|fn|function|sub|string|str|&?char)\b|func \([^()\n]{1,40}\)|[*&])[ \t*&]{0,3}){0,5}(?:self\.|\w{1,30}::)?\w{1,40}$/i,
  after: new RegExp(`^[^()\\n]{0,90}\\)${begins}`, "di"),
};
/** `const getToken = () => 'v'`, `getPassword: function () { return 'v'; }`, and a property of an object, behind which others stand. */
const arrow: Writing = {
  after: new RegExp(
    `^\\s?(?:\\(\\)\\s?)?(?:=>)?${blanks}(?:\\{${blanks}${note}return )?${literal}(?:(?=,)|${whole})`,
    "di",
  ),
};
/** `var apiKey: String { "v" }`, `- (NSString *)apiKey { return @"v"; }`, and a property of C# whose braces stand in lines of their own. */
const property: Writing = {
  next: 'r"g@{',
  after: new RegExp(
    `^${blanks}(?:\\{${blanks})?(?:get${blanks}(?:\\{|=>)${blanks})?(?:return )?@?${literal};?${blanks}(?:\\}|set\\b)`,
    "d",
  ),
};
/** `def password`, the literal in the next line, and `end` */
const ofRuby: Writing = { after: new RegExp(`^(?:\\(\\))?\\s{0,2}[;\\n=]\\s{0,12}${literal}(?:\\s|;|$)`, "d") };
/** `function GetPassword: string; begin Result := 'v'; end;` */
const ofPascal: Writing = {
  name: /function\s{1,3}(?:\w{1,40}\.)?(\w{2,40})[^\n=]{0,40};\s{1,12}begin\s{1,12}result$/i,
  before: /begin\s{1,12}result$/i,
  after: new RegExp(`^${literal};`, "d"),
};

/** `Password string `default:"v"``, a tag of a struct of Go. */
const ofField: Writing = {
  name: /(?:^|\n)[ \t]*(\w{2,40})[ \t]{1,20}\*?[\w.]{1,24}[ \t]{1,20}`[^`\n]*$/,
  after: /^(?<value>[^"`\\\n]{4,80})"[^`\n]{0,60}`/d,
};
/** `#[arg(default_value = "v")] password: String`, `[DefaultValue("v")] public string Password` */
const ofNext: Writing = {
  after:
    /^(?<value>[^"\\\n]{4,80})"[^\n\]]{0,40}\]\s{0,24}(?:(?:pub|public|internal|private) )?(?:string\?? )?(?<name>\w{2,40})(?=:| \{)/di,
};
/** `env::var("TOKEN").unwrap_or("v".to_string())`, `ofNullable(getenv("TOKEN")).orElse("v")` */
const ofVariable: Writing = {
  name: /\w{0,10}(?:env|var|property)\("([\w.-]{2,40})$/i,
  after: new RegExp(`^(?:string::from\\()?${literal}`, "di"),
};
/** `flag.StringVar(&password, "password", "v", …)`, `config.get('db', 'password', fallback='v')`, and names in lines of their own. */
const behindOther: Writing = {
  ...nextLiteral,
  next: "\"'fd",
  before:
    /(?:\.(?:stringvar|get|set|read_?string|write_?string)\(\s?(?:&[\w.]{1,30}|["'][\w. -]{1,30}["']),\s?["']|(?:\.get|getenv|\benv)\(\s{1,24}["'])[\w.-]{2,40}$/i,
  after: new RegExp(`^\\s{0,24}(?:fallback ?= ?|default ?= ?)?${literal}`, "d"),
};
/** `.option('--password <pw>', 'what it is', 'v')` */
const ofOption: Writing = {
  after: new RegExp(`^[\\w -]{1,20}>["'],\\s{0,9}["'][^"'\\n]{0,60}["'],\\s{0,9}${literal}`, "d"),
};
/** `--password TEXT  what it is (default: v)` */
const toldInHelp: Writing = {
  name: /--([\w-]{2,30})(?![\w-])[^\n]{0,66}$/,
  after: /^(?:(?<open>["'`])(?<value>[^\s"'`\\]{4,64})\k<open>|(?<bare>[^\s"'`()[\]\\]{6,64}))[)\]]/d,
};

const functions = [...names, "passwd", "passphrase"];
/** Calls of `getKey(x)` stand everywhere in code. */
const withoutKeys = functions.map((name) => (name === "key" ? "apikey" : name));

/** By the anchor in small letters. */
export const givenBack: Writings = [
  ...behindEach(functions, ["()", "(self)", "(&self)"], returned),
  ...behindEach(withoutKeys, ["("], withParameters),
  ...behindEach(
    functions,
    [" = () =>", ": () =>", " = async () =>", ": async () =>", ": function", " = function", " = lambda:"],
    arrow,
  ),
  ...behindEach(functions, [": string {", " {", "\n", "\r\n"], property),
  ...atEach(["def password", "def secret", "def token", "def api_key"], ofRuby),
  ...atEach(["result := "], ofPascal),
  ...atEach(['default:"'], ofField),
  ...atEach(['default_value = "', '[defaultvalue("'], ofNext),
  ...atEach(['").unwrap_or(', '").unwrap_or_else(|_| ', '")).orelse('], ofVariable),
  ...behindEach(names, ["', ", "',\n", "',\r\n", '", ', '",\n', '",\r\n'], behindOther),
  ...behindEach(["-password", "-secret", "-token", "-key"], [" <"], ofOption),
  ...atEach(["(default: ", "[default: "], toldInHelp),
];
