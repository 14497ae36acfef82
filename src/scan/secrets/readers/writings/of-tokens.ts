/** What tokens are signed with, where no call of the tables takes it, and keys that only the address before them tells. */
import { atEach, literal, type Writing, type Writings } from "./writing.ts";

/** `func(token *jwt.Token) (any, error) { return []byte("v"), nil }`: a parser asks for the key. */
const handedToParser: Writing = {
  after: new RegExp(String.raw`^\(${literal}\), nil\b`, "d"),
  kind: "secret",
  company: /jwt|token/,
};
/** `JWT.encode payload, 'v', 'HS256'` of Ruby: without brackets. */
const withoutBrackets: Writing = {
  after: new RegExp(String.raw`^[@\w.]{1,40}, ?${literal}`, "d"),
  kind: "secret",
};
/** `https://maker.ifttt.com/trigger/door/with/key/v` */
const ofIfttt: Writing = {
  before: /maker\.ifttt\.com\/trigger\/[^\s"'`]{1,80}$/i,
  after: /^(?<value>[\w-]{20,64})(?=["'`\s?)<\]]|$)/d,
  kind: "token",
};
/** `authcode = qzkvwxjmbntrfpdl`: with it a program signs in to a mailbox at QQ or 163; in small letters or in capitals, of one kind. */
const ofMailbox: Writing = {
  after: /^["']?\s{0,4}[:=]\s{0,4}["']?(?<value>[a-z]{16}|[A-Z]{16})(?=["',;\s]|$)/d,
  kind: "password",
  company: /mail|smtp|imap|pop3|@(?:qq|163|126)\./,
};

export const writingsOfTokens: Writings = [
  ...atEach(["return []byte"], handedToParser),
  ...atEach(["jwt.encode ", "jwt.decode "], withoutBrackets),
  ...atEach(["/with/key/"], ofIfttt),
  ...atEach(["authcode", "auth_code", "authorization_code"], ofMailbox),
];
