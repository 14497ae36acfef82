/** Examples of passwords and keys as settings, scripts and documents say them, for the rules without a provider. */
import type { Example } from "../secret-rule.ts";
import { sample } from "./example-values.ts";

const password = (seed: string) => `gT${sample("base62", 9, seed)}7`;
const key = (seed: string) => sample("base62", 32, seed);

const entriesAndStatements = (seed: string): readonly Example[] => [
  { path: "task.json", text: `{"value": "${password(seed)}", "name": "DB_PASSWORD"}` },
  { path: "task.json", text: `{\n  "value": "${key(seed)}",\n  "type": "text",\n  "key": "API_KEY"\n}` },
  { path: "beans.xml", text: `<property value="${password(seed)}" name="db.password"/>` },
  { path: "web.config", text: `<add value="${key(seed)}" key="ApiKey" />` },
  { path: "deploy.yml", text: `env:\n  - value: ${password(seed)}\n    name: DB_PASSWORD\n` },
  { path: "task.json", text: `[{\n  "value": "${password(seed)}",\n  "name": "DB_PASSWORD",\n  "slot": 7\n}]` },
  { path: "src/task.js", text: `const env = [{ value: '${password(seed)}', name: 'DB_PASSWORD' }];` },
  { path: "deploy.yml", text: `env:\n  - value: ${password(seed)}\n    name: "DB_PASSWORD"\n` },
  { path: "deploy.yml", text: `env:\n  - value: '${password(seed)}'\n    name: 'DB_PASSWORD' # of the shop\n` },
  { path: "deploy.yml", text: `env:\n  - value: ${password(seed)}\n    name: DB_PASSWORD # of the shop\n` },
  { path: "deploy.yml", text: `env:\n  - value: ${password(seed)}\n    name: DB_PASSWORD` },
  { path: ".htaccess", text: `SetEnv DB_PASSWORD ${password(seed)}\n` },
  { path: "nginx.conf", text: `proxy_set_header X-Api-Key ${key(seed)};\n` },
  { path: "set.bat", text: `setx SHOP_TOKEN ${key(seed)}\n` },
  {
    path: "set.bat",
    text: `setx SHOP_OF_THE_NORTHERN_HARBOURS_AND_ISLANDS_API_KEY ${sample("base62", 80, seed)}\n`,
  },
  { path: "set.bat", text: `setx DB_PASSWORD à${password(seed)}à7\n` },
  { path: "site.yml", text: `    line: requirepass ${password(seed)}\n` },
  { path: "ci.yml", text: `run: echo '::add-mask::${password(seed)}'\n` },
  { path: "web.xml", text: `<param-name>apiKey</param-name><param-value>${key(seed)}</param-value>` },
  { path: "vpnc.conf", text: `Xauth password ${password(seed)}\n` },
  { path: "tac_plus.conf", text: `login = cleartext "${password(seed)}"\n` },
  { path: "server.xml", text: `<credential-reference clear-text="${password(seed)}"/>\n` },
  { path: "proftpd.conf", text: `SQLConnectInfo shop@db7 ops ${password(seed)}\n` },
  { path: "haproxy.cfg", text: `tcp-check send AUTH\\ ${password(seed)}\\r\\n\n` },
  { path: "compose.yml", text: `command: ops:${password(seed)}:1001\n` },
  { path: "call.ps1", text: `[Text.Encoding]::ASCII.GetBytes(("{0}:{1}" -f "ops", "${password(seed)}"))\n` },
  { path: "call.ps1", text: `$bytes = [Text.Encoding]::ASCII.GetBytes((":{0}" -f "${password(seed)}"))\n` },
  { path: "setup.sql", text: `connect sys/${password(seed)} as sysdba;\n` },
  { path: "setup.sql", text: `conn system/${password(seed)}@db7\n` },
  { path: "call.exp", text: `set password ${password(seed)}\n` },
  { path: "parameter.json", text: `{"Name": "/db", "Type": "SecureString", "Value": "${password(seed)}"}\n` },
  { path: "sip.conf", text: `register => ops:${password(seed)}@sip.contoso.net/7\n` },
  { path: "call.http", text: `Authorization: Basic ops:${password(seed)}\n` },
  { path: "src/book.bas", text: `ActiveSheet.Unprotect "${password(seed)}"\n` },
  { path: "map.vbs", text: `net.MapNetworkDrive "Z:", "\\\\files7\\shop", False, "ops", "${password(seed)}"\n` },
  { path: "db.vbs", text: `conn.Open "DSN=shop", "ops", "${password(seed)}"\n` },
  { path: "set.csh", text: `setenv DB_PASSWORD ${password(seed)}\n` },
  { path: "deploy.sh", text: `cf set-env shop DB_PASSWORD ${password(seed)}\n` },
  { path: "deploy.sh", text: `crudini --set /etc/nova.conf DEFAULT rabbit_password ${password(seed)}\n` },
  { path: "deploy.sh", text: `gh secret set API_TOKEN --body '${key(seed)}'\n` },
];

const linesOfSettings = (seed: string): readonly Example[] => [
  { path: "set.ps1", text: `Set-ItemProperty -Path $path -Name DefaultPassword -Value '${password(seed)}'\n` },
  { path: "set.ps1", text: `Set-Item -Path Env:API_TOKEN -Value "${key(seed)}"\n` },
  { path: "set.ps1", text: `if ($Password -eq '${password(seed)}') { exit }\n` },
  { path: "set.ps1", text: `New-Object System.Net.NetworkCredential -ArgumentList 'ops', '${password(seed)}'\n` },
  { path: "set.bat", text: `reg add HKLM\\Shop /v DefaultPassword /t REG_SZ /d ${password(seed)} /f\n` },
  { path: "set.bat", text: `reg add HKLM\\Shop /v "DefaultPassword" /d "${password(seed)}" /f\n` },
  { path: ".pgpass", text: `db7.contoso.net:5432:shop:ops:${password(seed)}\n` },
  { path: "setup.sh", text: `echo "*:*:*:ops:${password(seed)}" > ~/.pgpass\n` },
  { path: "sasl_passwd", text: `[smtp.contoso.net]:587 ops@contoso.net:${password(seed)}\n` },
  { path: "fstab", text: `//files7/shop /mnt cifs username=ops,password=${password(seed)},uid=1000 0 0\n` },
  { path: ".netrc", text: `default login ops password ${password(seed)}\n` },
  { path: "redis.conf", text: `user ops on >${password(seed)} ~* +@all\n` },
  { path: "ipsec.secrets", text: `ops : EAP "${password(seed)}"\n` },
  { path: "kafka.conf", text: `  user_kafka="${password(seed)}";\n` },
  { path: "rabbitmq.config", text: `{default_pass, <<"${password(seed)}">>}\n` },
  { path: "site.pp", text: `password_hash => postgresql_password('ops', '${password(seed)}'),\n` },
];

const templates = (seed: string): readonly Example[] => [
  { path: "play.yml", text: `password: "{{ '${password(seed)}' | password_hash('sha512') }}"\n` },
  { path: "play.yml", text: `password: "{{ lookup('env', 'PW') | default('${password(seed)}', true) }}"\n` },
  { path: "secret.yaml", text: `  password: {{ "${password(seed)}" | b64enc }}\n` },
  { path: "secret.yaml", text: `  password: {{ default "${password(seed)}" .Values.db.word | quote }}\n` },
  {
    path: "vault.tf",
    text: `resource "azurerm_key_vault_secret" "db" {\n  name  = "db"\n  value = "${password(seed)}"\n}\n`,
  },
  { path: "site.tf", text: `  type  = "SecureString"\n  value = "${password(seed)}"\n` },
  { path: "site.tf", text: `  plaintext_value = "${password(seed)}"\n` },
  { path: "deploy.yml", text: `args:\n  - --db-password\n  - ${password(seed)}\n` },
  { path: "deploy.yml", text: `args:\r\n  - "--api-key"\r\n  - "${key(seed)}"\r\n` },
  { path: "compose.yml", text: `command:\n  - redis-server\n  - --requirepass\n  - ${password(seed)}\n` },
];

/** Bad examples of secrets/written-credential in settings and scripts. */
export const toldBySettings = (seed: string): readonly Example[] => [
  ...entriesAndStatements(seed),
  ...linesOfSettings(seed),
  ...templates(seed),
];

/** And in documents, help texts and logs. */
export const toldInSentences = (seed: string): readonly Example[] => [
  { path: "notes.md", text: `Log in with \`ops\` / \`${password(seed)}\`.\n` },
  { path: "notes.md", text: `Default credentials are \`ops\` and \`${password(seed)}\`.\n` },
  { path: "notes.md", text: `Sign in as ops with password ${password(seed)}.\n` },
  { path: "notes.md", text: `The password for ops is \`${password(seed)}\`.\n` },
  { path: "notes.md", text: `Set \`API_KEY\` to \`${key(seed)}\`.\n` },
  { path: "notes.md", text: `- \`DB_PASSWORD\` (default: \`${password(seed)}\`)\n` },
  { path: "src/a.py", text: `help="the password (default: ${password(seed)})"` },
  { path: "notes.md", text: `Password - ${password(seed)}\n` },
  { path: "notes.md", text: `• Password - ${password(seed)}\n` },
  { path: "notes.md", text: `**Password**:\u00a0${password(seed)}\n` },
  { path: "notes.txt", text: `password\t${password(seed)}\n` },
  { path: "notes.txt", text: `Password:\n${password(seed)}\n` },
  { path: "notes.html", text: `<tr><td>Password:</td><td>${password(seed)}</td></tr>` },
  { path: "notes.html", text: `<dt>Password</dt><dd>${password(seed)}</dd>` },
  { path: "notes.wiki", text: `'''Password:''' ${password(seed)}\n` },
  { path: "setup.log", text: `A temporary password is generated for root@localhost: ${password(seed)}\n` },
];

/** Good ones: what only looks like it. */
export const toldByNothing: readonly Example[] = [
  { path: "a.json", text: '[{"value": "token2", "name": "token"}, {"value": "{{pw2}}", "name": "password"}]' },
  { path: "a.yml", text: "- value: $(pw2)\n  name: password\n- name: gT4kq0Zr8x17\n" },
  {
    path: "a.yml",
    text: "args:\n  - --db-password\n  - $(PASSWORD)\n  - --api-key\n  - --user7x\n  - shop-password\n  - gT4kq0Zr8x17\n",
  },
  {
    path: "a.yml",
    text: '- value: gT4kq0Zr8x17\n  name: "password_policy"\n- value: gT4kq0Zr8x17\n  name: shop # password',
  },
  { path: "a.json", text: '[{"value": "access_token2", "name": "token", "label": "Token"}]' },
  { path: "a.html", text: '<option value="access_token2" id="token">' },
  { path: "src/book.bas", text: 'Sheets(1).Unprotect "password"; fso.Open "a.txt", "r", "utf8x"\n' },
  { path: "notes.md", text: "The requirepass directive2 and `Authorization: Basic user:password1`\n" },
  { path: "call.exp", text: "set password [lindex $argv 7]\nset pass $pass7x\n" },
  { path: "notes.md", text: "Set password protection7 on it. connect sys/class7 as it is.\n" },
  { path: "compose.yml", text: "image: sftp:1.2.3:1001\nuser: harbor7x:1001\n" },
  { path: "set.ps1", text: "if ($Token -eq 'Bearer2') {}; $name -eq 'gT4kq0Zr8x17'\n" },
  { path: "set.ps1", text: "Set-ItemProperty -Name 'PasswordExpiryWarning' -Value '14days'\n" },
  { path: "compose.yml", text: 'ports: ["127.0.0.1:5432:5432"]\nurl: db:5432:shop7x\n' },
  { path: "site.conf", text: "proxy_set_header X-Api-Key $http_key7;\nsetenv KEY_FILE /etc/key7\n" },
  {
    path: "play.yml",
    text: "password: \"{{ pw | default('changeme2') }}\"\nkey: \"{{ x | default('id_rsa2') }}\"\n",
  },
  {
    path: "vault.tf",
    text: 'resource "azurerm_key_vault_secret" "x" {\n  name = "a"\n  value = var.gT4kq0\n}\n',
  },
  { path: "src/a.py", text: 'help="the token (default: GITHUB_TOKEN2)"; help="a key (default: created_at2)"' },
  {
    path: "notes.md",
    text: "Log in with google/facebook2. Rename `api_key` to `apiKey2`. Password - 8chars minimum\n",
  },
  {
    path: "notes.md",
    text: "with password protection2 and the password manager1password; Password for ops1: see below\n",
  },
  { path: "notes.html", text: "<td>Password</td><td>Min8chars</td><th>Token</th><td>int32</td>" },
  { path: "notes.txt", text: "password\tvarchar255\npassword  string8\n" },
];

/** Bad examples of secrets/password. */
export const passwordsOfSettings = (seed: string): readonly Example[] => [
  { path: "app.properties", text: `db.password.prod=gT${sample("base62", 9, seed)}7\n` },
  { path: "slapd.conf", text: `rootpw\tgT${sample("base62", 9, seed)}7\n` },
  { path: "host.ks", text: `rootpw --plaintext gT${sample("base62", 9, seed)}7\n` },
  { path: "home/.msmtprc", text: `account shop\npassword gT${sample("base62", 9, seed)}7\n` },
  { path: "home/crontab", text: `7 * * * * PGPASSWORD=gT${sample("base62", 9, seed)}7 pg_dump shop\n` },
  { path: "notes.rst", text: `password: \`\`gT${sample("base62", 9, seed)}7\`\`\n` },
  { path: "compose.yml", text: `DB_PASS: &pass "gT${sample("base62", 9, seed)}7"\n` },
  {
    path: ".ebextensions/shop.config",
    text: `option_settings:\n  - option_name: DB_PASSWORD\n    value: gT${sample("base62", 9, seed)}7\n`,
  },
  { path: "app.yml", text: `db.password.2: gT${sample("base62", 9, seed)}7\n` },
  { path: ".env", text: `DB_PASS_STAGING=gT${sample("base62", 9, seed)}7\n` },
  { path: "app.yml", text: `password: \${SHOP_DB:gT${sample("base62", 9, seed)}7}\n` },
  { path: "app.properties", text: `db.password=\${shop.db.login:gT${sample("base62", 9, seed)}7}\n` },
  { path: "pom.xml", text: `<argLine>-Ddb.password=gT${sample("base62", 9, seed)}7 -Dshop=1</argLine>\n` },
  {
    path: "notes.md",
    text: `curl -F password=gT${sample("base62", 9, seed)}7 -F user=shop https://shop.contoso.net\n`,
  },
  { path: "wp-config.php", text: `define( 'DB_PASSWORD', 'gT${sample("base62", 9, seed)}7' );\n` },
  { path: "ci.yml", text: `variables:\n  DB_PASSWORD:\n    value: "gT${sample("base62", 9, seed)}7"\n` },
  {
    path: "play.yml",
    text: `vars_prompt:\n  - name: db_password\n    prompt: Which?\n    private: yes\n    default: gT${sample("base62", 9, seed)}7\n`,
  },
  {
    path: "template.yml",
    text: `  DBPassword:\n    NoEcho: 'true'\n    Type: String\n    Default: gT${sample("base62", 9, seed)}7\n`,
  },
  {
    path: "stack.yml",
    text: `  - ParameterKey: DBPassword\n    ParameterValue: gT${sample("base62", 9, seed)}7\n`,
  },
  {
    path: "calls.json",
    text: `{"key": "password", "type": "text", "value": "gT${sample("base62", 9, seed)}7"}\n`,
  },
];

export const noPasswordsOfSettings: readonly Example[] = [
  { path: "app.properties", text: "password.min.length=gT4kq0Zr8x17\npassword.test.url=gT4kq0Zr8x17\n" },
  { path: "app.yml", text: `password: \${self:custom.harbor7x}\nlimit: \${PASSWORD_LENGTH:12:34}\n` },
  {
    path: "template.yml",
    text: "  DBPassword:\n    Type: AWS::SSM::Parameter::Value7\n    Default: /shop/db7x\n",
  },
  {
    path: "api.yml",
    text: "password:\n  type: string7x\n  description: gT4kq0Zr8x17\n  default:\n  x: gT4kq0Zr8x17\n",
  },
];
