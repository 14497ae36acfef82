/** Splits names into words and tells whether a name holds a secret, or something about one. */

/** `dbPassword`, `DB_PASSWORD`, `db-password` become `db`, `password`. */
export function nameWords(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

const about = new Set(
  (
    "url uri urls name names id ids guid path paths file files filename dir folder type types kind length len size count min max " +
    "field fields label hint placeholder policy regex regexp pattern header headers expiry expires expiration ttl " +
    "timeout date time at version format enabled disabled required valid invalid error errors message messages text title " +
    "description prompt input button form page link reset forgot forgotten strength rule rules validator validation class " +
    "style icon color endpoint host port scope scopes provider manager service store factory handler callback ref reference " +
    "refs index position start end line column list map set algorithm alg method mode status state env var variable " +
    "param parameter parameters arn usage budget cost limit limits location source prefix suffix separator delimiter " +
    "permission permissions role roles action actions audience issuer exists changed change updated created test tests encryption " +
    "property properties selector resource resources schema template tab view component dialog screen route help info doc arg args used last " +
    "docs flow grant verify verification request response result generator generated attempts age history owner user users email" +
    " check checks tooltip caption confirmation mismatch match matches show hide visible visibility toggle new_line api apis"
  ).split(" "),
);

const anywhere = new Set(
  "public pub csrf xsrf design syntax lexer parser tokenizer tokenize stop pad eos bos unk cancellation cancel next page continuation pagination css theme i18n translation foreign partition sort cache".split(
    " ",
  ),
);

/** True if the name speaks about a secret (its address, its length, its error message) and does not hold one. */
export function isAboutSecret(words: readonly string[]): boolean {
  const last = words.at(-1) ?? "";
  return about.has(last) || words.some((word) => anywhere.has(word));
}

const passwordWords =
  /^(requirepass|masterauth|password|passwd|passwort|pwd|pass|passphrase|passcode|userpwd|passwords)\d*$/;
const passwordTail = /(password|passwd|passphrase)\d*$/;

export function isPasswordName(words: readonly string[]): boolean {
  return words.some((word) => passwordWords.test(word) || passwordTail.test(word));
}

const secretWords =
  /^(secret|secrets|token|tokens|apikey|apitoken|apisecret|authtoken|accesstoken|accesskey|secretkey|clientsecret|privatekey|credential|credentials|bearer)\d*$/;
const secretTail = /(secret|token|apikey|secretkey|accesskey)\d*$/;
const keyKinds = new Set(
  "api access auth secret private signing signature encryption decryption master shared account storage function host admin service app application license licence client webhook crypto cipher hmac jwt session cookie subscription".split(
    " ",
  ),
);

export function isSecretName(words: readonly string[]): boolean {
  return words.some((word, index) => {
    if (secretWords.test(word) || secretTail.test(word)) return true;
    return (word === "key" || word === "keys") && index > 0 && keyKinds.has(words[index - 1] ?? "");
  });
}
