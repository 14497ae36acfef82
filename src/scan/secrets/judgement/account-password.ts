/**
 * Passwords of settings that nothing but their place gives away: a word under the variable by which a product is told its
 * password, or beside the user whose it is.
 */

import { companyAfter, companyBefore } from "../assignments/limits.ts";
import type { NamedLiteral } from "../assignments/read-named-literal.ts";
import { mayBe, surely } from "../paths/path-facts.ts";
import { hasNamesake, hasServer } from "../scoring/company.ts";
import { type View, windowText } from "../text/view.ts";
import { isOfLaboratory, isSaidWrong } from "./stock-passwords.ts";

/** What servers, their images and their clients read from their environment. */
const variablesOfProducts = new Set(
  [
    "ACTIVEMQ_ADMIN_PASSWORD ARANGO_ROOT_PASSWORD CLICKHOUSE_PASSWORD COUCHDB_PASSWORD DJANGO_SUPERUSER_PASSWORD",
    "DRUID_PASSWORD ELASTIC_PASSWORD EMAIL_HOST_PASSWORD GF_SECURITY_ADMIN_PASSWORD GITLAB_ROOT_PASSWORD",
    "INFLUXDB_ADMIN_PASSWORD JENKINS_PASSWORD KEYCLOAK_ADMIN_PASSWORD KEYCLOAK_PASSWORD KIBANA_PASSWORD",
    "LDAP_ADMIN_PASSWORD MAIL_PASSWORD MARIADB_PASSWORD MARIADB_ROOT_PASSWORD MINIO_ROOT_PASSWORD",
    "MONGO_INITDB_ROOT_PASSWORD MSSQL_SA_PASSWORD MYSQL_PASSWORD MYSQL_PWD MYSQL_ROOT_PASSWORD ORACLE_PASSWORD",
    "ORACLE_PWD OS_PASSWORD PGADMIN_DEFAULT_PASSWORD PGPASSWORD POSTGRES_PASSWORD RABBITMQ_DEFAULT_PASS",
    "REDIS_PASSWORD RESTIC_PASSWORD SA_PASSWORD SMTP_PASSWORD SONAR_JDBC_PASSWORD VNC_PASSWORD",
    "WORDPRESS_DB_PASSWORD ZABBIX_PASSWORD",
  ].flatMap((line) => line.split(" ")),
);

/** Its value is the password, whatever it looks like. */
export function isVariableOfProduct(name: string): boolean {
  return variablesOfProducts.has(name);
}

/** What to call such a place; undefined if it is none. */
export function placeOfAccount(view: View, literal: NamedLiteral): string | undefined {
  const { kind, value, assignment } = literal;
  const { name, start, end, syntax } = assignment;
  if (isEnableSecret(view, literal)) return "secret of a network device beside its type";
  if (isOfRelay(view, literal)) return "credential of a relay beside its address";
  if (kind !== "password" || view.facts.sample || syntax === "call") return undefined;
  if (isWordOfForm(value) || isSaidWrong(value)) return undefined;
  const isKnown = isVariableOfProduct(name);
  if (!isKnown && !isOfSettings(view, literal)) return undefined;
  if (surely(view.facts, "text") && !isChosenInNotes(view, literal) && !(isKnown && isOfContainer(view, literal)))
    return undefined;
  // `MYSQL_ROOT_PASSWORD: mysql`, `DB_USER=shop` and `DB_PASSWORD=shop`: what one begins with.
  if (name.toLowerCase().includes(value.toLowerCase()) || hasNamesake(view, start, end)) return undefined;
  return isKnown ? "the variable that tells a product its password" : "stands beside its user or server";
}

/** `"device_type": "cisco_ios", … "secret": "v"`: with it one who is signed in may change the device. */
function isEnableSecret(view: View, { value, assignment }: NamedLiteral): boolean {
  const { name, quoted, start } = assignment;
  if (name !== "secret" || !quoted || view.facts.sample || isOfLaboratory(value)) return false;
  return /\bdevice_type["']?\s?[:=]/.test(windowText(view, start - companyBefore, start));
}

/** `{ urls: "turn:…", username: "ops", credential: "v" }` of WebRTC: whoever has both sends through it. */
function isOfRelay(view: View, { words, assignment: { quoted, start, end } }: NamedLiteral): boolean {
  if (words.at(-1) !== "credential" || !quoted || view.facts.sample || hasNamesake(view, start, end)) return false;
  const around = [windowText(view, start - companyBefore, start), windowText(view, end, end + companyAfter)];
  return (
    around.some((text) => /["'`]turns?:[\w[$]/.test(text)) && around.some((text) => /username["']?\s?[:=]/.test(text))
  );
}

/** Code has settings, too, where a server stands beside the user and the password, or is what their names begin with. */
function isOfSettings(view: View, { assignment }: NamedLiteral): boolean {
  const account = accountOf(assignment.name);
  if (account === undefined || !hasSibling(view, assignment, account)) return false;
  if (mayBe(view.facts, "config", "text")) return true;
  return (
    assignment.quoted &&
    assignment.lexical === "plain" &&
    (server.test(account) || hasServer(view, assignment.start, assignment.end))
  );
}

/** Notes tell more often what settings look like: there it ends its line, and a word alone is none. */
function isChosenInNotes({ bytes }: View, { value, assignment: { end } }: NamedLiteral): boolean {
  const isChosen = /^[\w@!#%&*~+-]*\d[\w@!#%&*~+-]*$/.test(value);
  return isChosen && /^["'`]?[ \t]*(?:\r?\n|$)/.test(bytes.toString("latin1", end, end + 20));
}

/** `docker run -e MYSQL_ROOT_PASSWORD=v`, in a command that notes show: with it the machine begins. */
function isOfContainer({ bytes }: View, { assignment: { name, start } }: NamedLiteral): boolean {
  return /\s(?:-e|--env)[ =]$/.test(bytes.toString("latin1", Math.max(0, start - 90), start - name.length - 1));
}

const server =
  /^(?:db|database|mysql|mariadb|pg|postgres|postgresql|sql|mssql|mongo|redis|mq|mqtt|amqp|rabbit|rabbitmq|smtp|ftp|sftp|ldap|ssh)$/;

/** `Passord`, `Adgangskode`: what a form is labelled with; and what is told of a field instead of its value. */
function isWordOfForm(value: string): boolean {
  return /^\p{Lu}\p{Ll}+(?:-\p{L}+)*$/u.test(value) || ofFields.test(value);
}

const ofFields =
  /^(?:\w*_)?(?:text|string|varchar|field|input|column|label|required|optional|plain|hidden|masked)(?:_\w*)?$/i;

const passwordWord = /(?:pass(?:word|wd|wort|phrase)?|pwd|pw|psw)$/i;

/**
 * A user of the same account, and who it is, or the server: `login-username: v`, `"db_user": "v"`, `db.login">v`,
 * `name="username" value="v"`, `define("DB_USER", "v")`.
 */
const sibling =
  /(?<![\w.-])((?:[\w.-]{0,60}?[_.-])?|[a-z]{1,20}?)(?:user(?:[-_]?(?:name|id))?|usr|login|uid|account|host(?:name)?|port)["'\])]*[ \t]*(?:=>|:=|[:=>]|(?<=["']),|value=)[ \t]*["']?([\w@.+-]{2,64})/g;

/** What stands before the last word of a password's name; that of its user begins with it, too. */
function accountOf(name: string): string | undefined {
  const word = passwordWord.exec(name);
  return word === null ? undefined : lastName(name.slice(0, word.index));
}

function hasSibling(view: View, { start, end }: NamedLiteral["assignment"], account: string): boolean {
  const around = [windowText(view, start - companyBefore, start), windowText(view, end, end + companyAfter)];
  return around.some((text) =>
    text.matchAll(sibling).some(([, before = "", who = ""]) => lastName(before) === account && !isWordOfForm(who)),
  );
}

/** Of a dotted path, without what joins words. */
function lastName(path: string): string {
  return path
    .slice(path.lastIndexOf(".") + 1)
    .replace(/[-_]/g, "")
    .toLowerCase();
}
