/** Names that are given to secrets, and values that are not just a reference to one. The secrets scanner looks at values. */

const secretWords =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|SECRETS|TOKEN|API_?KEY|APIKEY|ACCESS_?KEY|PRIVATE_?KEY|SECRET_?KEY|ENCRYPTION_?KEY|CREDENTIALS?|CLIENT_?SECRET|CONNECTION_?STRING|AUTH_?KEY|ACCOUNT_?KEY|SAS_?TOKEN)(?:_|$)/;
/** What says where a secret is, how long it lives, or that there is none. */
const aboutSecret =
  /(?:^|_)(?:FILE|PATH|DIR|URL|URI|ENDPOINT|NAME|ID|TTL|EXPIRY|EXPIRES?|EXPIRATION|DURATION|LENGTH|MIN|MAX|ALLOW_EMPTY|EMPTY|RANDOM|HASH|ALGORITHM|TYPE|HEADER|FIELD|POLICY|VAULT|ENABLED|DISABLED?|REQUIRED|TIMEOUT|VERSION|PUBLIC)(?:_|$)/;

/** `DB_PASSWORD`, `clientSecret`, `NPM_TOKEN`; not `PASSWORD_FILE`. */
export function isSecretName(name: string): boolean {
  const upper = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[.-]/g, "_")
    .toUpperCase();
  return upper !== "PWD" && upper !== "OLDPWD" && secretWords.test(upper) && !aboutSecret.test(upper);
}

/** A value of its own, not empty, not a reference such as `$X` or `${{ ... }}`, not a mere yes or no. */
export function isWrittenSecret(value: string): boolean {
  const text = value.trim();
  if (text === "" || /^(?:true|false|yes|no|none|null|0|1|\*+|x+)$/i.test(text)) return false;
  return !/^(?:\$|%[^%]+%|<[^>]+>|\{\{|#\{|@Microsoft\.KeyVault|__\w+__$|\/run\/secrets\/|vault:|file:)/i.test(text);
}
