/** Literals in places of a call that only a password or key can have: `new NetworkCredential("svc", "literal")`. */
import { placeholderReason } from "../judgement/placeholders.ts";
import { reportedScore } from "../judgement/score.ts";
import { isUuid } from "../judgement/value-forms.ts";
import { scoreValue } from "../scoring/score-literal.ts";
import { type Candidate, type Hit, noProposal, type Proposal, type View } from "../view.ts";
import { callArguments } from "./call-arguments.ts";
import {
  isStockPassword,
  noPasswordReason,
  noSecretReason,
  passwordScore,
  placedScore,
  tokenScore,
  withoutGroups,
} from "./literal-judgement.ts";

interface Call {
  /** The argument that is the credential, counted from 0, or the last of two or more. */
  readonly at: number | "last";
  readonly holds: "password" | "key";
}

const first: Call = { at: 0, holds: "password" };
const second: Call = { at: 1, holds: "password" };
const third: Call = { at: 2, holds: "password" };
const fourth: Call = { at: 3, holds: "password" };
const last: Call = { at: "last", holds: "password" };
const thirdKey: Call = { at: 2, holds: "key" };
const firstKey: Call = { at: 0, holds: "key" };
const secondKey: Call = { at: 1, holds: "key" };

/** Calls by their name in small letters, as far as it tells them from others. */
export const credentialCalls: Readonly<Record<string, Call>> = {
  networkcredential: second,
  storagesharedkeycredential: secondKey,
  azurekeycredential: firstKey,
  azurenamedkeycredential: secondKey,
  clientsecretcredential: { at: 2, holds: "key" },
  getconnection: last,
  usernamepasswordcredential: last,
  usernamepasswordcredentials: last,
  passwordauthentication: second,
  passwordauthenticationtoken: second,
  usernamepasswordtoken: second,
  username_pw_set: second,
  create_user: third,
  create_superuser: third,
  signinwithemailandpassword: last,
  createuserwithemailandpassword: last,
  plainauth: third,
  generate_password_hash: first,
  make_password: first,
  password_hash: first,
  "bcrypt.hash": first,
  "bcrypt.hashsync": first,
  "hash::make": first,
  "passwordencoder.encode": first,
  "passwordencoder().encode": first,
  "password(encoder.encode": first,
  clientcredential: secondKey,
  basicawscredentials: secondKey,
  "awsbasiccredentials.create": secondKey,
  "aws::credentials.new": secondKey,
  newstaticcredentials: secondKey,
  newstaticcredentialsprovider: secondKey,
  newstaticv4: secondKey,
  connect_s3: secondKey,
  oauthhandler: secondKey,
  set_access_token: secondKey,
  withcredentials: secondKey,
  basicauth: last,
  basic_auth: last,
  login: last,
  "auth=": last,
  ".auth": last,
  mysqli: third,
  mysqli_connect: third,
  mysqli_real_connect: fourth,
  mysql_connect: third,
  mysql_pconnect: third,
  mysql_real_connect: fourth,
  "new pdo": third,
  "pymysql.connect": third,
  "mysqldb.connect": third,
  "dbi->connect": third,
  "new sequelize": third,
  "ssh.connect": fourth,
  "keystore.load": second,
  "ks.load": second,
  passwordprotection: { at: 0, holds: "password" },
  "usermanager.createasync": second,
  passwordsigninasync: second,
  cookieparser: firstKey,
  oci_connect: second,
  odbc_connect: third,
  ldap_bind: third,
  imap_open: third,
  simple_bind_s: second,
  ssh2_auth_password: third,
  "wifi.begin": second,
  "wifi.softap": second,
  "wifimulti.addap": second,
  "wifi.sta.config": second,
  "wlan.connect": second,
  compare_digest: last,
  secure_compare: last,
  "jwt.sign": secondKey,
  "jwt.verify": secondKey,
  "jwt.encode": secondKey,
  "jwt.decode": secondKey,
  secretkeyspec: firstKey,
  hmacshakeyfor: firstKey,
  createhmac: secondKey,
  createcipher: secondKey,
  createdecipher: secondKey,
  createcipheriv: secondKey,
  createdecipheriv: secondKey,
  ivparameterspec: firstKey,
  symmetricsecuritykey: firstKey,
  "algorithm.hmac256": firstKey,
  "algorithm.hmac384": firstKey,
  "algorithm.hmac512": firstKey,
  signwith: secondKey,
  "hmac.new": firstKey,
  "aes.new": firstKey,
  "aes.encrypt": secondKey,
  "aes.decrypt": secondKey,
  fernet: firstKey,
  ".basic": last,
  httpbasic: last,
  "transport.connect": third,
  authenticateasync: second,
  newdialer: fourth,
  addpasswordasync: second,
  checkpasswordasync: second,
  "usermanager.create": second,
  httpbasicauthenticator: second,
  sshclient: third,
  sftpclient: third,
  principalcontext: last,
  usehttps: second,
  rfc2898derivebytes: first,
  "generatefrompassword([]byte": first,
  signedstring: firstKey,
  "signedstring([]byte": firstKey,
  "newcookiestore([]byte": firstKey,
  "newcipher([]byte": firstKey,
  "hmac.new(sha256.new, []byte": firstKey,
  "hmac.new(sha512.new, []byte": firstKey,
  "hmac.new(sha1.new, []byte": firstKey,
  "mqtt.connect": third,
  "server.authenticate": second,
  "blynk.begin": third,
  "telegrambot bot": firstKey,
  from_secret: firstKey,
  createcredential: third,
  drivermanagerdatasource: third,
  ntlmpasswordauthentication: third,
  ntcredentials: second,
  "bcrypt.hashpw": first,
  pbekeyspec: first,
  loadkeymaterial: second,
  newbotapi: firstKey,
  telegrambotclient: firstKey,
  "jdabuilder.createdefault": firstKey,
  sendgridclient: firstKey,
  vssbasiccredential: second,
  "url.userpassword": second,
  ssh_userauth_password: third,
  cyw43_arch_wifi_connect_timeout_ms: second,
  cyw43_arch_wifi_connect_blocking: second,
  "driver->connect": third,
  "networkcredential]::new": second,
  x509certificate2: second,
  hash_hmac: thirdKey,
  openssl_encrypt: thirdKey,
  openssl_decrypt: thirdKey,
  "jwt::encode": secondKey,
  "jwt::decode": secondKey,
  "jsonwebtoken.sign": secondKey,
  "jsonwebtoken.verify": secondKey,
  "hmac.hexdigest": secondKey,
  "cryptojs.hmacsha256": secondKey,
  "cryptojs.hmacsha1": secondKey,
  telegrambot: firstKey,
  "bot.login": firstKey,
  "bot.run": firstKey,
  "client.run": firstKey,
  hdwalletprovider: firstKey,
  "ethers.wallet": firstKey,
  plaincredentials: second,
  httpdigestauth: second,
  "ftplib.ftp": third,
  "cx_oracle.connect": second,
  usernamepasswordcredentialsimpl: last,
  "secret.fromstring": firstKey,
  "realm.createaccount": second,
  "sql.newinstance": third,
  authorization_basic: second,
  add_password: fourth,
  pgp_sym_encrypt: second,
  pgp_sym_decrypt: second,
  aes_encrypt: second,
  aes_decrypt: second,
  hashsync: first,
  hashpassword: first,
  hash_password: first,
  "pwd_context.hash": first,
  "bcrypt.compare": first,
  "bcrypt.comparesync": first,
  password_verify: first,
};

/** What the place adds to the odds. Of calls named like a person's acts (`login`), tests and examples are full. */
const evidence = 2;
const vague = new Set(
  (
    "login auth= .auth basicauth basic_auth create_user create_superuser generate_password_hash make_password password_hash " +
    "bcrypt.hash bcrypt.hashsync hash::make .basic httpbasic bcrypt.hashpw generatefrompassword([]byte hashsync hashpassword hash_password pwd_context.hash bcrypt.compare " +
    "bcrypt.comparesync password_verify add_password compare_digest secure_compare passwordencoder.encode passwordencoder().encode"
  ).split(" "),
);

/** The hit ends with the bracket that opens the call. */
export function readCredentialArgument(view: View, hit: Hit): Proposal {
  const name = view.bytes.toString("latin1", hit.start, hit.end - 1).toLowerCase();
  const call = credentialCalls[name];
  if (call === undefined) return noProposal;
  const found = callArguments(view, hit.end);
  if (call.at === "last" && found.length < 2) return noProposal;
  const { value, start } = found.at(call.at === "last" ? -1 : call.at) ?? { start: 0 };
  if (value === undefined || value.length < 4 || whyNone(value, call) !== undefined) return noProposal;
  if (isStockPassword(value) || /^[a-z]+:[a-z]+:|:\/\//.test(value)) return noProposal;
  // `connect("db", "shop", "shop", "shop")`: a default, or a user.
  const repeated = found.filter((argument) => argument.value === value).length > 1;
  const score = scoreOf(value, call, repeated || vague.has(name) ? 0 : evidence);
  if (score < reportedScore) return noProposal;
  const candidate: Candidate = {
    start,
    end: start + value.length,
    score: Math.max(score, 65),
    signals: ["argument that takes a password or key"],
  };
  return { candidates: [candidate], skipTo: candidate.end };
}

function whyNone(value: string, { holds }: Call): string | undefined {
  return holds === "password" ? noPasswordReason(value) : noSecretReason(value, true);
}

function scoreOf(value: string, { holds }: Call, evidence: number): number {
  const plain = withoutGroups(value);
  if (/\s.*\s/.test(plain)) return 0;
  const byItself = Math.max(passwordScore(plain, true), tokenScore(plain));
  if (holds === "password" && evidence > 0) return Math.max(byItself, placedScore(plain, evidence));
  return Math.max(byItself, scoreValue(plain, "password", { evidence: evidence / 2 }));
}

/** `user:password@tcp(host:3306)/name` of Go's database drivers; the hit is `@tcp(`. */
export function readGoDsn(view: View, hit: Hit): Proposal {
  const from = Math.max(0, hit.start - 120);
  const match = /(?:^|["'`\s=])([\w.-]{1,40}):([^"'`\s]{3,80})$/.exec(view.bytes.toString("latin1", from, hit.start));
  const value = match?.[2];
  if (value === undefined || noSecretReason(value, true) !== undefined || value === match?.[1]) return noProposal;
  if (isStockPassword(value)) return noProposal;
  const score = scoreValue(value, "password", { evidence });
  const start = hit.start - value.length;
  return { candidates: [{ start, end: hit.start, score, signals: ["password inside a data source name"] }] };
}

/** `Bearer` and a token that no provider's shape explains; Laravel's have a number before it. */
export function readBearer(view: View, hit: Hit): Proposal {
  const text = view.bytes.toString("latin1", hit.end, Math.min(view.bytes.length, hit.end + 300));
  const value = /^(?:\d{1,9}\|)?[A-Za-z0-9._~+/-]{20,280}={0,2}(?![\w(<${])/.exec(text)?.[0];
  if (value === undefined || value.startsWith("eyJ")) return noProposal;
  if ((isUuid(value) ? placeholderReason(value) : noSecretReason(value, true)) !== undefined) return noProposal;
  const score = tokenScore(value);
  const candidate = {
    start: hit.end,
    end: hit.end + value.length,
    score,
    signals: ["token of an Authorization header"],
  };
  return { candidates: [candidate], skipTo: candidate.end };
}
