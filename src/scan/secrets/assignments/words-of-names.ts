/**
 * The words that tell what a name holds, and those that tell that it holds no secret (name-words.ts). The prefilter has them as a
 * table (name-table.ts).
 */

/** At the end of a name: it says something about a secret. */
export const aboutSecrets: ReadonlySet<string> = new Set(
  (
    "url uri urls name names id ids guid path paths file files filename dir folder type types kind length len size count min max " +
    "field fields label hint placeholder policy regex regexp pattern header headers expiry expires expiration ttl " +
    "timeout date time at version format enabled disabled required valid invalid error errors message messages text title " +
    "description prompt input button form page link reset forgot forgotten strength rule rules validator validators validation class " +
    "style icon color endpoint host port scope scopes provider manager service store factory handler callback ref reference " +
    "refs index position start line column list map set algorithm alg method mode status state env var variable " +
    "param params parameter parameters arn uuid usage budget cost limit limits location source prefix suffix separator delimiter " +
    "permission permissions role roles officer reader contributor administrator operator action actions audience issuer exists changed change updated created encryption " +
    "property properties selector resource resources schema template tab view component dialog screen route help info doc arg args used last " +
    "docs flow grant verify verification request response result generator generated attempts age history owner user users email " +
    "check checks tooltip caption confirmation mismatch match matches show hide visible visibility toggle api apis " +
    "review reviews ring pair pairs vault spec kid rotation lookup event code press down up tree filter alias aliases symbol cmd command fn func function " +
    "sum sums scan scans scanning scanner scanners detection detector detectors commit revision rev"
  ).split(" "),
);

/** Wherever they stand: the name is one of something else. */
export const ofOthers: ReadonlySet<string> = new Set(
  (
    "websocket socket csrftoken recv keyserver " +
    "public pub publishable csrf xsrf design syntax lexer parser tokenizer tokenize stop pad eos bos unk cancellation cancel next page " +
    "continuation pagination authenticity mint css theme i18n translation foreign partition sort cache sha sha1 sha256 md5 hash hashed digest checksum " +
    "checksums srcrev fingerprint etag badge placeholder locale lang invalid wrong missing forgot forgotten author authors authored encrypted sealed"
  ).split(" "),
);

/** A key of these is a secret. */
export const keyKinds: ReadonlySet<string> = new Set(
  (
    "api access auth secret private priv pri signing signature encryption decryption encrypt master shared account host admin service app " +
    "application license licence client webhook crypto cipher hmac jwt session cookie subscription aes des rsa deploy server user " +
    "integration ingest write read consumer mac fernet blowfish"
  ).split(" "),
);

/** A key of these is the place of something in a table, a store or a list: nobody hides it. */
export const keyedThings: ReadonlySet<string> = new Set(
  (
    "row column record table index object item entity entry element node leaf block document doc file image photo video media " +
    "asset blob bucket upload dedup dedupe deduplication idempotency unique composite natural candidate group map dict json " +
    "query metric tag state redux react routing ordering shard resource feature experiment step tree search menu nav screen hot " +
    "arrow short shortcut keyboard topic queue channel room chat thread comment issue project build artifact component class " +
    "site gpg pgp method prop attr attribute registry sub parent child top data meta value time date year country region location option " +
    "setting storage local preference pref mint send"
  ).split(" "),
);

/** Each of these, also with digits behind it, says that the name holds something of its kind. */
export const promisingWords = {
  pass: ["pass", "pw", "psk"],
  password: (
    "requirepass stapsk appsk masterauth password passwd passwort pwd pw pass psw pswd passphrase passcode userpwd passwords pwds " +
    "motdepasse senha contrasena contrasenia clave mdp kennwort wachtwoord haslo heslo parola salasana jelszo lozinka sifre passw " +
    "pword pasword passsword passwrd authtok parol passord losenord adgangskode matkhau katasandi contrasenya"
  ).split(" "),
  secret: "secret secrets apisecret clientsecret credential credentials cred creds".split(" "),
  token: "token tokens bearer jwt pat".split(" "),
  key: "apikey apikeys appid passkey authkey appkey accesskey secretkey privatekey masterkey encryptionkey signingkey sharedkey".split(
    " ",
  ),
  bareKey: ["key", "keys"],
  auth: "auth authorization authentication authtoken oauth".split(" "),
  salt: ["salt", "salts", "nonce", "pepper"],
} as const satisfies Record<string, readonly string[]>;

/** Words that end so say it, too. */
export const passwordEnds: readonly string[] =
  "password passwd passphrase pwd passwort kennwort wachtwoord contrasena senha".split(" ");
