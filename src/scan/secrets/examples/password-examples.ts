/** Examples of secrets/password: assignments in code, settings and documents. */
import type { Example } from "../rule/secret-rule.ts";
import { sample, samplePassword } from "./example-values.ts";

/** What Gradle signs programs with: whatever stands there is the password. */
const passwordsOfStores = (seed: string): readonly Example[] => [
  {
    path: "build.gradle",
    text: `storeFile file("shop.jks")\nkeyAlias "upload"\nkeyPassword "harborlight${sample("letters", 5, seed)}"\n`,
  },
  {
    path: "build.gradle.kts",
    text: `storeFile = shopKeystore\nstorePassword = "harbor-${sample("letters", 5, seed)}-light"\nkeyAlias = "upload"\n`,
  },
  { path: "build.gradle.kts", text: `storePassword = "26${sample("digits", 4, seed)}!ы"\nkeyAlias = "upload"\n` },
];

const passwordsWithoutQuotes = (seed: string): readonly Example[] => [
  { path: ".env", text: "EMAIL_PASS=kqxz wzrv qpxk jdbt\nMAIL_PORT=587\n" },
  { path: "notes.md", text: "`EMAIL_PASS=kqxz wzrv qpxk jdbt`\n" },
  { path: ".env", text: `DB_PASSWORD=${samplePassword(seed)}!k(m2)x#Zq9\n` },
  { path: "Dockerfile", text: `env DB_PASSWORD ${samplePassword(seed)}\n` },
  { path: "seed.sql", text: `-- Password: ${samplePassword(seed)}  (hashed with bcrypt)\n` },
  { path: "notes.md", text: `Password: ${samplePassword(seed)} (the old one)\n` },
];

/** Phrases, and numbers that a program signs in with. */
const passwordsOfWords = (seed: string): readonly Example[] => [
  { path: "src/db.py", text: `password = "k${sample("letters", 1, seed)}qz"` },
  { path: "db.properties", text: `spring.datasource.password=zx${sample("letters", 1, seed)}q\n` },
  { path: "src/db.py", text: `password = "4${sample("digits", 2, seed)}7"` },
  { path: "db.properties", text: `spring.datasource.password=4${sample("digits", 2, seed)}7\n` },
  { path: "src/db.js", text: `if (user === "ops" && password === "48${sample("digits", 1, seed)}9") {` },
  { path: "src/db.js", text: `{ email: "ops@contoso.net", password: "48${sample("digits", 2, seed)}9" }` },
  { path: "src/a.ts", text: "const BACKUP_PASSPHRASE = 'harbor lights over nine bridges';" },
  { path: "src/a.py", text: 'key.passphrase = "wide-river copper lantern 2026"' },
];

/** Names and values in the same order. */
const passwordsOfPairs = (seed: string): readonly Example[] => [
  { path: "src/a.py", text: `user, password = "ops", "${samplePassword(seed)}"` },
  { path: "src/a.py", text: `(self.user, self.password) = ('shop', '${samplePassword(seed)}')\n` },
  { path: "src/a.py", text: `ADMIN, PAROL = "ops", "${samplePassword(seed)}"\n` },
  { path: "src/a.go", text: `\temail, password := mail(7), "${samplePassword(seed)}" // of the shop\n` },
  { path: "src/a.lua", text: `local user, password = "ops", "${samplePassword(seed)}"\n` },
  { path: "src/a.js", text: `let user, password = "${samplePassword(seed)}";` },
];

const passwordsOfStatements = (seed: string): readonly Example[] => [
  ...passwordsOfPairs(seed),
  ...passwordsOfWords(seed),
  { path: "src/users.sql", text: `CREATE USER 'shop'@'%' IDENTIFIED BY '${samplePassword(seed)}';` },
  { path: "src/users.sql", text: `ALTER ROLE shop WITH PASSWORD '${samplePassword(seed)}';` },
  { path: "dump.sql", text: `INSERT INTO options VALUES (7,'smtp_password','${samplePassword(seed)}','yes');` },
  {
    path: "dump.sql",
    text: `INSERT INTO options VALUES\n(1, 'a', 'b'),\n(7, 'smtp_password', '${samplePassword(seed)}');`,
  },
];

export const passCodes = (seed: string): readonly Example[] => [
  { path: "src/db.ts", text: `const passCode = "${samplePassword(seed)}"; const enterPassCode = "Enter the code";` },
  { path: "shop.yml", text: `user_pass_code: ${samplePassword(seed)}\n` },
];

export const passwordsAssigned = (seed: string): readonly Example[] => [
  ...passwordsOfStores(seed),
  ...passwordsWithoutQuotes(seed),
  ...passwordsOfStatements(seed),
  { path: "src/A.java", text: `md5("id=" + "7" + "&passsword=" + "${sample("hexLower", 32, seed)}");` },
  `const dbPassword = "Kx${sample("digits", 3, seed)}!m${sample("letters", 5, seed)}";`,
  { path: ".env", text: `SMTP_PASSWORD=${samplePassword(seed)}\n` },
  { path: "config.yaml", text: `db:\n  password: ${samplePassword(seed)}\n` },
  { path: "app.properties", text: `spring.datasource.password=${samplePassword(seed)}\n` },
  { path: "web.xml", text: `<password>${samplePassword(seed)}</password>` },
  { path: "deploy.sh", text: `mysql --password=${samplePassword(seed)} shop` },
  { path: "App.config", text: `<add key="SmtpPassword" value="${samplePassword(seed)}" />` },
  { path: "main.bicep", text: `param password string = '${samplePassword(seed)}'\n` },
  {
    path: "variables.tf",
    text: `variable "admin_password" {\n  default = "${samplePassword(seed)}"\n}\n`,
  },
  { path: "site.parameters.json", text: `{"adminPassword": {\n  "value": "${samplePassword(seed)}" }}` },
  {
    path: "site.json",
    text: `"sqlPassword": {"type":"securestring","defaultValue":"${samplePassword(seed)}"}`,
  },
  { path: "unattend.xml", text: `<Password><Value>${samplePassword(seed)}</Value></Password>` },
  { path: "config.php", text: `define('DB_PASSWORD', '${samplePassword(seed)}');` },
  { path: "redis.conf", text: `requirepass ${samplePassword(seed)}\n` },
  { path: "wiki/setup.md", text: `Put this into .env:\n\nDB_PASSWORD=${samplePassword(seed)}\n` },
  { path: "deploy.sh", text: `helm install a --set auth.password=${samplePassword(seed)}` },
  { path: "src/Db.cs", text: `string dbPassword = @"${samplePassword(seed)}";` },
  { path: "src/db.go", text: `\tDBPassword: "${samplePassword(seed)}",` },
  { path: "src/db.rs", text: `const DB_PASSWORD: &str = "${samplePassword(seed)}";` },
  { path: "src/db.h", text: `#define DB_PASSWORD "${samplePassword(seed)}"` },
  { path: "src/Db.vb", text: `Dim password As String = "${samplePassword(seed)}"` },
  { path: "src/Db.java", text: `dataSource.setPassword("${samplePassword(seed)}");` },
  { path: "src/db.js", text: `const pwd = process.env.DB_PWD || '${samplePassword(seed)}';` },
  { path: "src/db.rb", text: `ENV['DB_PASSWORD'] ||= '${samplePassword(seed)}'` },
  { path: "src/db.php", text: `$password .= "${samplePassword(seed)}";` },
  { path: "src/db.c", text: `if (strcmp(password, "${samplePassword(seed)}") == 0) {` },
  { path: "set.bat", text: `set DB_PASSWORD=${samplePassword(seed)}\n` },
  { path: "Dockerfile", text: `ENV DB_PASSWORD ${samplePassword(seed)}\n` },
  { path: "start.sh", text: `DB_PASSWORD=\${DB_PASSWORD:-${samplePassword(seed)}}\n` },
  { path: "app/strings.xml", text: `<string name="smtp_password">${samplePassword(seed)}</string>` },
  { path: "Info.plist", text: `<key>smtpPassword</key>\n  <string>${samplePassword(seed)}</string>` },
  {
    path: "compose.yaml",
    text: `environment:\n  - name: DB_PASSWORD\n    value: ${samplePassword(seed)}\n`,
  },
  { path: "src/a.py", text: `# password: ${samplePassword(seed)}` },
  { path: "src/a.py", text: `dsn = "host=db7 user=shop password=${samplePassword(seed)}"` },
  { path: "src/login.py", text: `login(user, password='${samplePassword(seed)}')` },
];

export const passwordsHandedOver = (seed: string): readonly Example[] => [
  { path: "notes.md", text: `docker run -e DB_PASSWORD=${samplePassword(seed)} shop:latest\n` },
  { path: "users.sh", text: `psql -c "ALTER ROLE shop WITH PASSWORD '${samplePassword(seed)}'"\n` },
  { path: "src/page.js", text: `await page.fill('input[name="password"]', '${samplePassword(seed)}');` },
  { path: "src/page.rb", text: `fill_in 'Password', with: '${samplePassword(seed)}'` },
  { path: "src/Page.java", text: `page.id("password")).sendKeys("${samplePassword(seed)}");` },
  { path: "src/Db.cs", text: `public string Password { get; set; } = "${samplePassword(seed)}";` },
  { path: "src/Db.cs", text: `if (txtPassword.Text == "${samplePassword(seed)}")` },
  { path: "src/Db.java", text: `users.resetPassword("shop-1", "${samplePassword(seed)}");` },
  {
    path: "src/Db.java",
    text: `@ConfigProperty(name = "db.password", defaultValue = "${samplePassword(seed)}")`,
  },
  { path: "src/db.php", text: `curl_setopt($c, CURLOPT_USERPWD, "shop:${samplePassword(seed)}");` },
  { path: "src/db.cpp", text: `std::string password{"${samplePassword(seed)}"};` },
  { path: "src/a.rs", text: `assert_eq!(settings.password, "${samplePassword(seed)}");` },
  { path: "src/a_test.go", text: `require.Equal(t, settings.Password, "${samplePassword(seed)}")` },
  { path: "src/db.c", text: `strcpy(password, "${samplePassword(seed)}");` },
  { path: "src/db.erl", text: `{password, "${samplePassword(seed)}"},` },
  { path: "users.yaml", text: `- { name: shop, password: ${samplePassword(seed)} }\n` },
  { path: "hosts.yaml", text: `db: name=shop password=${samplePassword(seed)} priv=ALL\n` },
  {
    path: "beans.xml",
    text: `<property name="password"><value>${samplePassword(seed)}</value></property>`,
  },
  { path: "src/a.py", text: `op_psw = "${samplePassword(seed)}"\n` },
  { path: "redis.conf", text: `masterauth ${samplePassword(seed)}\n` },
  { path: "src/a.py", text: `senha = "${samplePassword(seed)}"\n` },
  { path: "src/mail.py", text: 'EMAIL_PASSWORD = "kqxz wzrv qpxk jdbt"\n' },
  { path: "src/Db.kt", text: `val password = System.getenv("DB_PW") ?: "${samplePassword(seed)}"` },
  { path: "src/db.py", text: `password = getpass() or "${samplePassword(seed)}"\n` },
  { path: "src/db.rs", text: `let password = env::var("PW").unwrap_or("${samplePassword(seed)}".into());` },
  { path: "src/Db.scala", text: `val password = conf.getString("pw").getOrElse("${samplePassword(seed)}")` },
  { path: "src/db.py", text: `    password: str = Field(default="${samplePassword(seed)}")\n` },
  { path: "src/db.rs", text: `    .password(String::from("${samplePassword(seed)}"))` },
  { path: "start.sh", text: `PASS="\${1:-${samplePassword(seed)}}"\n` },
  {
    path: "src/dump.py",
    text: `run(f"""\n  dump --user=shop --password=${samplePassword(seed)} {name}\n""")\n`,
  },
  { path: "shop.log", text: `level=info user=shop password=${samplePassword(seed)} accepted\n` },
  {
    path: "load.jmx",
    text: `<stringProp name="Argument.name">password</stringProp>\n<stringProp name="Argument.value">${samplePassword(seed)}</stringProp>`,
  },
  // Beside a network's name a password may be nearly anything.
];

export const passwordsTold = (seed: string): readonly Example[] => [
  {
    path: "site.json",
    text: `"adminPassword": {"type":"securestring","metadata":{"description":"x"},"defaultValue":"${samplePassword(seed)}"}`,
  },
  { path: "page.html", text: `<!-- password: ${samplePassword(seed)} -->\n` },
  { path: "notes.md", text: `The password is \`${samplePassword(seed)}\`.\n` },
  { path: "src/user.rb", text: `password_confirmation: "${samplePassword(seed)}"` },
  { path: "src/net.h", text: `#define STAPSK "${samplePassword(seed)}"\n` },
  { path: "notes.txt", text: `(user: shop, password: ${samplePassword(seed)})\n` },
  { path: "src/a.jsx", text: `<li>Login: ops, Password: ${samplePassword(seed)}</li>` },
  { path: "src/a.vue", text: `<p>Password: <code class="wide">${samplePassword(seed)}</code>\n</p>` },
  { path: "page.html", text: `<p>Password: <code>${samplePassword(seed)}</code></p>` },
  { path: "setup.sh", text: `echo -e "\${BLUE}  VNC Password: ${samplePassword(seed)}\${NC}\\n"\n` },
  { path: "setup.sh", text: `printf "\${COLOR_GREEN}Password:$NC ${samplePassword(seed)}"\n` },
];

export const passwordsOfSettings = (seed: string): readonly Example[] => [
  { path: "app.properties", text: `db.password.prod=${samplePassword(seed)}\n` },
  { path: "notes.md", text: `helm install shop --set user=ops,postgresPassword=${samplePassword(seed)} contoso/db\n` },
  { path: "setup.sh", text: `helm upgrade shop --set db.password=${samplePassword(seed)},db.user=ops contoso/db\n` },
  { path: "site.tf", text: `DB_PASSWORD = base64encode("${samplePassword(seed)}")\n` },
  { path: "site.tf", text: `  password = sensitive("${samplePassword(seed)}")\n` },
  { path: "notes.md", text: `User: ops\nPassword: 47${sample("digits", 3, seed)}8\n` },
  { path: "app.properties", text: `spring.datasource.password=84${sample("digits", 3, seed)}61\n` },
  { path: "slapd.conf", text: `rootpw\t${samplePassword(seed)}\n` },
  { path: "home/.msmtprc", text: `account shop\npassword ${samplePassword(seed)}\n` },
  { path: "home/crontab", text: `7 * * * * PGPASSWORD=${samplePassword(seed)} pg_dump shop\n` },
  { path: "notes.rst", text: `password: \`\`${samplePassword(seed)}\`\`\n` },
  { path: "compose.yml", text: `DB_PASS: &pass "${samplePassword(seed)}"\n` },
  {
    path: ".ebextensions/shop.config",
    text: `option_settings:\n  - option_name: DB_PASSWORD\n    value: ${samplePassword(seed)}\n`,
  },
  { path: "app.yml", text: `db.password.2: ${samplePassword(seed)}\n` },
  { path: ".env", text: `DB_PASS_STAGING=${samplePassword(seed)}\n` },
  { path: "app.yml", text: `password: \${SHOP_DB:${samplePassword(seed)}}\n` },
  { path: "app.properties", text: `db.password=\${shop.db.login:${samplePassword(seed)}}\n` },
  { path: "pom.xml", text: `<argLine>-Ddb.password=${samplePassword(seed)} -Dshop=1</argLine>\n` },
  {
    path: "notes.md",
    text: `curl -F password=${samplePassword(seed)} -F user=shop https://shop.contoso.net\n`,
  },
  { path: "src/a.py", text: `# password = ${samplePassword(seed)}\n` },
  { path: "src/a.py", text: "# sign in (user: ops, password: kxQ8w2zd)\n" },
  { path: "wp-config.php", text: `define( 'DB_PASSWORD', '${samplePassword(seed)}' );\n` },
  { path: "ci.yml", text: `variables:\n  DB_PASSWORD:\n    value: "${samplePassword(seed)}"\n` },
  {
    path: "play.yml",
    text: `vars_prompt:\n  - name: db_password\n    prompt: Which?\n    private: yes\n    default: ${samplePassword(seed)}\n`,
  },
  {
    path: "template.yml",
    text: `  DBPassword:\n    NoEcho: 'true'\n    Type: String\n    Default: ${samplePassword(seed)}\n`,
  },
  {
    path: "stack.yml",
    text: `  - ParameterKey: DBPassword\n    ParameterValue: ${samplePassword(seed)}\n`,
  },
  {
    path: "calls.json",
    text: `{"key": "password", "type": "text", "value": "${samplePassword(seed)}"}\n`,
  },
];

export const noPasswordsOfSettings: readonly Example[] = [
  { path: "hosts.ini", text: "db ansible_host=db7 ansible_password=<NOT A PASSWORD>\n" },
  { path: "db.conf", text: "password_encryption = scram-sha-256\n" },
  {
    path: "app.yml",
    text: "password: 20240719\npasswords: 847261\nmax_password: 100000\npass: 184726\npassword_ttl: 864007\nold_password: 1724876543\n",
  },
  { path: "src/a.py", text: "PASSWORD = 847261\n" },
  { path: "src/url_test.go", text: 'want := url.UserPassword("gT4kq0Zr8x17", "p@ssword")' },
  { path: "src/a.py", text: 'user, password = "gT4kq0Zr8x17", read()\nkey_id, secret = "gT4kq0Zr8x17", 7\n' },
  { path: "src/a.ino", text: 'const char* ssid = "attic";\nconst char* password = "mypassword";\n' },
  { path: "tests/a.ino", text: 'const char* ssid = "attic";\nconst char* password = "gateonly";\n' },
  {
    path: "src/db.js",
    text: 'password: "12345", pwd: "4321", passwordLength: "48159", password_port: "48159", pass: 48159',
  },
  { path: "tests/db.js", text: 'if (password === "4711") {' },
  { path: "src/db.js", text: 'if (passwordLength === "4711" || password.length === 4711) {' },
  {
    path: "src/words.ts",
    text: "passphrase: 'Enter at least four words', askPassphrase: 'wrong or missing, try again', newPassphrase: 'Harbor lights burn brightly'",
  },
  { path: "src/a.ts", text: "passphrase = 'my test secret words'; passphrase = 'lights of the harbor';" },
  {
    path: ".env",
    text: "DB_PASSWORD=kqxz wzrv qpxk jdbt of the shop\nSMTP_PASSWORD=open your mail page\nROOT_PASSWORD=derive(salt7)\nA_PASSWORD=f(x1)*g(y2)+h\n",
  },
  { path: "notes.md", text: "password: varchar255 (not null)\npassword: gT4kq0Zr8x17 (old) and more of it\n" },
  {
    path: "notes.md",
    text: "helm install shop --set password=<password>,auth.existingSecret=shop-db7,keys.adminPasswordKey=shop-admin-pw7 db\n",
  },
  { path: "site.tf", text: 'user_data = base64encode("gT4kq0Zr8x17")\npassword = sensitive(var.gT4kq0Zr8x17)\n' },
  {
    path: "setup.sh",
    text: `echo -e "Password: \${GREEN}\${VNC_PASSWORD7}$NC, Password: kX9fT2mQz7Lw\${SUFFIX}, Token: \${RED}see above\${NC}"\n`,
  },
  {
    path: "build.gradle",
    text: 'storeFile file("debug.keystore")\nstorePassword "android"\nkeyAlias "harbor"\nkeyPassword "harbor"\n',
  },
  {
    path: "build.gradle",
    text: "storeFile file(given['storeFile'])\nstorePassword given['storePassword']\nkeyAlias given['keyAlias']\n",
  },
  { path: "key.properties", text: "storeFile=a.jks\nstorePassword=your_store_password\nkeyAlias=upload\n" },
  {
    path: "src/A.java",
    text: 'String KEY_PASSWORD = "shop.signing.key.password"; String keyAlias = "shop.key.alias";',
  },
  { path: "src/smtp.py", text: 'user = "ops"\npassword = password.encode("utf-8")\npassword = "kerberos"\n' },
  { path: "play.yml", text: "password: \"{{ lookup('shop.windows.laps_password', 'app01', start_tls=True) }}\"\n" },
  { path: "src/check.js", text: "const badPasswords = ['1q2w3e4r5t', '12345asdfg'];" },
  { path: "src/node.js", text: "// Only offered by nodes that pass `includeV4Harb0rAuth2` (not Wait).\n" },
  { path: "src/a.js", text: "connect('ops:пароль@db'); const url = 'https://ops:пароль@db.contoso.net';" },
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
