/** Writings of settings and scripts: statements in which a name and its value stand side by side, and entries that begin with the value. */
import { atEach, literal, type Writing } from "./writing.ts";

const namesOfEntries = ["password", "passwd", "pwd", "pass", "secret", "token", "key"];
const entryName = "(?:name|key|id|field|parameterkey|variable)";

/** `{"value": "v", "name": "DB_PASSWORD"}`, and the same in HCL. */
const valueFirst: Writing = {
  back: new RegExp(
    `["'\\s{,](?:parameter)?value["']?\\s{0,8}[:=]\\s{0,8}(?<open>["'])(?<value>[^"'\\\\\\n]{4,90})\\k<open>\\s{0,4},?\\s{0,40}(?:["']?type["']?\\s{0,8}[:=]\\s{0,8}["']\\w{1,20}["']\\s{0,4},?\\s{0,40})?["']?${entryName}["']?\\s{0,8}[:=]\\s{0,8}["'](?<name>[\\w.:-]{1,60})$`,
    "di",
  ),
};
/** `<add value="v" key="ApiKey"/>` */
const attributeFirst: Writing = {
  back: /\bvalue=(?<open>["'])(?<value>[^"'<>\n]{4,90})\k<open>\s{1,40}(?:name|key|id)=["'](?<name>[\w.:-]{1,60})$/di,
};
/** `- value: v` and `name: DB_PASSWORD` in the next line. */
const lineFirst: Writing = {
  only: ["yaml", "pipeline"],
  back: /(?:^|\n)[ \t]{0,40}-[ \t]{1,8}value:[ \t]{1,8}(?<open>["']?)(?<value>(?![!*&|>[{])[^\s"'#][^\s"']{3,90})\k<open>[ \t]{0,8}\r?\n[ \t]{1,40}(?:name|key):[ \t]{1,8}["']?(?<name>[\w.-]{1,60})$/di,
};

/** Ends of a value that nothing encloses, or one in quotes. */
const said = "[\"']?(?<value>[^\\s\"'`$%;<>(){}]{4,90})[\"']?(?=[\\s;]|$)";
/** `SetEnv DB_PASSWORD v`, `setx API_KEY v`: a statement's name comes next, and then its value. */
const statement: Writing = { after: new RegExp(`^["']?(?<name>[\\w./:-]{3,60})["']?[ \\t]{1,20}${said}`, "d") };
/** The same with a word before the name: of an application, or of a file and its section. */
const behindWord: Writing = { after: new RegExp(`^\\S{1,40} (?<name>[\\w.-]{3,60}) {1,4}${said}`, "d") };
const behindWords: Writing = { after: new RegExp(`^\\S{1,48} \\S{1,24} (?<name>[\\w.-]{3,48}) {1,4}${said}`, "d") };
/** `gh secret set API_TOKEN --body v` */
const body: Writing = { after: new RegExp(`^(?<name>\\w{3,48}) {1,4}(?:--body|-b)[ =]{0,2}${said}`, "d") };

/** `-Name ApiToken -Value 'v'`, `Env:TOKEN -Value "v"`, `"DefaultPassword" -Value 'v'` of PowerShell; the quote is open. */
const cmdletValue: Writing = {
  name: /(?:-name\s{1,4}["']?|env:\\?|["'])([\w.-]{3,48})["']?\s{1,4}$/i,
  after: /^(?<value>[^"'`$\n]{4,90})["']/d,
};
/** `$password -eq 'v'` */
const compared: Writing = { name: /\$(?:\w{1,12}:)?([\w.]{2,48})$/, after: /^(?<value>[^"'`$\n]{4,90})["']/d };
/** `reg add k /v Password /t REG_SZ /d v` */
const registered: Writing = {
  name: /\/v\s{1,4}"?([\w.-]{3,48})"?\s{0,4}$/i,
  after: /^\s{0,4}"?(?<value>[^\s"%]{4,64})"?(?=\s|$)/d,
};
const registeredPassword: Writing = { ...registered, before: /\/v\s{1,4}"?\w{1,40}$/i, kind: "password" };

/** `host:5432:db:user:v` of .pgpass, wherever such a line is written. */
const ofPgpass = (between: string): Writing => ({
  before: /(?:^|[\s"'`>(])[\w.*-]{1,80}(?::5432)?$/,
  after: new RegExp(`^${between}[\\w.@-]{1,40}:(?<value>[^\\s:"'\`$|{}<>]{4,64})(?=["'\`\\\\]|\\s|$)`, "d"),
  kind: "password",
});
/** `[smtp.host]:587 user:v` of Postfix. */
const ofRelay: Writing = {
  after: /^[ \t]{1,8}[^\s:]{1,80}:(?<value>[^\s"'`$<{]{4,64})(?=["']?(?:\s|$))/d,
  kind: "password",
};
/** `username=ops,password=v,uid=7` of what is mounted. */
const mounted: Writing = {
  only: ["config", "text", "plain", "shell"],
  before: /(?:^|[\s,])(?:user|username|domain|uid|gid|vers)=[^\s,()]{1,40}$/,
  after: /^(?<value>[^\s,"'`$(){}<>]{4,64})(?=,[a-z_]|\s|$)/d,
  kind: "password",
};
/** `default login ops password v` of .netrc. */
const ofNetrc: Writing = {
  after: /^\S{1,60}\s{1,8}password\s{1,8}(?<value>[^\s"'`$<]{4,64})(?=\s|$)/d,
  kind: "password",
};
/** `user ops on >v ~*` of Redis. */
const ofAccessList: Writing = {
  before: /(?:^|\s)(?:user|SETUSER) ["']?\S{1,40}$/i,
  after: /^(?<value>[^\s"'`$<>]{4,64})(?=["']?(?:\s|$))/d,
  kind: "password",
};
const inQuotes: Writing = { after: /^(?<value>[^"'\n]{4,64})["']/d, kind: "password" };
const escapedQuotes: Writing = { after: /^\\?["'](?<value>[^"'\\\s$]{4,64})\\?["']/d, kind: "password" };
const alone: Writing = { after: /^(?<value>[^\s"'`$<]{4,64})(?=["'`\s]|$)/d, kind: "password" };

/** `register => ops:v@host` of telephones. */
const ofPeer: Writing = { after: /^[\w.-]{1,40}:(?<value>[^\s"'`$<@:]{4,64})@/d, kind: "password" };
/** `Authorization: Basic ops:v`, which editors encode themselves. */
const ofHeader: Writing = {
  after: /^[\w.@-]{1,40}:(?<value>[^\s"'`$<{]{4,64})(?=["'\s]|$)/d,
  kind: "password",
};
/** `MapNetworkDrive "Z:", "\\files\shop", False, "ops", "v"` */
const ofDrive: Writing = {
  after: /^[ (]{1,2}"[^"\n]{0,4}",\s?[^,\n]{1,60},\s?\w{0,40},\s?"[^"\n]{1,40}",\s?"(?<value>[^"\n]{4,64})"/d,
  kind: "password",
};
/** `conn.Open "DSN=shop", "ops", "v"` */
const ofDatabase: Writing = {
  after: /^[^"\n]{3,60}",\s?"[^"\n]{1,40}",\s?"(?<value>[^"\n]{4,64})"/d,
  kind: "password",
};

/** `command: ops:v:1001` of a server for SFTP. */
const ofSftp: Writing = {
  back: /(?:command:\s|sftp\s|SFTP_USERS[=:]\s?)["']?[\w.-]{1,32}:(?<value>[^\s:"'$]{4,64}):1001$/d,
  kind: "password",
};
/** `"{0}:{1}" -f "ops", "v"` of PowerShell. */
const formatted: Writing = { after: new RegExp(`^["'][^"'\\n]{0,40}["'], ?${literal}`, "d"), kind: "password" };
/** `connect sys/v@db as sysdba` */
const ofOracle: Writing = { after: /^(?<value>[^\s@;/"'&]{4,60})(?=[@;\s]|$)/d, kind: "password" };
/** `set password v` of Tcl, where no quotes are needed. */
const ofTcl: Writing = { after: /^["{]?(?<bare>[^\s"'{}$[\]]{6,64})["}]?(?=[ \t]*(?:[\r\n;]|$))/d, kind: "password" };

/** `"{{ 'v' | password_hash('sha512') }}"` of Ansible, `{{ "v" | b64enc }}` of Helm: the text that something is made of. */
const filtered: Writing = { back: /\{\{-?\s{0,3}["'](?<value>[^"'{}\n]{4,64})$/d, kind: "password" };
const encoded: Writing = {
  back: /(?<name>[\w.-]{3,48})["']?:\s{1,4}["']?\{\{-?\s{0,3}["'](?<value>[^"'{}\n]{4,64})$/d,
};
/** `password: "{{ db_password | default('v') }}"` */
const fallback: Writing = {
  name: /([\w.-]{2,48})["']?\s?[:=]\s{0,3}["']?\{\{?[^\n{};]{0,60}$/,
  after: /^["'](?<value>[^"'`\\\n{}]{4,90})["']/d,
};
/** `password: {{ .Values.db | default "v" }}`, `{{ default "v" .Values.db }}`; the quote is open. */
const fallbackWord: Writing = { ...fallback, after: /^(?<value>[^"'`\\\n{}]{4,90})["']/d };
/** `"azurerm_key_vault_secret" "db" {` and the value among its first settings. */
const vaultSecret: Writing = {
  after:
    /^[\w-]{1,40}" \{\s{1,9}(?:(?!value)\w{2,30}\s{0,20}=[^\n]{0,60}\n\s{1,9}){0,2}value\s{0,20}=\s?"(?<value>[^"$\n]{4,64})"/d,
  kind: "password",
};
const sealedParameter: Writing = {
  after: /^,?\s{0,12}"?value"?\s{0,12}[=:]\s?"(?<value>[^"$\n]{4,64})"/di,
  kind: "password",
};
const plainValue: Writing = { after: /^\s{0,12}=\s?"(?<value>[^"$\n]{4,90})"/d, kind: "password" };
/** `- --requirepass` and `- v` in the next line. */
const nextLine: Writing = {
  only: ["yaml", "pipeline"],
  after: /^[ \t]{0,40}-[ \t]{1,4}(?<open>["']?)(?<value>(?!-)[^\s"'${}]{4,90})\k<open>(?=\s|$)/d,
};

const ends = (signs: readonly string[]) => namesOfEntries.flatMap((name) => signs.map((sign) => `${name}${sign}`));

/** By the anchor in small letters, as `writings` of written-forms.ts. */
export const writingsOfSettings: Readonly<Record<string, Writing>> = {
  ...atEach(ends(['"}', '" }', '"\n', '"\r']), valueFirst),
  ...atEach(ends(['"/>', '" />', '">']), attributeFirst),
  ...atEach(ends(["\n", "\r"]), lineFirst),
  ...atEach(
    [
      "setenv ",
      "setx ",
      "set -gx ",
      "set -x ",
      "fastcgi_param ",
      "uwsgi_param ",
      "php_value ",
      "php_admin_value ",
      "proxy_set_header ",
      "requestheader set ",
      "user-secrets set ",
      "configure set ",
      "npm config set ",
    ],
    statement,
  ),
  "set-env ": behindWord,
  "crudini --set ": behindWords,
  "gh secret set ": body,
  "-value '": cmdletValue,
  '-value "': cmdletValue,
  ...atEach([" -eq '", ' -eq "', " -ne '", ' -ne "', " -ceq '", ' -ceq "'], compared),
  "/t reg_sz /d ": registered,
  "password /d ": registeredPassword,
  'password" /d ': registeredPassword,
  ":5432:": ofPgpass("[\\w*-]{1,40}:"),
  ":*:*:": ofPgpass(""),
  "]:587": ofRelay,
  "]:465": ofRelay,
  ",password=": mounted,
  ",pass=": mounted,
  "default login ": ofNetrc,
  " on >": ofAccessList,
  " on '>": ofAccessList,
  ': eap "': inQuotes,
  ': xauth "': inQuotes,
  ...atEach(
    ["admin", "client", "kafka", "broker", "producer", "consumer"].map((user) => `user_${user}=`),
    escapedQuotes,
  ),
  "-again password ": alone,
  "cachemgr_passwd ": alone,
  ...atEach(["::add-mask::", "ipsec secret ", "xauth password ", "-setcookie ", "quote pass "], alone),
  'login = cleartext "': inQuotes,
  'clear-text="': inQuotes,
  "login = cleartext ": alone,
  "sqlconnectinfo ": { after: new RegExp(`^\\S{1,60} \\S{1,40} ${said}`, "d"), kind: "password" },
  "send auth\\ ": { after: /^(?<value>[^\s"'\\]{4,64})\\r/d, kind: "password" },
  ":1001": ofSftp,
  '{0}:{1}" -f ': formatted,
  '":{0}" -f ': { after: new RegExp(`^${literal}`, "d"), kind: "password" },
  ...atEach(["connect sys/", "connect system/", "conn sys/", "conn system/"], ofOracle),
  ...atEach(["set pass ", "set password ", "set passwd ", "set pwd "], ofTcl),
  "requirepass ": alone,
  ...atEach(["wep_key0=", "wep_key1="], escapedQuotes),
  "register => ": ofPeer,
  "authorization: basic ": ofHeader,
  // Of Visual Basic: sheets, drives, databases.
  ...atEach(['.unprotect "', '.unprotect ("', '.protect "', '.protect password:="'], inQuotes),
  mapnetworkdrive: ofDrive,
  '.open "': ofDatabase,
  "default_pass, <<": { after: new RegExp(`^${literal}`, "d"), kind: "password" },
  "postgresql_password(": { after: new RegExp(`^["'][^"'\\n]{1,40}["'], ?${literal}`, "d"), kind: "password" },
  "networkcredential -argumentlist": {
    after: new RegExp(`^\\s{1,3}\\(?["'][^"'\\n]{1,50}["'], ?${literal}`, "d"),
    kind: "password",
  },
  ...atEach(["' | password_hash", '" | password_hash', "'|password_hash"], filtered),
  '" | b64enc': encoded,
  ...atEach(["| default(", "|default(", "| d("], fallback),
  ...atEach(['| default "', '{ default "', '- default "'], fallbackWord),
  '"azurerm_key_vault_secret" "': vaultSecret,
  'securestring"': sealedParameter,
  plaintext_value: plainValue,
  ...atEach(
    ["password", "pass", "secret", "token", "key"].map((name) => `-${name}\n`),
    nextLine,
  ),
  "--requirepass\n": { ...nextLine, kind: "password" },
};
