/** When digits alone may be a password: as anything else they are a number. */
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { areDigitsInOrder } from "../text/value-forms.ts";
import { passwordWord } from "./typed-password.ts";

/** So many where a name says password, whatever else it says. */
const usuallyLeast = 6;

export function isPasswordOfDigits(literal: NamedLiteral): boolean {
  const { value, kind, assignment } = literal;
  if (kind !== "password" || !/^\d{4,15}$/.test(value)) return false;
  if (value.length >= usuallyLeast) return assignment.quoted || isWrittenAsText(literal);
  if (areDigitsInOrder(value)) return false;
  if (assignment.quoted) return saysOnlyPassword(literal);
  return assignment.lexical === "plain" && isWrittenAsText(literal) && !/^(?:19|20)\d\d$/.test(value);
}

/** `password: "4815"`, `define('DB_PASSWORD', '4815')`: whose it is may stand before. */
function saysOnlyPassword({ words, assignment }: NamedLiteral): boolean {
  if (!/^(?:assignment|call|entry|element|pair|separated)$/.test(assignment.syntax)) return false;
  const said = words.join("");
  return passwordWord.test(said) || passwordWord.test(said.replace(ofAccount, ""));
}

const ofAccount =
  /^(?:(?:db|database|mysql|mariadb|pg|postgres(?:ql)?|sql|mssql|oracle|mongo(?:db)?|redis|mq|mqtt|rabbitmq|smtp|mail|email|ftp|sftp|ssh|ldap|wifi|wlan|ap|root|sa|admin|user|login|my|hibernate|connection|jdbc|datasource|ansible|become|keystore|store|key)(?=[a-z]))+/;

/** `DB_PASSWORD=`, `password: 472569`: what stands there is text, with quotes or without; not a date, and no round number. */
function isWrittenAsText({ value, words, assignment }: NamedLiteral): boolean {
  if (/^[A-Z][A-Z0-9_]{0,40}_(?:PASSWORD|PASSWD|PASS|PWD)$/.test(assignment.name)) return true;
  // `ansible_ssh_pass=472569`
  const isSaid =
    /^(?:password|passwd|passwort|senha|contrasena)$/.test(words.at(-1) ?? "") ||
    /^ansible\w*pass$/.test(words.join(""));
  if (!/^(?:assignment|flag)$/.test(assignment.syntax) || !isSaid) return false;
  return value.length < 10 && !/^(?:19|20)\d\d[01]\d[0-3]\d$|000$/.test(value);
}
