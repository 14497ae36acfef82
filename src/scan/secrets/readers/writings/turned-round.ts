/**
 * Writings in which a value stands before its name, or both stand in a call that compares them: `"v".equals(password)`,
 * `assertEquals("v", user.getPassword())`, `setValue("v", forHTTPHeaderField: "X-Api-Key")`.
 */
import {
  atEach,
  behindEach,
  blanks,
  computedFrom,
  literal,
  names,
  nextLiteral,
  type Writing,
  type Writings,
} from "./writing.ts";

/** What owns the name: `config.`, `$this->`, `self.`. */
const owner = "[$@&*!]{0,2}(?:[\\w$]{1,40}(?:\\(\\))?(?:\\??\\.|->|::)){0,5}";
/** `password`, `getPassword()`, `txtPassword.Text` */
const plain =
  "(?<name>(?!(?:text|value)\\b)[\\w-]{2,48})(?:\\(\\))?(?:\\.(?:text|value|tostring\\(\\)|gettext\\(\\)|as_deref\\(\\)))?";
/** `$_POST['password']`, `params[:password]`, `config.get("api_key")` */
const lookedUp = "[\\w$]{1,40}[([][\"':](?<name>[\\w.-]{2,48})[\"']?[\\])]";
const thing = `${owner}(?:${plain}|${lookedUp})(?=\\s{0,3}(?:[;:)\\]}{,?|&\\n]|and\\b|or\\b|then\\b|$))`;
/** `assertEquals("v", user.getPassword())`; the name-first order is an ordinary comparison. */
const expected: Writing = {
  next: "\"'@",
  after: new RegExp(`^${blanks}@?${literal},${blanks}${thing}`, "di"),
};
/** `assertEqual(config['password'], 'v')`, `EXPECT_EQ(config.password(), "v")` */
const askedFor: Writing = {
  ...nextLiteral,
  before: new RegExp(
    "(?:equals?|same|_(?:str)?eq!?|cmp|\\bexpect|\\bis)(?:\\((?:t, ?)?| )[$@&]?[\\w$.>[({:-]{0,40}[\"':]?" +
      `(?<!${computedFrom})[\\w.-]{2,40}$`,
    "i",
  ),
};
/** `expect(user.password).toBe('v')`, `.to eq 'v'`, `Password.Should().Be("v")` */
const ofTests: Writing = {
  after: new RegExp(
    `^(?:[a-z]{0,14}|[. ](?:be|eql?|equal|==)(?:\\.\\w{2,6})?|\\(\\)\\.be)[( ]?${blanks}${literal}`,
    "di",
  ),
};
const forKey: Writing = {
  ahead: /(?<!\\)"(?:bearer |token )?(?<value>[^"\\\n]{4,90})"$/di,
  after: /^(?<name>[\w-]{2,48})"/,
};
/** `setattr(settings, 'API_KEY', 'v')` */
const ofObject: Writing = { after: new RegExp(`^[\\w.]{1,40}, ?["'](?<name>[\\w-]{2,48})["'], ?${literal}`, "d") };

const comparisons = [" ==", "==", " !=", "!="];
const methods = [".equals(", ".equalsignorecase(", ".contentequals(", " isequaltostring:", " -eq $", " eq $"];
const expectations = [").tobe(", ").toequal(", ").tostrictequal("];
const assertions = [
  "assertequals(",
  "assertequal(",
  "assertsame(",
  "assert_equal ",
  "assert_equal(",
  "areequal(",
  "assert.equal(",
  "equal(t, ",
  "strictequal(",
  "deepequal(",
  "assert_eq!(",
  "expect_eq(",
  "assert_eq(",
  "_streq(",
  "strcmp(",
  "hash_equals(",
];

/** Behind a literal whose closing quote is the anchor's first sign; what a backslash stands before opens none. */
function behindLiteral(quote: string): Writings {
  const ahead = new RegExp(`(?<!\\\\)${quote}(?<value>[^${quote}\\\\\\n]{4,80})$`, "d");
  return [
    ...behindEach([quote], comparisons, { ahead, after: new RegExp(`^={0,2}\\s{0,2}${thing}`, "i") }),
    ...behindEach([quote], [...methods, ...expectations], { ahead, after: new RegExp(`^\\s{0,2}${thing}`, "i") }),
  ];
}

/** How PowerShell compares: `$password -ceq 'v'`. */
const operators = ["eq", "ne", "ceq", "cne", "ieq", "ine"].map((operator) => ` -${operator} `);

/** By the anchor in small letters. */
export const turnedRound: Writings = [
  ...behindLiteral('"'),
  ...behindLiteral("'"),
  ...atEach(assertions, expected),
  ...behindEach(names, ["(),", "'],", '"],'], askedFor),
  ...behindEach(["->password", "->token", "->secret", "->api_key", "->apikey"], [","], askedFor),
  ...behindEach(["secret", "token", "key"], ["'),", '"),'], askedFor),
  ...behindEach(names, [").is", ").to", "()).is", "()).to", ".should", "().should"], ofTests),
  ...behindEach([...names, "passwd", "pass", "pwd"], [" eq ", "') eq ", '") eq ', "'} eq ", ...operators], nextLiteral),
  ...atEach([', forhttpheaderfield: "', ' forhttpheaderfield:@"', ', forkey: "', ' forkey:@"'], forKey),
  ...atEach(["setattr(", "getattr(", "setfield("], ofObject),
];
