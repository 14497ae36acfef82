/** Writings in which something gives a value back: getters and functions that do nothing else, and what stands in for a setting. */
import { atEach, behindEach, literal, names, nextLiteral, type Writing, type Writings } from "./writing.ts";

/** What parts the brackets of a function from its body: its type, and words about it. */
const signature =
  "[ \\t]?(?:(?:const|override|noexcept|final|throws [\\w., ]{1,40}|\\*?[a-z][\\w.]{1,20})[ \\t]{0,2}){0,2}(?:(?:->|:)[ \\t]{0,2}(?:&'static )?[^\\n{}=;:\"'`]{1,40})?";
const body = "(?:return\\s{1,3}|echo |result := )?";
/** Nothing follows in its body: what is put together of several is no literal. */
const whole = "(?:\\.\\w{2,9}\\(\\))?(?=\\s{0,3}(?:[;})]|\\n|$))";
const returned: Writing = {
  next: "{:=-scotn",
  after: new RegExp(
    `^${signature}\\s{0,24}(?:\\{|:|=>|=|;|, ?do:)\\s{0,40}(?:"""[^"]{0,60}"""\\s{0,24})?${body}@?${literal}${whole}`,
    "di",
  ),
};
/** `const getToken = () => 'v'`, `getPassword: function () { return 'v'; }` */
const arrow: Writing = {
  after: new RegExp(`^\\s?(?:\\(\\)\\s?)?(?:=>\\s?)?(?:\\{\\s{0,24}return )?${literal}${whole}`, "d"),
};
/** `var apiKey: String { "v" }`, `- (NSString *)apiKey { return @"v"; }` */
const property: Writing = {
  next: 'r"g@',
  after: new RegExp(`^\\s{0,24}(?:get \\{ )?(?:return )?@?${literal};?\\s{0,24}\\}`, "d"),
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

/** By the anchor in small letters. */
export const givenBack: Writings = [
  ...behindEach(functions, ["()", "(self)", "(&self)"], returned),
  ...behindEach(functions, [" = () =>", ": () =>", ": function", " = function"], arrow),
  ...behindEach(functions, [": string {", " {"], property),
  ...atEach(["def password", "def secret", "def token", "def api_key"], ofRuby),
  ...atEach(["result := "], ofPascal),
  ...atEach(['default:"'], ofField),
  ...atEach(['default_value = "', '[defaultvalue("'], ofNext),
  ...atEach(['").unwrap_or(', '").unwrap_or_else(|_| ', '")).orelse('], ofVariable),
  ...behindEach(names, ["', ", "',\n", "',\r\n", '", ', '",\n', '",\r\n'], behindOther),
  ...behindEach(names, ["') {", "} ||", "} //"], nextLiteral),
  ...behindEach(["-password", "-secret", "-token", "-key"], [" <"], ofOption),
  ...atEach(["(default: ", "[default: "], toldInHelp),
];
