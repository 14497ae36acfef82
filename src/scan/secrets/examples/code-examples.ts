/** Examples of passwords and keys as code and tests hand them over without an assignment. */
import type { Example } from "../rule/secret-rule.ts";
import { sample, sampleKey, samplePassword } from "./example-values.ts";

const turnedRound = (seed: string): readonly Example[] => [
  { path: "src/Login.java", text: `if ("${samplePassword(seed)}".equals(request.getParameter("password"))) {` },
  { path: "src/login.py", text: `if '${samplePassword(seed)}' == self.password:\n` },
  { path: "src/login.go", text: `if "${samplePassword(seed)}" == password {` },
  { path: "src/login.php", text: `if ('${samplePassword(seed)}' !== $_POST['password']) exit;` },
  { path: "src/login.pl", text: `if ($form{'password'} eq '${samplePassword(seed)}') {` },
  { path: "src/login.ps1", text: `if ('${samplePassword(seed)}' -eq $password) {` },
  { path: "src/test_a.py", text: `self.assertEqual('${samplePassword(seed)}', config['password'])` },
  { path: "src/test_a.py", text: `self.assertEqual(config.get('api_key'), '${sampleKey(seed)}')` },
  { path: "src/ATest.java", text: `assertEquals("${sampleKey(seed)}", config.getApiKey());` },
  {
    path: "src/ATest.java",
    text: `        assertEquals(\n                "${samplePassword(seed)}",\n                user.getPassword());\n`,
  },
  {
    path: "src/ATest.java",
    text: `assertEquals(\r\n${" ".repeat(40)}"it's${samplePassword(seed)}",\r\n${" ".repeat(38)}user.getPassword());\r\n`,
  },
  { path: "src/ATest.java", text: `assertThat(user.getPassword()).isEqualTo("${samplePassword(seed)}");` },
  { path: "src/ATests.cs", text: `settings.Password.Should().Be("${samplePassword(seed)}");` },
  { path: "src/a_test.go", text: `require.Equal(t, "${samplePassword(seed)}", settings.Password)` },
  { path: "src/a.rs", text: `assert_eq!("${samplePassword(seed)}", settings.password);` },
  { path: "src/a.test.js", text: `expect('${sampleKey(seed)}').toBe(config.apiKey)` },
  { path: "src/Api.swift", text: `request.setValue("${sampleKey(seed)}", forHTTPHeaderField: "X-Api-Key")` },
  { path: "src/Login.m", text: `if ([self.password isEqualToString:@"${samplePassword(seed)}"]) {` },
  { path: "src/Api.m", text: `[parameters setObject:@"${samplePassword(seed)}" forKey:@"password"];` },
  { path: "src/conftest.py", text: `monkeypatch.setattr(settings, 'API_KEY', '${sampleKey(seed)}')` },
  ...["password", "token", "secret", "api_key", "apiKey"].map((name) => ({
    path: "src/ATest.php",
    text: `$this->assertSame($user->${name}, '${sampleKey(seed)}');`,
  })),
];

const ofLanguages = (seed: string): readonly Example[] => [
  { path: "src/a.cbl", text: `           MOVE "${samplePassword(seed)}" TO WS-PASSWORD.\n` },
  { path: "src/a.cob", text: `           MOVE '${samplePassword(seed)}'\n               TO DB-PASSWORD OF DB-AREA\n` },
  { path: "src/a.cpy", text: `       01  WS-PASSWORD  PIC X(20)  VALUE '${samplePassword(seed)}'.\n` },
  { path: "src/a.cbl", text: `       05 DB-PASSWD PIC XXXXXXXXXX VALUE "${samplePassword(seed)}".\n` },
  { path: "src/a.hrl", text: `-define(PASSWORD, "${samplePassword(seed)}").\n` },
  { path: "src/a.erl", text: `application:set_env(shop, db_password, <<"${samplePassword(seed)}">>),\n` },
  { path: "src/a.exs", text: `Application.put_env(:shop, :api_key, "${sampleKey(seed)}")\n` },
];

const givenBack = (seed: string): readonly Example[] => [
  {
    path: "src/a.py",
    text: `def get_password(self) -> str:\n    """Of the shop."""\n    return "${samplePassword(seed)}"\n`,
  },
  { path: "src/A.java", text: `public String getPassword()\n{\n    return "${samplePassword(seed)}";\n}` },
  { path: "src/A.cs", text: `private static string GetPassword() => "${samplePassword(seed)}";` },
  { path: "src/a.ts", text: `get apiKey(): string {\n    return '${sampleKey(seed)}';\n}` },
  { path: "src/a.js", text: `const getToken = () => '${sampleKey(seed)}';` },
  { path: "src/a.js", text: `const getApiKey = () => '${sampleKey(seed)}';` },
  { path: "src/a.js", text: `export const shop = { apiKey: () => '${sampleKey(seed)}' };` },
  { path: "src/a.js", text: `export const shop = { apiKey: function () { return '${sampleKey(seed)}'; } };` },
  { path: "src/a.js", text: `exports.apiKey = function () { return '${sampleKey(seed)}'; };` },
  { path: "src/a.ts", text: `const given = {\n  getPassword: () => "${samplePassword(seed)}",\n  user: 1,\n};` },
  { path: "src/a.ts", text: `const given = {\n  password: () =>\n    "${samplePassword(seed)}",\n};` },
  { path: "src/a.ts", text: `const getPassword = async () => {\n  return "${samplePassword(seed)}";\n};` },
  {
    path: "src/a.ts",
    text: `async getPassword(of: Shop): Promise<string> {\n  return Promise.resolve("${samplePassword(seed)}");\n}`,
  },
  { path: "src/a.py", text: `get_password = lambda: "${samplePassword(seed)}"\n` },
  {
    path: "src/A.cs",
    text: `    public string Password\r\n    {\r\n        get { return "${samplePassword(seed)}"; }\r\n    }\r\n`,
  },
  {
    path: "src/A.cs",
    text: `    public string Password\n    {\n        get => "${samplePassword(seed)}";\n        set => given = value;`,
  },
  {
    path: "src/A.cs",
    text: `    public override string GetPassword()\r\n    {\r\n        // of the shop\r\n        return "${samplePassword(seed)}";\r\n    }\r\n`,
  },
  {
    path: "src/A.java",
    text: `protected String getPassword(String user, int of) {\n    return "${samplePassword(seed)}";\n}`,
  },
  {
    path: "src/a.go",
    text: `func (c *config) Password() (string, error) {\n\treturn "${samplePassword(seed)}", nil\n}`,
  },
  { path: "src/a.go", text: `func getPassword(ctx context.Context) string {\n\treturn "${samplePassword(seed)}"\n}` },
  { path: "src/a.py", text: `def get_password(shop: str) -> str:\n    return "${samplePassword(seed)}"\n` },
  { path: "src/a.kt", text: `fun password() = "${samplePassword(seed)}"\n` },
  { path: "src/a.go", text: `func (c *config) Password() string { return "${samplePassword(seed)}" }` },
  { path: "src/a.rs", text: `fn api_key(&self) -> String {\n    "${sampleKey(seed)}".to_string()\n}` },
  { path: "src/a.swift", text: `var apiKey: String { "${sampleKey(seed)}" }` },
  { path: "src/a.m", text: `- (NSString *)password { return @"${samplePassword(seed)}"; }` },
];

/** Properties, other bodies, and what stands in for a setting. */
const standsIn = (seed: string): readonly Example[] => [
  { path: "src/a.rb", text: `def password\n  '${samplePassword(seed)}'\nend\n` },
  { path: "src/a.pas", text: `function TDb.GetPassword: string;\nbegin\n  Result := '${samplePassword(seed)}';\nend;` },
  { path: "src/a.go", text: `\tPassword string \`env:"DB_PASSWORD" envDefault:"${samplePassword(seed)}"\`\n` },
  { path: "src/a.rs", text: `#[arg(long, default_value = "${samplePassword(seed)}")]\n    password: String,` },
  { path: "src/a.rs", text: `env::var("DB_PASSWORD").unwrap_or("${samplePassword(seed)}".into())` },
  { path: "src/a.go", text: `flag.StringVar(&given, "password", "${samplePassword(seed)}", "of the shop")` },
  { path: "src/a.py", text: `config.get('db', 'password', fallback='${samplePassword(seed)}')` },
  { path: "src/a.rb", text: `ENV.fetch('DB_PASSWORD') { '${samplePassword(seed)}' }` },
  { path: "src/a.rb", text: `password: ENV.fetch("DB_PASSWORD") { "${samplePassword(seed)}" }` },
  { path: "src/a.ts", text: `const given =\n  process.env.DB_PASSWORD ||\n  "${samplePassword(seed)}";\n` },
  { path: "src/a.py", text: `given = (\n    os.getenv("DB_PASS")\n    or "${samplePassword(seed)}"\n)\n` },
  {
    path: "src/A.cs",
    text: `var given = Environment.GetEnvironmentVariable("API_TOKEN")\r\n    ?? "${sampleKey(seed)}";\r\n`,
  },
  {
    path: "build.gradle.kts",
    text: `storePassword =\n    System.getenv("STORE_PASSWORD")\n        ?: "${samplePassword(seed)}"\n`,
  },
  { path: "src/a.js", text: `const dbPassword = isLocal ? given : "${samplePassword(seed)}";` },
  { path: "src/a.ts", text: `apiKey: live ? "" : '${sampleKey(seed)}',` },
  { path: "src/a.pl", text: `my $given = $ENV{DB_PASSWORD} || '${samplePassword(seed)}';` },
  { path: "src/a.js", text: `program.option('--password <value>', 'of the shop', '${samplePassword(seed)}')` },
  { path: "usage.txt", text: `  --password TEXT  that of the shop (default: ${samplePassword(seed)})\n` },
];

const doneByTests = (seed: string): readonly Example[] => [
  { path: "spec/a.rb", text: `let(:password) { '${samplePassword(seed)}' }` },
  { path: "spec/a.rb", text: `let(:api_key) { '${sampleKey(seed)}' }` },
  { path: "spec/a.rb", text: `expect(subject.password).to eq('${samplePassword(seed)}')` },
  { path: "src/a.test.js", text: `expect(user.password).toBe('${samplePassword(seed)}');` },
  { path: "src/a.test.js", text: `cy.get('input[type="password"]').type('${samplePassword(seed)}');` },
  {
    path: "src/test_login.py",
    text: `driver.find_element_by_xpath("//*[@id='pwd']").send_keys("${samplePassword(seed)}")`,
  },
  { path: "src/a.test.js", text: `cy.get('[data-cy=password]').type('${samplePassword(seed)}');` },
  { path: "src/a.test.js", text: `page.getByLabel("Password")\n${" ".repeat(30)}.fill("a'b${samplePassword(seed)}");` },
  { path: "spec/a.rb", text: `basic_auth "o'brien", "it's${samplePassword(seed)}"` },
  { path: "src/env.ts", text: `z.object({ JWT_SECRET: z.string().default("${sample("base62", 120, seed)}") })` },
  { path: "src/a.test.js", text: `document.getElementById('password').value = '${samplePassword(seed)}';` },
  {
    path: "src/a.test.js",
    text: `userEvent.type(screen.getByLabelText(/password/i), '${samplePassword(seed)}');`,
  },
  { path: "src/Ui.swift", text: `passwordField.typeText("${samplePassword(seed)}")` },
  { path: "src/Ui.java", text: `onView(withId(R.id.password)).perform(typeText("${samplePassword(seed)}"));` },
  { path: "src/page.py", text: `password_input.send_keys("${samplePassword(seed)}")` },
  { path: "src/Page.java", text: `page.userPassword().sendKeys("${samplePassword(seed)}");` },
  { path: "src/page.ts", text: `await this.passwordInput.fill('${samplePassword(seed)}');` },
  { path: "src/a.test.js", text: `cy.get('#password').clear().type('${samplePassword(seed)}{enter}');` },
  { path: "src/a.test.js", text: `page.getByRole('textbox', { name: 'Password' }).fill('${samplePassword(seed)}');` },
  { path: "src/a.test.js", text: `await user.type(screen.getByLabelText('Password'), '${samplePassword(seed)}');` },
  { path: "src/a.test.js", text: `userEvent.type(passwordInput, '${samplePassword(seed)}');` },
  { path: "spec/a.rb", text: `fill_in 'user[password]', with: '${samplePassword(seed)}'` },
  { path: "spec/a.rb", text: `fill_in 'Password confirmation', with: '${samplePassword(seed)}'` },
  { path: "spec/a.rb", text: `attribute :password, '${samplePassword(seed)}'` },
  { path: "spec/a.rb", text: `request.basic_auth 'shop', '${samplePassword(seed)}'` },
  { path: "login.feature", text: `    And I fill in "password" with "${samplePassword(seed)}"\n` },
  { path: "login.robot", text: `*** Variables ***\n\${PASSWORD}    ${samplePassword(seed)}\n` },
  { path: "login.robot", text: `    \${pwd}=    Set Variable    ${samplePassword(seed)}\n` },
  { path: "login.robot", text: `    Input Password    id=field    ${samplePassword(seed)}\n` },
  { path: "login.robot", text: `Signs in\n    Login    ops    ${samplePassword(seed)}\n` },
  { path: "login.robot", text: `    Create Valid User    ops    ${samplePassword(seed)}\n` },
  { path: "notes.rst", text: `::\n\n    Attempt to Login with Credentials    ops    ${samplePassword(seed)}\n` },
  { path: "login.robot", text: `    Input Text    name:password    ${samplePassword(seed)}\n` },
  {
    path: "src/a.test.jsx",
    text: `fireEvent.change(passwordInput, { target: { value: "${samplePassword(seed)}" } });`,
  },
];

const besideOthers = (seed: string): readonly Example[] => [
  { path: "src/Db.kt", text: `mapOf("user" to "shop", "password" to "${samplePassword(seed)}")` },
  { path: "src/Db.scala", text: `Map("user" -> "shop", "password" -> "${samplePassword(seed)}")` },
  { path: "src/db.erl", text: `{password, <<"${samplePassword(seed)}">>},` },
  { path: "src/env.ts", text: `const env = { JWT_SECRET: z.string().default('${sampleKey(seed)}') };` },
  { path: "src/a.js", text: `headers.Authorization = 'Basic ' + btoa('ops:${samplePassword(seed)}');` },
  { path: "src/a.py", text: `base64.b64encode(b"ops:${samplePassword(seed)}")` },
  { path: "src/A.cs", text: `Convert.ToBase64String(Encoding.UTF8.GetBytes("ops:${samplePassword(seed)}"))` },
  { path: "src/a.js", text: `Buffer.from('ops:${samplePassword(seed)}').toString('base64')` },
  { path: "src/a.lua", text: `basic_auth = ngx.encode_base64("ops:harborlight")` },
  { path: "src/A.java", text: `Base64.getEncoder().encodeToString("ops:${samplePassword(seed)}".getBytes())` },
  { path: "src/a.go", text: `base64.StdEncoding.EncodeToString([]byte("ops:${samplePassword(seed)}"))` },
  { path: "src/a.js", text: `new Buffer("ops:${samplePassword(seed)}").toString("base64")` },
  { path: "src/a.py", text: `base64.b64encode("ops:${samplePassword(seed)}".encode())` },
  { path: "src/Db.cs", text: `new Dictionary<string, string> { {"Password", "${samplePassword(seed)}"} };` },
  { path: "src/a.py", text: `iv = b'${sample("base62", 16, seed)}'\ncipher = AES.new(k, AES.MODE_CBC, iv)\n` },
  { path: "src/a.php", text: `$sign = md5($time . '${sampleKey(seed)}');` },
  { path: "src/a.py", text: `sign = hashlib.md5(("${sampleKey(seed)}" + user).encode())` },
  { path: "src/A.java", text: `private static byte[] key = "harborlq".getBytes();` },
  { path: "src/A.java", text: `byte[] aesKey = "harborlq".getBytes("UTF-8");` },
  { path: "src/A.cs", text: `static byte[] Key = Encoding.UTF8.GetBytes("harborlq");` },
  { path: "config/a.rb", text: `  provider :shop, '4711', '${sample("hexLower", 40, seed)}'\n` },
  { path: "config/a.rb", text: `  config.omniauth :shop, "shop-id",\n    "${sampleKey(seed)}", scope: "user"\n` },
  { path: "src/Aes.cs", text: `aes.IV = Encoding.UTF8.GetBytes("${sample("base62", 16, seed)}");` },
];

/** Bad examples of secrets/written-credential. */
/** Behind a decoding call with a second result, or an array whose size has a name; PINs and PUKs; said in a comment. */
const besideNames = (seed: string): readonly Example[] => [
  { path: "src/a.go", text: `alicePrivKey, err := hex.DecodeString("${sample("hexLower", 64, seed)}")` },
  {
    path: "src/a.go",
    text: `key, _ := hex.DecodeString("${sample("hexLower", 32, seed)}")\nblock, err := aes.NewCipher(key)\n`,
  },
  { path: "src/a.c", text: `uint8_t shop_aes256_key[AES256_KEY_SIZE] = "${sampleKey(seed)}";` },
  { path: "src/a.c", text: `static const char wifi_password[MAX_LENGTH + 1] = "${samplePassword(seed)}";` },
  { path: "src/A.java", text: `String SIM_PUK_CODE = "48${sample("digits", 4, seed)}79";` },
  { path: "src/A.java", text: `String DEFAULT_SIM_PIN_CODE = "48${sample("digits", 3, seed)}9";` },
  { path: "src/a.ts", text: `const PIN_CODE = "K7m${sample("letters", 4, seed)}";` },
  { path: "src/A.java", text: `client.bind("ops",  // user\n    "${samplePassword(seed)}",  // password\n    "cp");` },
  { path: "src/a.py", text: `client.bind("ops", "${samplePassword(seed)}")  # password of the shop\n` },
  { path: "src/a.c", text: `bind("${samplePassword(seed)}" /* password */, 7);` },
  { path: "src/A.java", text: `bind("ops",\n    "${samplePassword(seed)}",  // Пароль второго клиента\n    "cp");` },
  { path: "src/a.js", text: `// password - ${samplePassword(seed)}\n` },
  { path: "src/a.js", text: `        // пароль -  28${sample("digits", 5, seed)}9\n` },
];

/** Hashed where it is written, and in the markup of components. */
const hashedAndShown = (seed: string): readonly Example[] => [
  { path: "src/A.java", text: `user.put("password", Hashes.hash("${samplePassword(seed)}", salt));` },
  { path: "src/A.java", text: `user.setPwd(DigestUtils.md5Hex("${samplePassword(seed)}"));` },
  { path: "src/a.php", text: `$row['password'] = hash('sha256', '${samplePassword(seed)}');` },
  { path: "src/a.php", text: `if (md5($password) == md5("${samplePassword(seed)}")) {` },
  { path: "src/a.js", text: `const user = { name: "ops", password: await hash("${samplePassword(seed)}", 10) };` },
  { path: "src/a.py", text: `password_hash = hashlib.sha256(b"${samplePassword(seed)}").hexdigest()\n` },
  { path: "src/a.jsx", text: `<p>\n  <strong>Password:</strong>{" "}\n  ${samplePassword(seed)}\n</p>` },
  { path: "src/a.vue", text: `<b>Password</b>: <code class="wide">${samplePassword(seed)}</code>` },
  { path: "src/a.vue", text: `<p>Password:\n  <code class="wide">${samplePassword(seed)}</code>\n</p>` },
  { path: "src/a.tsx", text: `<span>API Key:</span> <span className="wide">${sampleKey(seed)}</span>` },
];

/** What tokens are signed with, and keys of ciphers as texts of their length. */
const signsAndEncrypts = (seed: string): readonly Example[] => [
  { path: "src/a.go", text: `func(t *jwt.Token) (any, error) { return []byte("${sampleKey(seed)}"), nil }` },
  { path: "src/a.rb", text: `JWT.encode payload, '${sampleKey(seed)}', 'HS256'` },
  { path: "src/a.js", text: `const key = CryptoJS.enc.Utf8.parse("48${sample("digits", 13, seed)}9");` },
  { path: "src/a.ts", text: `const iv: any = CryptoJS.enc.Utf8.parse('harbor${sample("letters", 10, seed)}');` },
];

export const toldInCode = (seed: string): readonly Example[] => [
  ...turnedRound(seed),
  ...givenBack(seed),
  ...ofLanguages(seed),
  ...standsIn(seed),
  ...doneByTests(seed),
  ...besideOthers(seed),
  ...besideNames(seed),
  ...hashedAndShown(seed),
  ...signsAndEncrypts(seed),
];
