/** Writings of settings and scripts: statements in which a name and its value stand side by side, and entries that begin with the value. */
import {
  atEach,
  behindEach,
  literal,
  names,
  nextLiteral,
  secondLiteral,
  signOf,
  textWithin,
  type Writing,
  type Writings,
} from "./writing.ts";

const entryNames = ["password", "passwd", "pwd", "pass", "secret", "token", "key"];
const entryName = "(?:name|key|id|field|parameterkey|variable)";

/** `{"value": "v", "name": "DB_PASSWORD"}`, and the same in HCL. */
const valueFirst: Writing = {
  back: new RegExp(
    `["'\\s{,](?:parameter)?value["']?\\s{0,8}[:=]\\s{0,8}(?<open>["'])(?<value>${textWithin("\\k<open>", 90)})\\k<open>\\s{0,4},?\\s{0,40}(?:["']?type["']?\\s{0,8}[:=]\\s{0,8}["']\\w{1,20}["']\\s{0,4},?\\s{0,40})?["']?${entryName}["']?\\s{0,8}[:=]\\s{0,8}["'](?<name>[\\w.:-]{1,60})$`,
    "di",
  ),
};
/** `<add value="v" key="ApiKey"/>` */
const attributeFirst: Writing = {
  back: new RegExp(
    String.raw`\bvalue=(?<open>["'])(?<value>${textWithin(String.raw`\k<open>`, 90)})\k<open>\s{1,40}(?:name|key|id)=["'](?<name>[\w.:-]{1,60})$`,
    "di",
  ),
};
/** `<meta-data android:name="com.shop.API_KEY" android:value="v"/>`: what a program for Android is told. */
const metaData: Writing = {
  name: /android:name="(?:[\w.-]{0,60}\.)?([\w-]{2,48})"\s{1,40}android$/i,
  after: /^(?<value>[^"@$\s]{8,90})"/d,
};
/** `- value: v` and `name: DB_PASSWORD` in the next line. */
const lineFirst: Writing = {
  only: ["yaml", "pipeline"],
  before: /(?:^|\n)[ \t]*$/,
  after:
    /^[ \t]{1,8}(?:(?<open>["'])(?<value>(?:(?!\k<open>)[^\n\\]){4,90})\k<open>|(?<value>(?![!*&|>[{])[^\s"'#]\S{3,90}))[ \t]{0,8}(?:#[^\n]{0,60})?\r?\n[ \t]{1,40}(?:name|key):[ \t]{1,8}(?<quote>["']?)(?<name>[\w.-]{1,60})\k<quote>(?=\s|$)/d,
};

/** A value in quotes or in none. */
const word =
  String.raw`(?:(?<open>["'])(?<value>(?:(?!\k<open>|%\{)[^\s\x60$]){4,90})\k<open>` +
  String.raw`|["']?(?<value>${signOf("$%;<>(){}")}{4,90})["']?)(?=[\s;]|$)`;
/** `SetEnv DB_PASSWORD v`, `setx API_KEY v`: a statement's name comes next, and then its value. */
const statement: Writing = { after: new RegExp(`^["']?(?<name>[\\w./:-]{3,60})["']?[ \\t]{1,20}${word}`, "d") };
/** The same with a word before the name: of an application, or of a file and its section. */
const behindWord: Writing = { after: new RegExp(`^\\S{1,40} (?<name>[\\w.-]{3,60}) {1,4}${word}`, "d") };
const behindWords: Writing = { after: new RegExp(`^\\S{1,48} \\S{1,24} (?<name>[\\w.-]{3,48}) {1,4}${word}`, "d") };
/** `gh secret set API_TOKEN --body v` */
const body: Writing = { after: new RegExp(`^(?<name>\\w{3,48}) {1,4}(?:--body|-b)[ =]{0,2}${word}`, "d") };

/** `-Name ApiToken -Value 'v'`, `Env:TOKEN -Value "v"`, `"DefaultPassword" -Value 'v'` of PowerShell; the quote is open. */
const cmdletValue: Writing = {
  name: /(?:-name\s{1,4}["']?|env:\\?|["'])([\w.-]{3,48})["']?\s{1,4}-value$/i,
  after: /^(?<value>[^"'`$\n]{4,90})["']/d,
};
/** `Set-ItemProperty -Name DefaultPassword -Value v` */
const cmdletWord: Writing = { ...cmdletValue, after: /^(?<bare>[^\s"'`$@({[-][^\s"'`$()]{3,90})(?=\s|$)/d };
/** `reg add k /v Password /t REG_SZ /d v` */
const registered: Writing = {
  name: /\/v\s{1,4}"?([\w.-]{3,48})"?\s{0,4}$/i,
  after: /^\s{0,4}"?(?<value>[^\s"%]{4,64})"?(?=\s|$)/d,
};
const registeredPassword: Writing = { ...registered, before: /\/v\s{1,4}"?\w{1,40}$/i, kind: "password" };

/** `host:5432:db:user:v` of .pgpass, wherever such a line is written. */
const ofPgpass = (between: string): Writing => ({
  before: /(?:^|[\s"'`>(])[\w.*-]{1,80}(?::5432)?$/,
  after: new RegExp(`^${between}[\\w.@-]{1,40}:(?<value>${signOf(":$|{}<>")}{4,64})(?=["'\`\\\\]|\\s|$)`, "d"),
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
const bareWord: Writing = {
  after: new RegExp(String.raw`^(?<value>${signOf("$<")}{4,64})(?=["'\x60\s]|$)`, "d"),
  kind: "password",
};

/**
 * `ops Cleartext-Password := "v"` of RADIUS, also where a document or a script shows the file; a machine's is its address, `hello` the sample of
 * FreeRADIUS.
 */
const ofRadius: Writing = {
  after: /^(?!(?:[\da-f]{2}[:-]){5}|hello["'])(?<value>[^"'\n]{4,64})["']/di,
  kind: "password",
  place: /cleartext-password\s{0,2}:?=\s{0,2}["']$/i,
};

/** `register => ops:v@host` of telephones; behind the password may stand who signs in with it. */
const ofPeer: Writing = {
  after: /^[\w.-]{1,40}:(?<value>[^\s"'`$<@:]{4,64})(?::[\w.-]{1,40})?@/d,
  kind: "password",
};
/** `Authorization: Basic ops:v`, which editors encode themselves. */
const ofHeader: Writing = {
  after: new RegExp(String.raw`^[\w.@-]{1,40}:(?<value>${signOf("$<{")}{4,64})(?=["'\s]|$)`, "d"),
  kind: "password",
};
/** `name = "auth.erlangCookie"`, `value = "v"`; `RABBITMQ_ERLANG_COOKIE: v`: whoever has it commands the cluster. */
const erlangCookie: Writing = {
  after:
    /^["']?(?:\s{0,4},?\s{1,20}value)?\s{0,20}[:=]\s{0,3}(?<open>["'])(?<value>[^"'`$<{\n]{4,90})\k<open>(?=[\s,;)\]}]|$)/di,
  kind: "secret",
};
const erlangCookieAlone: Writing = {
  only: ["config", "text", "plain", "shell"],
  after: /^\s{0,20}[:=]\s{0,3}(?<value>[\w-]{8,90})(?=[\s,]|$)/d,
  kind: "secret",
};
/** `openssl … -K 0a1b… -iv v` */
const vectorOfCommand: Writing = {
  before: /\s-K\s{1,2}["']?[\da-f]{32,64}["']?\s{0,2}(?:\\\r?\n\s{0,8})?-iv$/i,
  after: /^ {0,2}["']?(?<value>[\da-f]{16,32})["']?(?=\s|$)/di,
  kind: "salt",
};
/** `command: ops:v:1001` of a server for SFTP. */
const ofSftp: Writing = {
  back: /(?:command:\s|sftp\s|SFTP_USERS[=:]\s?)["']?[\w.-]{1,32}:(?<value>[^\s:"'$]{4,64}):1001$/d,
  kind: "password",
};
/** `postgresql_password('ops', 'v')`, `"{0}:{1}" -f "ops", "v"` of PowerShell. */
const second: Writing = { after: secondLiteral, kind: "password" };
/** Bicep: `@secure()`, and `param vpnKey string = 'v'` below it, whatever it is called. */
const securedParameter: Writing = {
  after: new RegExp(`^\\s{1,4}(?:@description\\('[^'\\n]{0,200}'\\)\\s{1,4})?param \\w{1,60} string = ${literal}`, "d"),
  kind: "secret",
};
/** `UPDATE settings SET value = 'v' WHERE name = 'smtp_password'` */
const ofRow: Writing = {
  ahead: /\bset\s[^;'\n]{1,60}=\s{0,2}'(?<value>[^'\\\n]{4,80})$/di,
  after:
    /^[`"[]?\w{0,20}(?:name|key|setting|option|param|variable|config)[`"\]]?\s{0,2}=\s{0,2}'(?<name>[\w.-]{3,60})'/i,
};
/** Only a password can stand there. */
const password: Writing = { ...nextLiteral, kind: "password" };
/** `connect sys/v@db as sysdba` */
const ofOracle: Writing = { after: /^(?<value>[^\s@;/"'&]{4,60})(?=[@;\s]|$)/d, kind: "password" };
/** `wpa2-pre-shared-key=\\` of a router, which goes on in the next line. */
const nextLine: Writing = {
  only: ["plain", "text", "config"],
  before: /(?:^|\s)[a-z0-9-]{4,40}$/,
  after: /^ {2,8}(?<value>[^\s"'\\$]{4,64})(?=[ \t]*\r?\n(?! {2,8}\S+ \\)| [a-z-]{2,30}=|$)/d,
  kind: "password",
};
/** `set password v` of Tcl, where no quotes are needed. */
const ofTcl: Writing = { after: /^["{]?(?<bare>[^\s"'{}$[\]]{6,64})["}]?(?=[ \t]*(?:[\r\n;]|$))/d, kind: "password" };

/** `- --db-password` and `- v` in the next line. */
const nextEntry: Writing = {
  only: ["yaml", "pipeline"],
  next: "\"'\r\n",
  before: /(?:^|\n)[ \t]*-[ \t]{1,8}["']?--?[\w-]{1,40}$/,
  after: /^["']?[ \t]{0,8}\r?\n[ \t]{0,40}-[ \t]{1,4}(?<open>["']?)(?<value>(?!-)[^\s"'${}]{4,90})\k<open>(?=\s|$)/d,
};
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
/** A parameter of CloudFormation that nobody is to see, and its default. */
const hidden: Writing = {
  after: /^["']?\s{1,40}Default:\s{1,4}["']?(?<value>[^\s"'#]{4,64})["']?(?=\s|$)/d,
  kind: "password",
};
/** `@password NVARCHAR(50) = N'v'`, `v_password VARCHAR2(30) := 'v'` */
const typedBySql: Writing = {
  after: new RegExp(`^(?:\\d{1,4}|max)\\)\\s{0,3}(?::?=|default)\\s{0,3}N?${literal}`, "di"),
  kind: "password",
};

export const writingsOfSettings: Writings = [
  ...behindEach(entryNames, ['"}', '" }', '",', '"\n', '"\r', "'}", "' }", "',"], valueFirst),
  ...behindEach(entryNames, ['"/>', '" />', '">'], attributeFirst),
  ...atEach(['android:value="'], metaData),
  ...atEach(["- value:"], lineFirst),
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
  ...atEach(["set-env "], behindWord),
  ...atEach(["crudini --set "], behindWords),
  ...atEach(["gh secret set "], body),
  ...atEach(["-value '", '-value "'], cmdletValue),
  ...atEach(["-value "], cmdletWord),
  ...atEach(["' where "], ofRow),
  ...atEach(["sp_addlogin "], second),
  ...atEach(["sp_password "], { after: new RegExp(`^[^,\\n]{1,60},\\s{0,3}N?${literal}`, "d"), kind: "password" }),
  ...atEach(["sp_addlinkedsrvlogin "], {
    after: new RegExp(`^(?:[^,\\n]{1,60},){4}\\s{0,3}N?${literal}`, "d"),
    kind: "password",
  }),
  ...atEach(["@secure()"], securedParameter),
  ...atEach(["/t reg_sz /d "], registered),
  ...atEach(["password /d ", 'password" /d '], registeredPassword),
  ...atEach([":5432:"], ofPgpass("[\\w*-]{1,40}:")),
  ...atEach([":*:*:"], ofPgpass("")),
  ...atEach(["]:587", "]:465"], ofRelay),
  ...atEach([",password=", ",pass="], mounted),
  ...atEach(["default login "], ofNetrc),
  ...atEach([" on >", " on '>"], ofAccessList),
  ...atEach(
    ["admin", "client", "kafka", "broker", "producer", "consumer"].map((user) => `user_${user}=`),
    escapedQuotes,
  ),
  ...atEach(
    [
      "password password ",
      "app-pass password ",
      "-again password ",
      "_again password ",
      "insecure-password ",
      "cachemgr_passwd ",
      "::add-mask::",
      "ipsec secret ",
      "xauth password ",
      "-setcookie ",
      "quote pass ",
      "login = cleartext ",
      "requirepass ",
      "--masterauth ",
    ],
    bareWord,
  ),
  ...atEach([': eap "', ': xauth "', 'login = cleartext "', 'clear-text="'], inQuotes),
  ...atEach(['cleartext-password := "', 'cleartext-password = "', "cleartext-password := '"], ofRadius),
  ...atEach(["stats auth ", "auth-pass "], behindUser),
  ...behindEach(names, ["</param-name>"], parameter),
  ...atEach(["password</env-entry-name>"], parameter),
  ...atEach(["noecho: true", "noecho: 'true", 'noecho: "true'], hidden),
  ...behindEach(["password "], ["varchar(", "nvarchar(", "varchar2("], typedBySql),
  ...atEach(["native_password by ", "sha2_password by ", "sha256_password by "], { ...nextLiteral, kind: "password" }),
  ...atEach(["sqlconnectinfo "], { after: new RegExp(`^\\S{1,60} \\S{1,40} ${word}`, "d"), kind: "password" }),
  ...atEach(["send auth\\ "], { after: /^(?<value>[^\s"'\\]{4,64})\\r/d, kind: "password" }),
  ...atEach([":1001"], ofSftp),
  ...atEach(['{0}:{1}" -f ', "postgresql_password(", "networkcredential -argumentlist"], second),
  ...atEach(['":{0}" -f ', "default_pass, <<", "security_credentials, "], password),
  ...atEach(["connect sys/", "connect system/", "conn sys/", "conn system/"], ofOracle),
  ...atEach(["set pass ", "set password ", "set passwd ", "set pwd "], ofTcl),
  ...behindEach(["pre-shared-key", "password", "passphrase", "secret"], ["=\\\n", "=\\\r\n"], nextLine),
  ...atEach(["wep_key0=", "wep_key1="], escapedQuotes),
  ...atEach(["register => "], ofPeer),
  ...atEach(["authorization: basic "], ofHeader),
  ...atEach(["erlangcookie", "erlang_cookie"], erlangCookie),
  ...atEach(["erlangcookie", "erlang_cookie"], erlangCookieAlone),
  ...atEach(["-iv "], vectorOfCommand),
  ...behindEach(["-password", "-pass", "-secret", "-token", "-key"], [""], nextEntry),
  ...atEach(["--requirepass"], { ...nextEntry, kind: "password" }),
];
