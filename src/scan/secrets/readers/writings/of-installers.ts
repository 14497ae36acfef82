/** Passwords in the answers that installers of systems read. */
import { atEach, signOf, type Writing, type Writings } from "./writing.ts";

/** `d-i passwd/user-password password v` of Debian's installer. */
const ofInstaller: Writing = {
  after: new RegExp(String.raw`^(?<value>${signOf("$<")}{4,64})(?=["'\x60\s]|$)`, "d"),
  kind: "password",
  before: /(?:^|\n)[ \t]{0,8}d-i[ \t]{1,4}[\w/-]{4,60}password$/,
  place: /\bd-i[ \t]{1,4}[\w/-]{4,60}password password $/,
};
/** `rootpw v`, `rootpw --plaintext 'v'` of Kickstart, if it is neither hashed nor locked. */
const ofKickstart: Writing = {
  only: ["config", "text", "plain"],
  before: /(?:^|\n)rootpw$/,
  after: /^(?:--plaintext )?(?!-)(?<quote>["']?)(?<value>[^\s"'`$<{]{4,64})\k<quote>[ \t]{0,8}(?=[\r\n]|$)/d,
  kind: "password",
  place: /\brootpw $/,
};
export const writingsOfInstallers: Writings = [
  ...atEach(["password password "], ofInstaller),
  ...atEach(["rootpw "], ofKickstart),
];
