/** Which word of which program's command line is a password, and which programs read one from what is piped into them. */

import { tokenScore } from "../../judgement/value-scores.ts";
import type { Anchor } from "../../rule/secret-rule.ts";
import { reportedScore } from "../../scoring/score.ts";

/** A word of a shell line: its text without quotes, and where that text stands. */
export interface Word {
  readonly text: string;
  readonly start: number;
  /** The word before it goes on with this one inside quotes: `-p'v'`. */
  readonly glued?: boolean;
}

export interface Command {
  /** Its name is written in capitals, too. */
  readonly foldCase?: boolean;
  /** What must stand behind the program's name: a subcommand. */
  readonly followedBy?: RegExp;
  /** Flags whose value is the password. */
  readonly flags: readonly string[];
  /** Flags whose value is `user:password`. */
  readonly pairs?: readonly string[];
  /** What stands between user and password of such a pair, if it is no colon. */
  readonly sign?: string;
  /** Flags with the value glued to them, as `mysql -p` demands. */
  readonly glued?: readonly string[];
  /** Finds the password where it has no flag: behind other words. */
  readonly find?: (words: readonly Word[]) => Word | undefined;
}

const mysql: Command = { flags: [], glued: ["-p"] };
const mysqlAdmin: Command = { ...mysql, find: (words) => behind(words, /^password$/) };
const ldap: Command = { flags: ["-w"], glued: ["-w"] };
const mongo: Command = { flags: ["-p"] };
const samba: Command = { flags: [], pairs: ["-U", "--user"], sign: "%" };
const firstWord: Command = { flags: [], find: ([first]) => first };
const secondWord: Command = { flags: [], find: ([, second]) => second };
const mosquitto: Command = { flags: ["-P", "--pw"] };
const curl: Command = { flags: [], pairs: ["-u", "--user", "-U", "--proxy-user"] };

const plain: Command = { flags: ["-p"] };
/** `net user ops v /add`; what only sets a password says nothing more, and must look like one. */
const netUser: Command = {
  followedBy: /^(?:\/add )?\S+ (?:\S{6,} \/add\b|(?=\S*\d)(?=\S*[a-z])[^\s/*]\S{5,}\s*(?:\/|[&|>\r\n]|$))/i,
  flags: [],
  find: (words) => words.filter(({ text }) => !text.startsWith("/"))[1],
};
const cipher: Command = { flags: ["-k", "-K"] };
const oracle: Command = { flags: [], find: oracleOf };

/** Programs by their name as it is written; in small letters if that does not matter. */
export const commands: Readonly<Record<string, Command>> = {
  sqlcmd: { foldCase: true, flags: ["-P", "/P"], glued: ["-P"] },
  bcp: { flags: ["-P"] },
  "az ": { followedBy: /^(login|acr login|devops login)\b/, flags: ["-p"] },
  "docker login": { flags: ["-p"] },
  "dotnet nuget add": { followedBy: /^source\b/, flags: ["-p"] },
  "dotnet nuget update": { followedBy: /^source\b/, flags: ["-p"] },
  "podman login": { flags: ["-p"] },
  "helm registry login": { flags: ["-p"] },
  "dotnet dev-certs": { flags: ["-p", "--password"] },
  "oc login": { flags: ["-p"] },
  "curl ": curl,
  "curl.exe ": curl,
  mysql,
  mysqldump: mysql,
  mariadb: mysql,
  "mariadb-dump": mysql,
  sshpass: { flags: ["-p"], glued: ["-p"] },
  "net user": netUser,
  "net.exe user": netUser,
  schtasks: { foldCase: true, flags: ["/rp", "/RP", "/Rp"] },
  signtool: { foldCase: true, flags: ["/p", "-p"] },
  certutil: { ...plain, foldCase: true },
  keytool: { flags: ["-storepass", "-keypass", "-srcstorepass", "-deststorepass"] },
  jarsigner: { flags: ["-storepass", "-keypass"] },
  pvk2pfx: { flags: ["-pi", "-po"] },
  rasdial: { flags: [], find: (words) => (/^[/-]/.test(words[1]?.text ?? "/") ? undefined : words[2]) },
  "nssm set": { flags: [], find: ([, setting, , password]) => (setting?.text === "ObjectName" ? password : undefined) },
  winrs: { flags: [], glued: ["-p:", "/p:"] },
  "redis-cli": { flags: ["-a"] },
  ldapsearch: ldap,
  ldapadd: ldap,
  ldapmodify: ldap,
  ldapdelete: ldap,
  ldapwhoami: ldap,
  plink: { flags: ["-pw"] },
  pscp: { flags: ["-pw"] },
  "mongo ": mongo,
  mongosh: mongo,
  mongodump: mongo,
  mongorestore: mongo,
  mongoimport: mongo,
  mongoexport: mongo,
  cqlsh: mongo,
  ipmitool: { flags: ["-P"] },
  smbclient: samba,
  rpcclient: samba,
  lftp: { flags: [], pairs: ["-u", "--user"], sign: "," },
  xfreerdp: { flags: [], glued: ["/p:"] },
  "unzip -P": firstWord,
  "zip -P": firstWord,
  "openssl enc": cipher,
  "openssl aes-": cipher,
  "openssl des3": cipher,
  "openssl des-": cipher,
  "7z a ": { flags: [], glued: ["-p"] },
  "7z x ": { flags: [], glued: ["-p"] },
  mysqladmin: mysqlAdmin,
  "mariadb-admin": mysqlAdmin,
  nmcli: { flags: [], find: (words) => behind(words, /^password$|\.(?:psk|password)$/) },
  "htpasswd -": { flags: [], find: htpasswdOf },
  "net use": { flags: [], find: shareOf },
  sqlplus: oracle,
  expdp: oracle,
  impdp: oracle,
  sqlldr: oracle,
  "twine upload": plain,
  "cf login": plain,
  "airflow users create": plain,
  snowsql: plain,
  beeline: plain,
  rabbitmqadmin: plain,
  "unlock-keychain": plain,
  "create-keychain": plain,
  "add-user.sh": { ...plain, find: (words) => (words[0]?.text.startsWith("-") ? undefined : words[1]) },
  "keyvault secret set": { flags: ["--value"] },
  "ssm put-parameter": { followedBy: /SecureString/, flags: ["--value"] },
  "mc alias set": { flags: [], find: (words) => words[3] },
  "rabbitmqctl change_password": secondWord,
  osql: { foldCase: true, flags: ["-P"] },
  slappasswd: { flags: ["-s"] },
  "nxc ": plain,
  netexec: plain,
  crackmapexec: plain,
  "evil-winrm": plain,
  psexec: { foldCase: true, flags: ["-p"] },
  mosquitto_pub: mosquitto,
  mosquitto_sub: mosquitto,
  wpa_passphrase: secondWord,
  "vault login": { flags: [], find: (words) => words.find(({ text }) => !/^-|=/.test(text) && readsAsKey(text)) },
  "rabbitmqctl add_user": secondWord,
};

/** What a program reads: a password, the same one twice, or lines of `user:password`. */
export type Piped = "password" | "password twice" | "accounts";

/** Programs that read from another one's output, or what `<<<` hands over. The bar tells names apart that are words, too. */
export const pipedInto: Readonly<Record<string, Piped>> = {
  chpasswd: "accounts",
  "| base64": "accounts",
  "| passwd": "password twice",
  "| smbpasswd": "password twice",
  "passwd --stdin": "password",
  "sudo -S": "password",
  "docker secret create": "password",
  "auth login --with-token": "password",
  "| kinit": "password",
  "| cryptsetup": "password",
  "| vncpasswd": "password",
  "| openssl passwd": "password",
  "| wrangler secret put": "password",
  "| gcloud secrets": "password",
  "| realm join": "password",
  "| net ads join": "password",
  "| su -c": "password",
};

/** How scripts answer the question of a program. */
export const answers: readonly string[] = ['send "', 'send -- "', "sendline("];

export const commandAnchors: readonly Anchor[] = [
  ...Object.entries(commands).map(([text, { foldCase = false }]) => ({ text, foldCase })),
  ...[...Object.keys(pipedInto), ...answers].map((text) => ({ text })),
];

function behind(words: readonly Word[], name: RegExp): Word | undefined {
  const at = words.findIndex(({ text }) => name.test(text));
  return at < 0 ? undefined : words[at + 1];
}

/** `htpasswd -b file user v`, `htpasswd -nbB user v`; the hit ends with the dash of the first flags, and `-C` has a number. */
function htpasswdOf(words: readonly Word[]): Word | undefined {
  const flags = words.slice(0, 1).concat(words.slice(1).filter(({ text }) => text.startsWith("-")));
  const letters = flags.map(({ text }) => text).join("");
  if (!/^[a-zA-Z0-9-]{1,12}$/.test(letters) || !letters.includes("b")) return undefined;
  const rest = words.filter((word) => !flags.includes(word) && !(letters.includes("C") && /^\d\d?$/.test(word.text)));
  return rest[letters.includes("n") ? 1 : 2];
}

/** `net use Z: \\\\server\\share v /user:name` */
function shareOf(words: readonly Word[]): Word | undefined {
  const plain = words.filter(({ text }) => !text.startsWith("/"));
  const share = plain.findIndex(({ text }) => text.startsWith("\\\\"));
  return share < 0 || share > 1 ? undefined : plain[share + 1];
}

/** `sqlplus user/v@name` */
function oracleOf(words: readonly Word[]): Word | undefined {
  const login = words.find(({ text }) => !text.startsWith("-"));
  const match = /^((?:userid=)?[\w.$-]{1,40}\/)([^@/]{4,60})(?:@|$)/.exec(login?.text ?? "");
  return login === undefined || match === null ? undefined : { text: match[2]!, start: login.start + match[1]!.length };
}

/** A key, and not the name of a user or method. */
export function readsAsKey(text: string): boolean {
  return text.length >= 16 && /\d/.test(text) && tokenScore(text) >= reportedScore;
}
