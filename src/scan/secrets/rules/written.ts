import { sample } from "../examples/example-values.ts";
import { toldByNothing, toldBySettings, toldInSentences } from "../examples/settings-examples.ts";
import { writings } from "../readers/written-forms.ts";
import type { Example, SecretRule } from "../secret-rule.ts";

const password = (seed: string) => `gT${sample("base62", 9, seed)}7`;
const key = (seed: string) => sample("base62", 32, seed);

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

const toldByDocuments = (seed: string): readonly Example[] => [
  { path: "notes.md", text: `*Password*: ${password(seed)}\n` },
  { path: "notes.md", text: `The default credentials are \`ops\` / \`${password(seed)}\`.\n` },
  { path: "notes.md", text: `- **Password**: \`${password(seed)}\`\n` },
  { path: "notes.md", text: `**API Key:** ${key(seed)}\n` },
  { path: "notes.html", text: `<b>Password:</b> ${password(seed)}<br>` },
  { path: "notes.md", text: `The password is ${password(seed)}.\n` },
  { path: "notes.md", text: `Login / Password:\nops / ${password(seed)}\n` },
  { path: "notes.md", text: `Пароль: ${password(seed)}\n` },
  { path: "notes.md", text: `默认密码：${password(seed)}\n` },
  { path: "notes.md", text: `Mot de passe : \`${password(seed)}\`\n` },
  { path: "notes.md", text: `Its API key is ${key(seed)}\n` },
];

const doneByTests = (seed: string): readonly Example[] => [
  { path: "spec/a.rb", text: `let(:password) { '${password(seed)}' }` },
  { path: "spec/a.rb", text: `let(:api_key) { '${key(seed)}' }` },
  { path: "spec/a.rb", text: `expect(subject.password).to eq('${password(seed)}')` },
  { path: "src/a.test.js", text: `expect(user.password).toBe('${password(seed)}');` },
  { path: "src/a.test.js", text: `cy.get('input[type="password"]').type('${password(seed)}');` },
  {
    path: "src/test_login.py",
    text: `driver.find_element_by_xpath("//*[@id='pwd']").send_keys("${password(seed)}")`,
  },
  { path: "src/a.test.js", text: `cy.get('[data-cy=password]').type('${password(seed)}');` },
  { path: "src/a.test.js", text: `document.getElementById('password').value = '${password(seed)}';` },
  {
    path: "src/a.test.js",
    text: `userEvent.type(screen.getByLabelText(/password/i), '${password(seed)}');`,
  },
  { path: "src/Ui.swift", text: `passwordField.typeText("${password(seed)}")` },
  { path: "src/Ui.java", text: `onView(withId(R.id.password)).perform(typeText("${password(seed)}"));` },
  { path: "src/page.py", text: `password_input.send_keys("${password(seed)}")` },
  { path: "src/page.ts", text: `await this.passwordInput.fill('${password(seed)}');` },
  { path: "src/a.test.js", text: `cy.get('#password').clear().type('${password(seed)}{enter}');` },
  { path: "src/a.test.js", text: `page.getByRole('textbox', { name: 'Password' }).fill('${password(seed)}');` },
  { path: "src/a.test.js", text: `await user.type(screen.getByLabelText('Password'), '${password(seed)}');` },
  { path: "src/a.test.js", text: `userEvent.type(passwordInput, '${password(seed)}');` },
  { path: "spec/a.rb", text: `fill_in 'user[password]', with: '${password(seed)}'` },
  { path: "spec/a.rb", text: `attribute :password, '${password(seed)}'` },
  { path: "spec/a.rb", text: `request.basic_auth 'shop', '${password(seed)}'` },
  { path: "login.feature", text: `    And I fill in "password" with "${password(seed)}"\n` },
  { path: "login.robot", text: `*** Variables ***\n\${PASSWORD}    ${password(seed)}\n` },
  { path: "login.robot", text: `    \${pwd}=    Set Variable    ${password(seed)}\n` },
  { path: "login.robot", text: `    Input Password    id=field    ${password(seed)}\n` },
  { path: "login.robot", text: `    Input Text    name:password    ${password(seed)}\n` },
  {
    path: "src/a.test.jsx",
    text: `fireEvent.change(passwordInput, { target: { value: "${password(seed)}" } });`,
  },
];

export const rules: readonly SecretRule[] = [
  {
    ...shared,
    id: "secrets/written-credential",
    title: "Password or key that a test or document hands over",
    fix: "Change it, and let the test or reader take it from the environment or a vault.",
    anchors: Object.keys(writings).map((text) => ({ text, foldCase: true })),
    shape: { is: "reader", reader: "written-credential" },
    examples: {
      bad: (seed) => [
        ...toldByDocuments(seed),
        ...doneByTests(seed),
        ...toldBySettings(seed),
        ...toldInSentences(seed),
        { path: "src/Db.kt", text: `mapOf("user" to "shop", "password" to "${password(seed)}")` },
        { path: "src/Db.scala", text: `Map("user" -> "shop", "password" -> "${password(seed)}")` },
        { path: "src/db.erl", text: `{password, <<"${password(seed)}">>},` },
        { path: "src/env.ts", text: `const env = { JWT_SECRET: z.string().default('${key(seed)}') };` },
        { path: "site.yml", text: `password: "{{ db_password | default('${password(seed)}') }}"\n` },
        { path: "web.xml", text: `<param-name>password</param-name>\n<param-value>${password(seed)}</param-value>` },
        { path: "haproxy.cfg", text: `    stats auth ops:${password(seed)}\n` },
        {
          path: "setup.sh",
          text: `echo 'mysql-server mysql-server/root_password password ${password(seed)}' | debconf-set-selections\n`,
        },
        { path: "src/a.go", text: `user, password := "ops", "${password(seed)}"` },
        {
          path: "template.yml",
          text: `  DBPassword:\n    Type: String\n    MinLength: 8\n    NoEcho: true\n    Default: ${password(seed)}\n`,
        },
        { path: "src/a.js", text: `headers.Authorization = 'Basic ' + btoa('ops:${password(seed)}');` },
        { path: "src/a.py", text: `base64.b64encode(b"ops:${password(seed)}")` },
        { path: "src/a.js", text: `Buffer.from('ops:${password(seed)}').toString('base64')` },
        { path: "setup.sql", text: `CREATE USER ops IDENTIFIED WITH mysql_native_password BY '${password(seed)}';` },
        { path: "setup.sql", text: `DECLARE @password NVARCHAR(50) = N'${password(seed)}';` },
        { path: "src/Db.cs", text: `new Dictionary<string, string> { {"Password", "${password(seed)}"} };` },
        { path: "src/a.py", text: `user, password = "shop", "${password(seed)}"\n` },
        { path: "src/a.py", text: `(self.user, self.password) = ('shop', '${password(seed)}')\n` },
        { path: "src/a.py", text: `iv = b'${sample("base62", 16, seed)}'\ncipher = AES.new(k, AES.MODE_CBC, iv)\n` },
        { path: "src/Aes.cs", text: `aes.IV = Encoding.UTF8.GetBytes("${sample("base62", 16, seed)}");` },
      ],
      good: () => [
        { path: "src/a.kt", text: 'mapOf("password" to "must be strong1", "key" to "value2")' },
        { path: "src/a.test.js", text: "expect(token).toBe('expired-token-1');" },
        {
          path: "src/env.ts",
          text: "const env = { token: z.string().default('none'), LOG: z.string().default('gT4kq0Zr8x17') };",
        },
        { path: "haproxy.cfg", text: "stats auth admin:admin\n" },
        ...toldByNothing,
        { path: "src/a.test.js", text: "passwordInput.fill(user.password); passwordInput.type('password');" },
        { path: "src/a.js", text: "btoa('user:password'); Buffer.from('harbor:gT4kq0Zr8x17'); btoa('data:image7')" },
        { path: "setup.sql", text: "CREATE USER ops IDENTIFIED WITH mysql_native_password BY 'password';" },
        { path: "src/a.test.js", text: "expect(user.password).toBe('password123');" },
        { path: "src/a.test.js", text: "cy.get('input[type=\"password\"]').type(user.password);" },
        { path: "login.feature", text: '    And I fill in "password" with "<password>"\n' },
        { path: "login.robot", text: `*** Variables ***\n\${PASSWORD}    %{SHOP_PASSWORD}\n` },
        { path: "login.robot", text: `    [Arguments]    \${user}    \${password}    \${account7}\n` },
        { path: "login.robot", text: `    Input Password    id=field    \${PASSWORD}\n` },
        { path: "notes.md", text: "**Password**: at least 8 characters\n**Key:** ctrl+shift+7\n" },
        { path: "notes.md", text: "The password is changed. The password is required7.\n" },
        { path: "notes.md", text: "Пароль: не менее 8 символов\n密码：请输入\nLogin / Password: see wiki/page7\n" },
        { path: "notes.md", text: "The token is expired2. The key is id_42, and the key is sorted by name7.\n" },
        { path: "src/a.py", text: "user, password = 'shop', config['password7']; a, pass = 'x', 'shop7'\n" },
        { path: "src/a.py", text: "size = key**2; token:** 7\n" },
        { path: "src/a.test.jsx", text: "fireEvent.change(nameInput, { target: { value: 'gT4kq0Zr8x17' } });" },
        { path: "src/a.js", text: `const text = \`\${user}:\${password}    gT4kq0Zr8x17\`;` },
        { path: "src/a.py", text: "div = 'kX9fT2mQz7LwkX9f'; aes = 1\n" },
        { path: "src/a.js", text: "const input = { mode: 'cbc', cipher: 'des', iv: 'a0da0da0da0da0da' };" },
        { path: "src/a.py", text: "iv = b'\\x00\\x00\\x00\\x00'; aes = AES.new(k, AES.MODE_CBC, iv)\n" },
        { path: "src/a.js", text: "const iv = crypto.randomBytes(16); // iv: 'sixteen bytes'\n" },
      ],
    },
  },
  {
    ...shared,
    id: "secrets/table-password",
    title: "Password or key in a table of a document or test",
    fix: "Change it, and tell readers where to ask for it instead.",
    anchors: [
      ...["password", "**password", "passwort", "passwd", "pwd"].flatMap((name) => [`| ${name}`, `|${name}`]),
      ...["password", "pass", "secret", "token", "key"].flatMap((name) => [`${name} |`, `${name}\` |`, `${name}** |`]),
      ...["user", "name", "login", "mail"].flatMap((name) =>
        [",", ";", "\t", '","', '";"'].map((sign) => `${name}${sign}password`),
      ),
    ].map((text) => ({ text, foldCase: true })),
    shape: { is: "reader", reader: "written-table" },
    examples: {
      bad: (seed) => [
        {
          path: "notes.md",
          text: `| Role | Mail | Password |\n|---|:---:|---|\n| Owner | ops@contoso.net | \`${password(seed)}\` |\n`,
        },
        { path: "login.feature", text: `      | user | password |\n      | ops  | ${password(seed)} |\n` },
        { path: "notes.md", text: `| Field | Value |\n|---|---|\n| User | ops |\n| Password | ${password(seed)} |\n` },
        { path: "notes.md", text: `| User | API Key |\n|---|---|\n| ops | ${key(seed)} |\n` },
        { path: "notes.md", text: `| Name | Value |\n|---|---|\n| \`DB_PASSWORD\` | \`${password(seed)}\` |\n` },
        { path: "notes.md", text: `User | Password\n--- | ---\nops | ${password(seed)}\n` },
        { path: "export.csv", text: `name,url,username,password\nshop,https://shop7,ops,${password(seed)}\n` },
        { path: "users.txt", text: `"email";"password"\r\n"ops@contoso.net";"${password(seed)}"\r\n` },
      ],
      good: () => [
        {
          path: "notes.md",
          text: "| Name | Password |\n|---|---|\n| harbor42x | harbor42x |\n| ops | password123 |\n",
        },
        { path: "notes.md", text: "| Field | Type | Note |\n|---|---|---|\n| password | string8x | gT4kq0Zr8x17 |\n" },
        { path: "login.feature", text: "| user | password |\n| <user7> | <password7> |\n" },
        { path: "src/a.hs", text: "data Field = Name String | Password String |\n" },
        {
          path: "notes.md",
          text: "| Name | Token |\n|---|---|\n| a | `IDENTIFIER2` |\nParam | Key\n---|---\npassword | varchar64\n",
        },
        { path: "users.csv", text: "username,password\nops,ops\nann,changeme\nbob,5f4dcc3b5aa765d61d8327deb882cf99\n" },
        { path: "notes.txt", text: "login(user,password) takes gT4kq0Zr8x17,gT4kq0Zr8x17\n" },
      ],
    },
  },
  {
    ...shared,
    id: "secrets/listed-credential",
    title: "Password or key in a list of settings",
    fix: "Revoke it, and let the program read the list from the environment or a vault.",
    anchors: ["keys", "tokens", "passwords", "secrets"].flatMap((name) => [
      { text: `${name}:\n`, foldCase: true },
      { text: `${name}:\r\n`, foldCase: true },
    ]),
    shape: { is: "reader", reader: "written-list" },
    examples: {
      bad: (seed) => [
        { path: "shop.yml", text: `api_keys:\n  - ${key(seed)}\n  - second-key\n` },
        { path: "shop.yml", text: `auth:\n  tokens:\r\n  - first-token\r\n  - "${key(seed)}" # ops\r\n` },
        { path: "shop.yml", text: `admin_passwords:\n- '${password(seed)}'\n` },
      ],
      good: () => [
        { path: "shop.yml", text: "secrets:\n  - shop_db_password\n  - source: shop7\n" },
        { path: "shop.yml", text: `keys:\n  - name\n  - address2\n  - \${SHOP_KEY}\n` },
        { path: "shop.yml", text: "tokens:\n  - name: gT4kq0Zr8x17\n" },
        { path: "shop.py", text: "def tokens:\n  - gT4kq0Zr8x17\n" },
      ],
    },
  },
];
