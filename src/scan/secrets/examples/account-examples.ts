/** Examples of secrets/password that nothing but their place gives away: words under the variables of products and beside users. */
import type { Example } from "../rule/secret-rule.ts";
import { sample, sampleBytes } from "./example-values.ts";

/** A password of words, as people choose them: letters alone tell nothing. */
export function wordedPassword(seed: string): string {
  const words = ["harbor", "lantern", "meadow", "copper", "willow", "thunder", "saffron", "glacier"];
  const [first, second] = sampleBytes(2, `worded ${seed}`).map((byte) => byte % words.length);
  return `${words[first!]}-${words[second!]}${sample("digits", 1, seed)}`;
}

/** Beside a network's name a word is one, too. */
const passwordsOfNetworks = (seed: string): readonly Example[] => [
  {
    path: "src/net.ino",
    text: `const char* ssid = "attic";\nconst char* password = "harbor${sample("digits", 4, seed)}";\n`,
  },
  { path: "src/a.ino", text: 'const char* ssid = "attic";\nconst char* password = "gateonly";\n' },
];

/** Settings whose place tells what a plain word is: a product's own variable, or the user beside it. */
export const passwordsOfAccounts = (seed: string): readonly Example[] => [
  ...passwordsOfNetworks(seed),
  { path: "compose.yml", text: `    environment:\n      MYSQL_ROOT_PASSWORD: ${wordedPassword(seed)}\n` },
  { path: "Dockerfile", text: `FROM mysql:8\nENV MYSQL_ROOT_PASSWORD 4${sample("digits", 1, seed)}7\n` },
  { path: "src/a.ino", text: `const char* mqtt_user = "ops";\nconst char* mqtt_pass = "${wordedPassword(seed)}";\n` },
  { path: "Dockerfile", text: `ENV SA_PASSWORD=${wordedPassword(seed)}\n` },
  { path: "deploy.sh", text: `export PGPASSWORD=${wordedPassword(seed)}\n` },
  { path: "app.properties", text: `jdbc.username=ops\njdbc.password=${wordedPassword(seed)}\n` },
  { path: "server.conf", text: `DBUser=ops\nDBPassword=${wordedPassword(seed)}\n` },
  { path: "config.json", text: `{"username": "ops", "password": "${wordedPassword(seed)}", "dialect": "mysql"}\n` },
  { path: "app.yml", text: `  login-username: ops\n  login-password: ${wordedPassword(seed)}\n` },
  {
    path: "orm.xml",
    text: `<property name="connection.username">ops</property>\n<property name="connection.password">${wordedPassword(seed)}</property>\n`,
  },
  {
    path: "context.xml",
    text: `<property name="username" value="ops"/>\n<property name="password" value="${wordedPassword(seed)}"/>\n`,
  },
  { path: "app.yml", text: `queue:\n  host: 10.7.0.1\n  port: 6379\n  password: ${wordedPassword(seed)}\n` },
  { path: "servers.txt", text: `user: ops\npass: ${wordedPassword(seed)}\n` },
  { path: "app.properties", text: `jdbc.username=ops\njdbc.password=4${sample("digits", 3, seed)}\n` },
  { path: "src/config.py", text: `DB_USER = 'ops'\nDB_PASSWORD = '${wordedPassword(seed)}'\n` },
  { path: "src/db.php", text: `define("DB_USER", "ops");\ndefine("DB_PASS", "4${sample("digits", 3, seed)}");\n` },
  {
    path: "README.md",
    text: `docker run -d -e MYSQL_ROOT_PASSWORD=l${sample("letters", 3, seed)} -p 3306:3306 mysql\n`,
  },
  {
    path: "src/users.sql",
    text: `GRANT ALL ON shop.* TO 'shop'@'%' IDENTIFIED BY 'harbor${sample("letters", 2, seed)}';`,
  },
  {
    path: "init.js",
    text: `db.createUser({\n  user: "ops",\n  pwd: "harbor${sample("letters", 2, seed)}",\n  roles: [],\n});`,
  },
  {
    path: "src/users.sql",
    text: `ALTER LOGIN shop WITH PASSWORD = N'harbor${sample("letters", 2, seed)}', CHECK_POLICY = OFF;`,
  },
  {
    path: "src/db.php",
    text: `'hostname' => 'db7.contoso.net', 'username' => 'ops', 'password' => '${wordedPassword(seed)}',\n`,
  },
];

/** Of four characters and less, beside whoever signs in with them; a number also where the name says nothing else. */
export const shortPasswords = (seed: string): readonly Example[] => [
  { path: "src/users.js", text: `{ username: "ops", password: "zq${sample("digits", 2, seed)}" },` },
  { path: "src/users.js", text: `{ username: "ops", password: "4${sample("digits", 1, seed)}9" },` },
  { path: "src/users.ts", text: `{ usuario: "ops", senha: "48${sample("digits", 1, seed)}9" },` },
  { path: "tests/users.py", text: `{"email": "ops@contoso.net", "password": "48${sample("digits", 1, seed)}9"}` },
  {
    path: "tests/UserTest.java",
    text: `user.setUsername("ops");\nuser.setPassword("48${sample("digits", 1, seed)}9");`,
  },
  { path: "src/mail.js", text: `auth: { user: "ops@contoso.net", pass: "48${sample("digits", 1, seed)}9" }` },
  { path: "src/A.java", text: `map.put("username", "ops"); map.put("password", "zq${sample("digits", 2, seed)}");` },
  { path: "tests/db.yml", text: `  host: db7.contoso.net\n  password: zq${sample("digits", 2, seed)}\n` },
  { path: "src/users.py", text: 'password = "harbor@999"' },
  { path: "tests/users.js", text: '{ username: "ops", password: "quokka" }' },
  { path: "db/seeds.rb", text: `mail: "ops@contoso.net",\npassword: "zq${sample("digits", 2, seed)}",` },
  { path: "src/Users.java", text: `String passwort = "48${sample("digits", 1, seed)}9";` },
  { path: "src/db.py", text: `DB_USER = getenv("DB_USER", "ops")\nDB_PASSWORD = getenv("DB_PASSWORD", "zqkv")\n` },
  { path: "src/db.php", text: `define('DB_PASSWORD', '48${sample("digits", 1, seed)}9');` },
  { path: "src/db_test.go", text: `t.Setenv("DB_PASSWORD", "48${sample("digits", 1, seed)}9")` },
  { path: "tests/A.java", text: `User.builder().password("48${sample("digits", 2, seed)}9").build()` },
  { path: "src/db.xml", text: `<property name="password" value="48${sample("digits", 1, seed)}9"/>` },
  { path: "shop.tfvars", text: `db_password = "48${sample("digits", 1, seed)}9"\n` },
  { path: "users.sql", text: `ALTER USER ops WITH PASSWORD '48${sample("digits", 1, seed)}9';` },
  { path: "dump.sh", text: `mysql -uops --password=48${sample("digits", 3, seed)}9 shop\n` },
  { path: "src/Users.java", text: `.withUser("ops").password("{noop}qzkvwxj").roles("USER")` },
];

const noShortPasswords: readonly Example[] = [
  { path: "src/users.js", text: '{ username: "ops", password: "show" }, { user: "ops", password: "blah" }' },
  { path: "src/a.js", text: 'const password = "489";' },
  { path: "src/a.js", text: '{ username: "ops", password: "juniper" }' },
  { path: "docs/users.md", text: '`{ password: "quokka" }`\\n' },
  { path: "src/a.js", text: 'login({ user: "ops", password: "abc" });' },
  { path: "src/a.js", text: 'const stagePass = "4819"; const pass = [1, "4819"];' },
  { path: "src/users.js", text: '{ username: "ops", passwordLength: "4819", password_port: "4819" }' },
  {
    path: "src/a.py",
    text: 'define("MIN_PASSWORD", "4819"); setenv("PASSWORD_AGE", "4819"); scrypt("password", "NaCl")\n',
  },
  { path: "run.sh", text: "tool --password-length 4819 --max-password 4819 --password 4000\n" },
  { path: "src/Users.java", text: '.withUser("ops").password("{noop}password").roles("USER")' },
];

export const noPasswordsOfAccounts: readonly Example[] = [
  ...noShortPasswords,
  { path: "app.yml", text: "login:\n  username: Benutzer\n  password: Passord\n" },
  { path: "schema.yml", text: "username: text\npassword: sealed-field\n" },
  { path: "src/form.py", text: 'data[CONF_USERNAME] = "ops"\nerrors[CONF_PASSWORD] = "invalid_auth"\n' },
  { path: "texts.json", text: '"username": "ops", "password": "Benutzer-Anmeldedaten"' },
  { path: "app.yml", text: "username: harbor-lantern7\npassword: harbor-lantern7\n" },
  { path: "app.yml", text: "mail_user: ops\ndb_password: harbor-lantern\n" },
  { path: "tests/app.yml", text: "username: ops\npassword: harbor-lantern\n" },
  { path: "compose.yml", text: "POSTGRES_USER: postgres\nPOSTGRES_PASSWORD: postgres\nMYSQL_ROOT_PASSWORD: root\n" },
  { path: "notes.md", text: "user: ops\npassword: harbor-lantern\n" },
  { path: "README.md", text: "docker run -e MYSQL_ROOT_PASSWORD=rootpw -e POSTGRES_PASSWORD=my-secret-pw -d mysql\n" },
  { path: "README.md", text: "MYSQL_ROOT_PASSWORD=light starts it.\nMYSQL_ROOT_PASSWORD=417 is one.\n" },
  { path: "compose.yml", text: "POSTGRES_PASSWORD: Adgangskode\nREDIS_PASSWORD: hidden\n" },
  { path: "compose.yml", text: "MYSQL_ROOT_PASSWORD: mysql\nRABBITMQ_DEFAULT_PASS: rabbitmq\n" },
  { path: "notes.md", text: "MYSQL_ROOT_PASSWORD: provide one\nMYSQL_PASSWORD: harbor-lantern\n" },
  { path: "tests/app.properties", text: "jdbc.username=ops\njdbc.password=1234\n" },
  { path: "grants.sql", text: "GRANT ALL ON shop.* TO 'harborlight'@'%' IDENTIFIED BY 'harborlight';\n" },
  {
    path: "init.js",
    text: 'db.createUser({ user: "harborlight", pwd: "harborlight" }); db.createUser({ user: "ops", pwd: "changeme" });',
  },
  { path: "src/a.js", text: 'createUser({ user: "ops", roles: [] }); const place = { pwd: "harborlight" };' },
  { path: "grants.sql", text: "GRANT reader TO ops; UPDATE users SET password = 'harborlight';\n" },
  { path: "src/form.js", text: "const rows = { username: 'name of the ops', password: 'harbor-lantern' };\n" },
  // What once was code, or is shown, has a variable where no quotes stand.
  {
    path: "src/a.py",
    text: "    #ftp.login(user=User_FTP, passwd=pswd_FTP)\n    # db = connect(host, open(path), password=pwDb2x)\n",
  },
  {
    path: "src/a.js",
    text: "// connect({ user: usr, password: pwDb2x })\n//const password = pwDb2x;\n  // let shop, pw = pwDb2x;\n",
  },
  { path: "src/A.java", text: "        // String password = pwDb2x;\n" },
  { path: "notes.md", text: "    db = connect(user=usr, password=pwDb2x)\n" },
];
