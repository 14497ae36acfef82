/** Examples of passwords and keys as settings and scripts say them. */
import type { Example } from "../rule/secret-rule.ts";
import { sample, sampleKey, samplePassword } from "./example-values.ts";

const entries = (seed: string): readonly Example[] => [
  { path: "task.json", text: `{"value": "${samplePassword(seed)}", "name": "DB_PASSWORD"}` },
  { path: "task.json", text: `{\n  "value": "${sampleKey(seed)}",\n  "type": "text",\n  "key": "API_KEY"\n}` },
  { path: "task.json", text: `{"value": "a'b${samplePassword(seed)}", "name": "DB_PASSWORD"}` },
  { path: "beans.xml", text: `<property value="${samplePassword(seed)}" name="db.password"/>` },
  { path: "beans.xml", text: `<property value="a'b${samplePassword(seed)}" name="db.password"/>` },
  { path: "deploy.yml", text: `env:\n  - value: a'b${samplePassword(seed)}\n    name: DB_PASSWORD\n` },
  { path: ".htaccess", text: `SetEnv DB_PASSWORD a'b${samplePassword(seed)}\n` },
  { path: ".htaccess", text: `SetEnv DB_PASSWORD "${samplePassword(seed)};(x)"\n` },
  { path: "redis.md", text: `    requirepass ${samplePassword(seed)}'x\n` },
  { path: "web.config", text: `<add value="${sampleKey(seed)}" key="ApiKey" />` },
  {
    path: "AndroidManifest.xml",
    text: `<meta-data\n    android:name="net.contoso.API_KEY"\n    android:value="${sampleKey(seed)}" />\n`,
  },
  { path: "deploy.yml", text: `env:\n  - value: ${samplePassword(seed)}\n    name: DB_PASSWORD\n` },
  { path: "task.json", text: `[{\n  "value": "${samplePassword(seed)}",\n  "name": "DB_PASSWORD",\n  "slot": 7\n}]` },
  { path: "src/task.js", text: `const env = [{ value: '${samplePassword(seed)}', name: 'DB_PASSWORD' }];` },
  { path: "deploy.yml", text: `env:\n  - value: ${samplePassword(seed)}\n    name: "DB_PASSWORD"\n` },
  { path: "deploy.yml", text: `env:\n  - value: '${samplePassword(seed)}'\n    name: 'DB_PASSWORD' # of the shop\n` },
  { path: "deploy.yml", text: `env:\n  - value: ${samplePassword(seed)}\n    name: DB_PASSWORD # of the shop\n` },
  { path: "deploy.yml", text: `env:\n  - value: ${samplePassword(seed)}\n    name: DB_PASSWORD` },
];

const statements = (seed: string): readonly Example[] => [
  { path: ".htaccess", text: `SetEnv DB_PASSWORD ${samplePassword(seed)}\n` },
  { path: "nginx.conf", text: `proxy_set_header X-Api-Key ${sampleKey(seed)};\n` },
  { path: "set.bat", text: `setx SHOP_TOKEN ${sampleKey(seed)}\n` },
  {
    path: "set.bat",
    text: `setx SHOP_OF_THE_NORTHERN_HARBOURS_AND_ISLANDS_API_KEY ${sample("base62", 80, seed)}\n`,
  },
  { path: "set.bat", text: `setx DB_PASSWORD à${samplePassword(seed)}à7\n` },
  { path: "site.yml", text: `    line: requirepass ${samplePassword(seed)}\n` },
  { path: "ci.yml", text: `run: echo '::add-mask::${samplePassword(seed)}'\n` },
  { path: "web.xml", text: `<param-name>apiKey</param-name><param-value>${sampleKey(seed)}</param-value>` },
  { path: "vpnc.conf", text: `Xauth password ${samplePassword(seed)}\n` },
  { path: "tac_plus.conf", text: `login = cleartext "${samplePassword(seed)}"\n` },
  { path: "server.xml", text: `<credential-reference clear-text="${samplePassword(seed)}"/>\n` },
  { path: "proftpd.conf", text: `SQLConnectInfo shop@db7 ops ${samplePassword(seed)}\n` },
  { path: "haproxy.cfg", text: `tcp-check send AUTH\\ ${samplePassword(seed)}\\r\\n\n` },
  { path: "compose.yml", text: `command: ops:${samplePassword(seed)}:1001\n` },
  { path: "call.ps1", text: `[Text.Encoding]::ASCII.GetBytes(("{0}:{1}" -f "ops", "${samplePassword(seed)}"))\n` },
  { path: "call.ps1", text: `$bytes = [Text.Encoding]::ASCII.GetBytes((":{0}" -f "${samplePassword(seed)}"))\n` },
  { path: "sip.conf", text: `register => ops:${samplePassword(seed)}@sip.contoso.net/7\n` },
  { path: "call.http", text: `Authorization: Basic ops:${samplePassword(seed)}\n` },
  { path: "src/book.bas", text: `ActiveSheet.Unprotect "${samplePassword(seed)}"\n` },
  { path: "map.vbs", text: `net.MapNetworkDrive "Z:", "\\\\files7\\shop", False, "ops", "${samplePassword(seed)}"\n` },
  { path: "db.vbs", text: `conn.Open "DSN=shop", "ops", "${samplePassword(seed)}"\n` },
  { path: "set.csh", text: `setenv DB_PASSWORD ${samplePassword(seed)}\n` },
  { path: "deploy.sh", text: `cf set-env shop DB_PASSWORD ${samplePassword(seed)}\n` },
  { path: "deploy.sh", text: `crudini --set /etc/nova.conf DEFAULT rabbit_password ${samplePassword(seed)}\n` },
  { path: "setup.ps1", text: `Set-ItemProperty -Path $key -Name DefaultPassword -Value ${samplePassword(seed)}\n` },
  { path: "seed.sql", text: `UPDATE settings SET value = '${samplePassword(seed)}' WHERE name = 'smtp_password';\n` },
  { path: "setup.sql", text: `EXEC sp_addlogin 'ops', '${samplePassword(seed)}'\n` },
  { path: "setup.sql", text: `EXEC sp_password NULL, '${samplePassword(seed)}', 'ops'\n` },
  { path: "setup.sql", text: `EXEC sp_addlinkedsrvlogin 'db7', false, NULL, N'ops', N'${samplePassword(seed)}'\n` },
  { path: "vpn.bicep", text: `@secure()\nparam vpnkey string = '${samplePassword(seed)}'\n` },
  { path: "deploy.sh", text: `gh secret set API_TOKEN --body '${sampleKey(seed)}'\n` },
];

const clustersAndCommands = (seed: string): readonly Example[] => [
  { path: "sip.conf", text: `register => ops:${samplePassword(seed)}:opsauth@sip.contoso.net/7\n` },
  { path: "start.sh", text: `redis-server --masterauth ${sample("digits", 3, seed)}847 \\\n  --port 6379\n` },
  { path: "site.tf", text: `  set {\n    name  = "auth.erlangCookie"\n    value = "${samplePassword(seed)}"\n  }\n` },
  { path: "compose.yml", text: `  RABBITMQ_ERLANG_COOKIE: ${samplePassword(seed)}\n` },
  {
    path: "call.sh",
    text: `openssl aes-256-cbc -d -in a -K "$(cat k)" -iv 0; openssl enc -K ${"0123456789abcdef".repeat(4)} -iv "${sample("hexLower", 32, seed)}"\n`,
  },
  { path: "setup.sql", text: `connect sys/${samplePassword(seed)} as sysdba;\n` },
  { path: "setup.sql", text: `conn system/${samplePassword(seed)}@db7\n` },
  { path: "call.exp", text: `set password ${samplePassword(seed)}\n` },
  { path: "parameter.json", text: `{"Name": "/db", "Type": "SecureString", "Value": "${samplePassword(seed)}"}\n` },
];

const linesOfSettings = (seed: string): readonly Example[] => [
  { path: "set.ps1", text: `Set-ItemProperty -Path $path -Name DefaultPassword -Value '${samplePassword(seed)}'\n` },
  { path: "set.ps1", text: `Set-Item -Path Env:API_TOKEN -Value "${sampleKey(seed)}"\n` },
  { path: "set.ps1", text: `if ($Password -eq '${samplePassword(seed)}') { exit }\n` },
  { path: "set.ps1", text: `if ((Get-Shop).Password -ne '${samplePassword(seed)}') { exit }\n` },
  { path: "set.ps1", text: `New-Object System.Net.NetworkCredential -ArgumentList 'ops', '${samplePassword(seed)}'\n` },
  { path: "set.bat", text: `reg add HKLM\\Shop /v DefaultPassword /t REG_SZ /d ${samplePassword(seed)} /f\n` },
  { path: "set.bat", text: `reg add HKLM\\Shop /v "DefaultPassword" /d "${samplePassword(seed)}" /f\n` },
  { path: ".pgpass", text: `db7.contoso.net:5432:shop:ops:${samplePassword(seed)}\n` },
  { path: "setup.sh", text: `echo "*:*:*:ops:${samplePassword(seed)}" > ~/.pgpass\n` },
  { path: "sasl_passwd", text: `[smtp.contoso.net]:587 ops@contoso.net:${samplePassword(seed)}\n` },
  { path: "fstab", text: `//files7/shop /mnt cifs username=ops,password=${samplePassword(seed)},uid=1000 0 0\n` },
  { path: ".netrc", text: `default login ops password ${samplePassword(seed)}\n` },
  { path: "redis.conf", text: `user ops on >${samplePassword(seed)} ~* +@all\n` },
  { path: "ipsec.secrets", text: `ops : EAP "${samplePassword(seed)}"\n` },
  { path: "kafka.conf", text: `  user_kafka="${samplePassword(seed)}";\n` },
  { path: "rabbitmq.config", text: `{default_pass, <<"${samplePassword(seed)}">>}\n` },
  { path: "site.pp", text: `password_hash => postgresql_password('ops', '${samplePassword(seed)}'),\n` },
  { path: "site.yml", text: `password: "{{ db_password | default('${samplePassword(seed)}') }}"\n` },
  { path: "web.xml", text: `<param-name>password</param-name>\n<param-value>${samplePassword(seed)}</param-value>` },
  { path: "haproxy.cfg", text: `    stats auth ops:${samplePassword(seed)}\n` },
  {
    path: "setup.sh",
    text: `echo 'mysql-server mysql-server/root_password password ${samplePassword(seed)}' | debconf-set-selections\n`,
  },
  {
    path: "Dockerfile",
    text: `RUN echo db db/root_password_again password ${samplePassword(seed)} | debconf-set-selections\n`,
  },
  {
    path: "template.yml",
    text: `  DBPassword:\n    Type: String\n    MinLength: 8\n    NoEcho: true\n    Default: ${samplePassword(seed)}\n`,
  },
  { path: "setup.sql", text: `CREATE USER ops IDENTIFIED WITH mysql_native_password BY '${samplePassword(seed)}';` },
  { path: "hotspot.rsc", text: `add name=shop wpa2-pre-shared-key=\\\n    ${samplePassword(seed)}\n/ip hotspot\n` },
  { path: "setup.sql", text: `CREATE USER ops IDENTIFIED WITH sha256_password BY '${samplePassword(seed)}';` },
  { path: "setup.sql", text: `DECLARE @password NVARCHAR(50) = N'${samplePassword(seed)}';` },
];

const answersOfInstallers: readonly Example[] = [
  { path: "preseed.cfg", text: "d-i passwd/user-password password harborlight7\n" },
  { path: "src/Wifi.java", text: String.raw`conf.preSharedKey = "\"harborlight42\"";` },
  { path: "ks.cfg", text: "rootpw harborlight7\nuser --name=ops\n" },
  { path: "ks.cfg", text: "rootpw --plaintext 'harbor@7'\n" },
  { path: "raddb/users", text: 'ops     Cleartext-Password := "harbor-light"\n        Reply-Message := "Hello"\n' },
];

const letters = (length: number, seed: string) => sample("letters", length, seed).toLowerCase();

const keysOfServices = (seed: string): readonly Example[] => [
  {
    path: "door.ino",
    text: `String server = "https://maker.ifttt.com/trigger/door_open/with/key/${sample("base64Url", 43, seed)}";\n`,
  },
  { path: "mail.ini", text: `host=smtp.qq.com\nauthcode=${letters(16, seed)}\n` },
  { path: "src/mail.py", text: `mail_host = "smtp.163.com"\nauth_code = "${letters(16, seed).toUpperCase()}"\n` },
];

const templates = (seed: string): readonly Example[] => [
  { path: "play.yml", text: `password: "{{ '${samplePassword(seed)}' | password_hash('sha512') }}"\n` },
  { path: "play.yml", text: `password: "{{ lookup('env', 'PW') | default('${samplePassword(seed)}', true) }}"\n` },
  { path: "secret.yaml", text: `  password: {{ "${samplePassword(seed)}" | b64enc }}\n` },
  { path: "secret.yaml", text: `  password: {{ b64enc "${samplePassword(seed)}" | quote }}\n` },
  { path: "secret.yaml", text: `  password: {{ default "${samplePassword(seed)}" .Values.db.word | quote }}\n` },
  {
    path: "vault.tf",
    text: `resource "azurerm_key_vault_secret" "db" {\n  name  = "db"\n  value = "${samplePassword(seed)}"\n}\n`,
  },
  { path: "site.tf", text: `  type  = "SecureString"\n  value = "${samplePassword(seed)}"\n` },
  { path: "site.tf", text: `  plaintext_value = "${samplePassword(seed)}"\n` },
  { path: "deploy.yml", text: `args:\n  - --db-password\n  - ${samplePassword(seed)}\n` },
  { path: "deploy.yml", text: `args:\r\n  - "--api-key"\r\n  - "${sampleKey(seed)}"\r\n` },
  { path: "compose.yml", text: `command:\n  - redis-server\n  - --requirepass\n  - ${samplePassword(seed)}\n` },
];

/** Bad examples of secrets/written-credential. */
export const toldInSettings = (seed: string): readonly Example[] => [
  ...entries(seed),
  ...statements(seed),
  ...clustersAndCommands(seed),
  ...linesOfSettings(seed),
  ...answersOfInstallers,
  ...keysOfServices(seed),
  ...templates(seed),
];
