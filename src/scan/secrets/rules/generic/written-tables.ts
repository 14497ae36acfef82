/** Tables with a column or row of passwords: of documents, exports, and users in code. */
import { sampleBytes, sampleKey, samplePassword } from "../../examples/example-values.ts";
import { columnHeads, endsHead, keyHeads, lastHeads } from "../../readers/tables/written-columns.ts";
import { tableBegins } from "../../readers/writings/written-pairs.ts";
import type { Example, SecretRule } from "../../rule/secret-rule.ts";
import { asBytes } from "../../text/small-letters.ts";

const shared = {
  aliases: [],
  provider: "Generic",
  family: "password",
  severity: "medium",
  why: "Everyone who can read the repository, now or in its history, has it.",
  links: ["https://cwe.mitre.org/data/definitions/798.html"],
  score: 60,
  loose: true,
  generic: true,
} as const;

/** Files of columns, as password managers and spreadsheets write them. */
const toldInColumns = (seed: string): readonly Example[] => [
  { path: "users.csv", text: `user,password\r\n="ops",="${samplePassword(seed)}"\r\n` },
  { path: "export.csv", text: `name,url,username,password\nshop,https://shop7,ops,${samplePassword(seed)}\n` },
  { path: "users.csv", text: `user, password, Straße,\nops, ${samplePassword(seed)}, Am Tor,\n` },
  {
    path: "export.csv",
    text: `user,password,note\nops,${samplePassword(seed)},"${'""a"", '.repeat(30)}${"of the shop\n".repeat(200)}"\n`,
  },
  { path: "users.txt", text: `user,password\nann,x\n\nuser;password\nops;${samplePassword(seed)}\n` },
  { path: "users.csv", text: `sep=;\r\nphone;role;password\r\n1;x;${samplePassword(seed)}\r\n` },
  { path: "users.csv", text: `email,phone,password\nops@contoso.net,1,${samplePassword(seed)}\n` },
  { path: "users.tsv", text: `"id"\t"role"\t"Password"\r\n1\tx\t${samplePassword(seed)}\r\n` },
  { path: "users.csv", text: `'user','password'\n'ops','${samplePassword(seed)}'\n` },
  { path: "users.csv", text: `"user", "password"\n"ops", "${samplePassword(seed)}"\n` },
  { path: "users.csv", text: `#user,password*\nops,${samplePassword(seed)}\n` },
  { path: "users.txt", text: `"email";"password"\r\n"ops@contoso.net";"${samplePassword(seed)}"\r\n` },
  { path: "users.csv", text: `user,token\nops,${sampleKey(seed)}\n` },
  { path: "keys.csv", text: `id,name,api_key,created\n1,shop,${sampleKey(seed)},2020-01-01\n` },
  { path: "keys.csv", text: `"Client ID","Client_Secret"\r\n"shop","${sampleKey(seed)}"\r\n` },
  { path: "users.csv", text: `host,pwd\ndb7,${samplePassword(seed)}\n` },
  { path: "keys.tsv", text: `service\tapi key\nshop\t${sampleKey(seed)}\n` },
];

/** Tables of reStructuredText and AsciiDoc, and those that clients of databases print. */
const toldInGrids = (seed: string): readonly Example[] => [
  {
    path: "notes.rst",
    text: `+---+---+\n| User | Password |\n+===+===+\n| ann | x |\n+---+---+\n| ops | ${samplePassword(seed)} |\n+---+---+\n`,
  },
  {
    path: "dump.txt",
    text: `+---+---+\n| user | password |\n+---+---+\n| ops | ${samplePassword(seed)} |\n+---+---+\n`,
  },
  {
    path: "notes.rst",
    text: `+---+---+\n| User | ops |\n+---+---+\n| Password | ${samplePassword(seed)} |\n+---+---+\n`,
  },
  {
    path: "notes.md",
    text: `┌──────┬──────────┐\n│ User │ Password │\n├──────┼──────────┤\n│ ann  │ x        │\n├──────┼──────────┤\n│ ops  │ ${samplePassword(seed)} │\n└──────┴──────────┘\n`,
  },
  {
    path: "setup.log",
    text: `┏━━━━━━┳━━━━━━━━━━┓\n┃ User ┃ Password ┃\n┡━━━━━━╇━━━━━━━━━━┩\n│ ops  │ ${samplePassword(seed)} │\n└──────┴──────────┘\n`,
  },
  {
    path: "setup.log",
    text: `╔══════════╤══════╗\n║ Password │ ${samplePassword(seed)} ║\n╟──────────┼──────╢\n║ User     │ ops  ║\n╚══════════╧══════╝\n`,
  },
  { path: "notes.adoc", text: `|===\n|User |Password\n\n|ann |x\n\n|ops\n|${samplePassword(seed)}\n|===\n` },
  { path: "notes.adoc", text: `|===\n|Password |${samplePassword(seed)}\n|User |ops\n|===\n` },
];

export const rules: readonly SecretRule[] = [
  {
    ...shared,
    id: "secrets/table-password",
    title: "Password or key in a table of a document or test",
    fix: "Change it, and tell readers where to ask for it instead.",
    anchors: [
      ...[
        ...["password", "**password", "passwort", "passwd", "pwd"].flatMap((name) => [`| ${name}`, `|${name}`]),
        ...["password", "pass", "secret", "token", "key"].flatMap((name) => [
          `${name} |`,
          `${name}\` |`,
          `${name}** |`,
        ]),
        ...["password", "passwd", "pwd"].flatMap((name) => [
          asBytes(`│ ${name}`),
          asBytes(`┃ ${name}`),
          asBytes(`║ ${name}`),
        ]),
        ...columnHeads,
      ].map((text) => ({ text, foldCase: true })),
      ...lastHeads.map((text) => ({ text, foldCase: true, next: "\r\n" })),
      ...keyHeads.map((text) => ({ text, foldCase: true, next: endsHead })),
    ],
    shape: { is: "reader", reader: "written-table" },
    examples: {
      bad: (seed) => [
        {
          path: "notes.md",
          text: `| Role | Mail | Password |\n|---|:---:|---|\n| Owner | ops@contoso.net | \`${samplePassword(seed)}\` |\n`,
        },
        { path: "login.feature", text: `      | user | password |\n      | ops  | ${samplePassword(seed)} |\n` },
        {
          path: "login.feature",
          text: `  | user | password |\n  # of the shop\n  | ops | ${samplePassword(seed)} |\n`,
        },
        {
          path: "notes.md",
          text: `| Field | Value |\n|---|---|\n| User | ops |\n| Password | ${samplePassword(seed)} |\n`,
        },
        { path: "notes.md", text: `| User | API Key |\n|---|---|\n| ops | ${sampleKey(seed)} |\n` },
        { path: "notes.md", text: `| Name | Value |\n|---|---|\n| \`DB_PASSWORD\` | \`${samplePassword(seed)}\` |\n` },
        {
          path: "notes.md",
          text: `| File | Name | Value |\n|---|---|---|\n| compose.yml | \`DB_PASSWORD\` | \`${samplePassword(seed)}\` |\n`,
        },
        { path: "notes.md", text: `User | Password\n--- | ---\nops | ${samplePassword(seed)}\n` },
        { path: "notes.md", text: `| User | Password |\n|---|---|\n| ops | '${samplePassword(seed)}' |\n` },
        { path: "notes.md", text: `| User | Password |\n|---|---|\n| ops | _${samplePassword(seed)}_ (new) |\n` },
        {
          path: "notes.md",
          text: `| User | Password |\n|---|---|\n| ops<br>guest | \`${samplePassword(seed)}\`<br>guest |\n`,
        },
        {
          path: "notes.md",
          text: `| User | Password | Note |\n|---|---|---|\n| ops | \`\`${samplePassword(seed)}\`\`[^1] | a \\| b |\n`,
        },
        { path: "notes.md", text: `| User | Password | Note |\n|---|---|---|\n| ops | ${samplePassword(seed)} |\n` },
        {
          path: "notes.md",
          text: `> - | User | Password |\n>   |---|---|\n>   | ops | ~~${samplePassword(seed)}~~ |\n`,
        },
        ...toldInGrids(seed),
        ...toldInColumns(seed),
      ],
      good: () => [
        {
          path: "notes.md",
          text: "| Name | Password |\n|---|---|\n| harbor42x | harbor42x |\n| ops | password123 |\n",
        },
        { path: "notes.md", text: "| Field | Type | Note |\n|---|---|---|\n| password | string8x | gT4kq0Zr8x17 |\n" },
        {
          path: "notes.md",
          text: "| File | Name | About |\n|---|---|---|\n| a.yml | `DB_PASSWORD` | gT4kq0Zr8x17 |\n| b.yml | Password | `gT4kq0Zr8x17` |\n| c.yml | `DB_PASSWORD` | `varchar64` |\n",
        },
        { path: "login.feature", text: "| user | password |\n| <user7> | <password7> |\n" },
        { path: "src/a.hs", text: "data Field = Name String | Password String |\n" },
        {
          path: "notes.md",
          text: "| Name | Token |\n|---|---|\n| a | `IDENTIFIER2` |\nParam | Key\n---|---\npassword | varchar64\n",
        },
        {
          path: "notes.md",
          text: "| Access Key | Action |\n|---|---|\n| Ctrl-F4 | close |\n| Alt-Shift-F7 | open |\n",
        },
        {
          path: "notes.md",
          text: "| Name | Password |\n|---|---|\n| a | varchar255 |\n| b | bcrypt12 |\n| c | Base64(SHA1) |\n",
        },
        { path: "notes.adoc", text: "|===\n|User |Password\n|===\n|gT4kq0Zr8x17 |gT4kq0Zr8x17\n" },
        {
          path: "notes.rst",
          text: "+---+---+\n| User | ops |\n+---+---+\n| Password | x |\n+---+---+\n| gT4kq0Zr8x17 | y |\n+---+---+\n",
        },
        { path: "setup.log", text: "│ Password\n│ gT4kq0Zr8x17 │\n" + 'echo "│ Password │ gT4kq0Zr8x17 │"\n' },
        { path: "notes.md", text: "| User | Note | Password |\n|---|---|---|\n| ops | gT4kq0Zr8x17 |\n" },
        { path: "schema.csv", text: "table,user,password\nusers,varchar64,varchar255\n" },
        { path: "users.csv", text: "username,password\nops,ops\nann,changeme\nbob,5f4dcc3b5aa765d61d8327deb882cf99\n" },
        { path: "defaults.csv", text: "harbor,password\nops,gT4kq0Zr8x17\n" },
        { path: "words.csv", text: "sentence,token,tag\n1,gT4kq0Zr8x17Kw2LpVn5,NN\n" },
        { path: "words.csv", text: "x\nname,api_key\nshop,gT4kq0Zr8x17Kw2LpVn5\n" },
        { path: "notes.txt", text: "send(user,token, gT4kq0Zr8x17Kw2LpVn5)\nops,gT4kq0Zr8x17Kw2LpVn5\n" },
        { path: "keys.csv", text: "name,api_key,api_key_id\nshop,changeme,gT4kq0Zr8x17Kw2LpVn5\nquay,varchar255,7\n" },
        { path: "words.txt", text: "x\na,b,password\na,b,gT4kq0Zr8x17\n" },
        { path: "notes.txt", text: "login(user,password) takes gT4kq0Zr8x17,gT4kq0Zr8x17\n" },
      ],
    },
  },
  {
    ...shared,
    id: "secrets/paired-credential",
    title: "Password or key in a table of users",
    fix: "Change it, and keep users with hashes of their passwords outside of the code.",
    anchors: [
      ...[
        "users",
        "accounts",
        "logins",
        "passwords",
        "credentials",
        "creds",
        "auth",
        "user_pass",
        "tokens",
        "keys",
        "secrets",
        "salts",
        "networks",
      ].flatMap((name) =>
        // `auth=("ops", "v")` has a rule of its own.
        [" =", ...(name === "auth" ? [] : ["="]), ":", '":', "':", "' =>", '" =>', " :="].map((sign) => ({
          text: `${name}${sign}`,
          foldCase: true,
          next: tableBegins,
        })),
      ),
      // Arrays of C, whose rows stand in braces.
      ...["users", "accounts", "credentials", "creds", "networks"].map((name) => ({
        text: `${name}[] =`,
        foldCase: true,
        next: "{",
      })),
      { text: "gin.Accounts" },
    ],
    shape: { is: "reader", reader: "written-pairs" },
    examples: {
      bad: (seed) => [
        { path: "src/a.py", text: `USERS = {'ops': '${samplePassword(seed)}', 'guest': 'guest'}\n` },
        { path: "src/a.py", text: `users = [("guest", "guest"), ("ops", "${samplePassword(seed)}")]\n` },
        { path: "src/a.php", text: `$valid_passwords = array('ops' => '${samplePassword(seed)}');` },
        { path: "src/a.js", text: `app.use(basicAuth({ users: { ops: '${samplePassword(seed)}' } }));` },
        { path: "src/a.go", text: `r.Use(gin.BasicAuth(gin.Accounts{\n\t"ops": "${samplePassword(seed)}",\n}))` },
        { path: "src/a.go", text: `var users = map[string]string{"ops": "${samplePassword(seed)}"}` },
        { path: "src/a.py", text: `USER_PASS = ('ops', '${samplePassword(seed)}')\n` },
        { path: "src/a.py", text: `API_KEYS = {'weather': '${sampleKey(seed)}'}\n` },
        {
          path: "src/a.ino",
          text: `WiFiNetwork wifiNetworks[] = {\n  {"harbor", "${samplePassword(seed)}"}, // home\n};`,
        },
        { path: "src/a.cpp", text: `static const User users[] = {\n  { "ops", "${samplePassword(seed)}" },\n};` },
        { path: "src/a.py", text: `KNOWN_NETWORKS = {"harbor": "${samplePassword(seed)}"}\n` },
        { path: "src/a.py", text: `api_keys = [("weather", "${sampleKey(seed)}")]\n` },
        { path: "src/a.rb", text: `TOKENS = { :weather => "${sampleKey(seed)}" }` },
        { path: "src/a.pl", text: `my %passwords = (\n  guest => 'guest',\n  ops   => '${samplePassword(seed)}',\n);` },
        { path: "src/a.rb", text: `SALTS = { :users => "${sampleKey(seed)}" }.freeze` },
        { path: "src/a.py", text: `users = {"ann": "a\\\\b", "o'brien": rb"it's${samplePassword(seed)}"}\n` },
        {
          path: "src/a.js",
          text: `const users = {\n  ann: '${"x".repeat(400)}' /* old */, /* new */\n  '${"o".repeat(60)}@contoso.net': '${samplePassword(seed)}' };\n`,
        },
      ],
      good: (seed) => [
        // Packages that are called so, and their sums.
        ...["Contoso.Security.Tokens", "Contoso.Vault.Secrets", "Contoso.Auth", "Contoso.Users"].map((name) => ({
          path: "src/shop/packages.lock.json",
          text: `      "${name}": {\n        "type": "Transitive",\n        "resolved": "8.0.0",\n        "contentHash": "${sampleBytes(64, seed).toString("base64")}"\n      },\n`,
        })),
        {
          path: "src/pins.ts",
          text: `const tokens = { name: 'tokens', sha512: '${sampleBytes(64, seed).toString("base64")}' };`,
        },
        { path: "lock.json", text: `{"credentials": {"digest": "${sampleBytes(32, seed).toString("base64")}"}}` },
        {
          path: "src/a.ts",
          text: `const networks = { main: '${samplePassword(seed)}' }; const socialNetworks = { x: '${samplePassword(seed)}' };`,
        },
        {
          path: "src/a.cpp",
          text: 'WifiCred wifiNetworks[] = {\n  {"YOUR_SSID", "YOUR_PASSWORD"},\n  {SSID, "gT4kq0Zr8x17"},\n};\nconst char *networks[] = {"gT4kq0Zr8x17", "gT4kq0Zr8x18"};',
        },
        { path: "src/a.ts", text: `const USERS = { ann: '7f9c2ba4-e88f-4a4e-9b1e-0d3c5a6f7e81' };` },
        { path: "src/a.ts", text: `const ACCOUNTS = { ann: "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY" };` },
        { path: "src/a.py", text: "users = {'id': 'gT4kq0Zr8x17', 'name': 'Harbor', 'ops': 'gT4kq0Zr8x17'}\n" },
        { path: "src/a.py", text: "users = ['ops', 'gT4kq0Zr8x17', 'harbor']\nusers = {'ops': ['gT4kq0Zr8x17']}\n" },
        { path: "src/a.py", text: "users = {'ops': 'Harbor Light', 'u7': 'Asia/Seoul', 'admin': 'password123'}\n" },
        { path: "src/a.py", text: "accounts = load({'ops': 'gT4kq0Zr8x17'})\n" },
        { path: "src/a.py", text: "users = {'ops': 'U02ABC7X3DE', 'ann': 'Harbor42 Light', 'bob': 'usr_01h8xkqz7'}\n" },
        { path: "src/a.py", text: "logins = {'github': 'harbor42', 'x': 'u-7x2k9q', 'y': 's1.Node42'}\n" },
        { path: "src/a.py", text: "users = {'ops': 'auth0|5f7c8ec7c33c6c', 'ann': 'ou=x7,dc=shop'}\n" },
        { path: "src/a.js", text: "const tokens = [['border', 'T2x4abc']], keys = [('a', 'x7Kq2b9')];\n" },
        { path: "src/a.js", text: "const tokens = { shadow: '0_1px_2px_rgba(0,0,0,.1)' };\n" },
        {
          path: "src/a.js",
          text: "const users = { harbor7light: 'harbor7light' }; const tokens = { plus: '+', word: '[a-z0-9]+' };",
        },
        { path: "src/a.js", text: "const mail = { auth: { user: 'gT4kq0Zr8x17', pass: process.env.PASS } };" },
        {
          path: "src/a.js",
          text: "const tokens = { primary: 'hsl(210,40%,98%)', ease: 'cubic-bezier(0.4,0,0.2,1)', text: 'hsl(var(--base7))' };",
        },
        {
          path: "src/a.js",
          text: "const users = (given => 'gT4kq0Zr8x17' + given), keys = list.map(key => 'gT4kq0Zr8x17');",
        },
        {
          path: "src/a.pl",
          text: "my %salts = (users => 'salt', shops => $ENV{SALT}); my @users = (name => 'gT4kq0Zr8x17');",
        },
        { path: "src/a.js", text: "const keys = { left: 'ArrowLeft', 37: 'left7' };" },
      ],
    },
  },
];
