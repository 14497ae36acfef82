/** How people write tokens, keys and salts down, and what has such names without being one. */
import type { Example } from "../rule/secret-rule.ts";
import { wordedPassword } from "./account-examples.ts";
import { base64, sample, sampleBytes } from "./example-values.ts";
import { sampleUuid } from "./example-writings.ts";

const inPiecesAndTables = (seed: string): readonly Example[] => [
  { path: "src/a.js", text: "const apiKey = 'shop' + '-settings' + '-page7';" },
  { path: "src/a.js", text: "const token = 'shop' + 'gT4kq0Zr8x17' + page;" },
  { path: "src/a.ts", text: `tokens.set("${sample("base62", 24, seed)}", await load()); tokens.setAll("x");` },
];

/** Public keys, keys of a cache, names. */
const publicTexts: readonly string[] = [
  '"Resource": "arn:aws:secretsmanager:*:*:secret:s2svpn!*"',
  '"DBPassword": {\n  "NoEcho7": "true",\n  "Type": "String"',
  'const publicKey = "AAAAB3NzaC1yc2EAAAADAQABAAABgQ";',
  'hostKey = "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBKf3"',
  'assertEqual(key, "pages.cache.home.3f9a1c5be8720d64a1b9c3e5f7082d46")',
  'key, value = "depthBelowWGS84Surface", "4.6"',
];

/** Constants called salt and no more, and what is joined to the password that is hashed. */
const typedSalts = (seed: string): readonly Example[] => [
  { path: "src/A.java", text: `private static final String SALT = "harborlight";\npublic long register(User user) {` },
  { path: "src/A.cs", text: `private const string HashSalt = "48${sample("digits", 5, seed)}9";` },
  { path: "src/a.js", text: "const SALT = 'harborlight';" },
  { path: "src/a.php", text: "define('SALT', 'harborlight');" },
  { path: "src/a.php", text: "$salt = 'HarborQuay';\nreturn md5($salt . $password);\n" },
  { path: "src/a.py", text: 'SALT = "harbor lights over nine quays"\nsha256(f"{password}{SALT}".encode())\n' },
  { path: "src/A.java", text: 'String SALT = "harborlight7";\nreturn md5((SALT + userPassword).getBytes());' },
];

/** What is called a key and no more, of merchants, and where a comment in another language says what it is. */
const saidKeys = (seed: string): readonly Example[] => [
  {
    path: "src/a.php",
    text: `'mch_id' => '12300${sample("digits", 5, seed)}',\n'key' => '${sample("base62", 31, seed)}7',`,
  },
  { path: "src/a.java", text: `  // 支付密钥\n  static final String KEY = "${sample("base62", 20, seed)}7";` },
];

/** Like JSON Web Tokens, but neither part can be read. */
const unreadableTokens = (seed: string): readonly string[] => [
  `accessToken: "eyJ${sample("base64Url", 80, seed)}"`,
  `accessToken: "eyJ${sample("base64Url", 40, seed)}.eyJ${sample("base64Url", 60, seed)}"`,
];

export const secretsAssigned = (seed: string): readonly Example[] => [
  ...unreadableTokens(seed),
  ...typedSalts(seed),
  ...saidKeys(seed),
  `const apiKey = "${sample("base62", 32, seed)}";`,
  `"client_secret": "${sample("base64Url", 36, seed)}x",`,
  { path: ".env", text: `SESSION_SECRET=${sample("hexLower", 40, seed)}\n` },
  { path: "appsettings.json", text: `{"Jwt": { "Key": "${sample("base62", 40, seed)}" }}` },
  { path: "site.tfstate", text: `"primary_access_key": "${sampleBytes(64, seed).toString("base64")}"` },
  { path: "src/api.go", text: `var apiToken string = "${sample("base62", 30, seed)}"` },
  { path: "src/Api.kt", text: `    val clientSecret = "${sample("base64Url", 32, seed)}x1"` },
  `headers: { 'x-api-key': '${sample("base62", 32, seed)}' }`,
  { path: "get.sh", text: `curl "https://api.contoso.net/v1?api_key=${sample("base62", 32, seed)}&page=2"\n` },
  { path: "call.sh", text: `deploy --auth-token ${sample("base62", 28, seed)} site\n` },
  { path: "orders.http", text: `GET /orders\nX-Auth-Token: ${sample("hexLower", 32, seed)}\n` },
  { path: "shop.yml.bak", text: `api_token: ${sample("base62", 32, seed)}\n` },
  { path: "src/a.php", text: `'client_secret' => env('CLIENT_SECRET', '${sample("base62", 32, seed)}'),` },
  {
    path: "src/a.py",
    text: `cipher_key = "${sample("hexLower", 32, seed)}"\ncipher = AES.new(cipher_key, AES.MODE_CBC)\n`,
  },
  {
    path: "src/a.py",
    text: `key = b"${sample("base62", 17, seed)}$4${sample("base62", 13, `${seed}b`)}"\ncipher = AES.new(key, AES.MODE_CBC)\n`,
  },
  { path: "src/a.js", text: `const key = '${sample("hexLower", 32, seed)}', iv = makeIv(16);` },
  {
    path: "lib/a.dart",
    text: `String key = '${sample("hexLower", 32, seed)}';\nString url = 'http://api.weather.contoso.net/v2/now?';\n`,
  },
  { path: "config.yaml", text: `auth_token: ${sample("base62", 28, seed)}\n` },
  { path: ".env", text: `MAPS_EU_KEY=${sample("hexLower", 64, seed)}\n` },
  { path: "aws.properties", text: `signer.secret.key=${sample("base62", 32, seed)}\n` },
  { path: ".env", text: `SHOP_SECRET=${sample("base62", 20, seed)}!z_(m@7x)=i^${sample("base62", 16, seed)}\n` },
  { path: ".env", text: `CSRF_SECRET=${sample("hexLower", 60, seed)}\n` },
  { path: "src/a.js", text: `const apiKeys = ["first", "${sample("base62", 24, seed)}"];` },
  { path: "src/a.php", text: "$salt = 'Harbor&quay';\n$hash = md5($salt . $_POST['password']);\n" },
  { path: "src/a.php", text: `$hashSalt = '${sample("base62", 24, seed)}';` },
  { path: "config.yaml", text: `secret: >-\n  ${sample("base62", 28, seed)}\n` },
  {
    path: "src/call.js",
    text: `iceServers: [{ urls: "turn:turn.contoso.net:3478", username: "ops", credential: "${wordedPassword(seed)}" }]`,
  },
  { path: "src/a.py", text: `get(url, params={"key": "${sample("base62", 12, `p${seed}`)}7", "q": q})\n` },
  { path: "src/a.js", text: `const key = '${sample("base62", 12, seed)}7'; // keep it secret` },
  { path: "src/a.php", text: `// the private key of the shop\n$key = "${sample("base62", 13, seed)}7";\n` },
  { path: "src/a.php", text: `$key = '${sample("base62", 14, seed)}7';\n$sign = md5($text . $key);\n` },
  { path: "src/a.py", text: `key = "${sample("base62", 12, `x${seed}`)}7"\nout = xor_bytes(data, key)\n` },
  { path: "src/net.py", text: `dev = {'device_type': 'cisco_ios', 'host': h, 'secret': '${wordedPassword(seed)}'}` },
];

export const secretsHandedOver = (seed: string): readonly Example[] => [
  { path: "src/a.py", text: `APP_SECRET = (\n    b"${sample("hexLower", 32, seed)}"\n)\n` },
  { path: "src/a.py", text: `aes_key = bytes.fromhex("${sample("hexLower", 64, seed)}")\n` },
  { path: "src/a.js", text: `const text = "GET /v1\\nX-Api-Key: ${sample("base62", 32, seed)}\\n";` },
  { path: "src/a.js", text: `headers: { "Authorization": "Token ${sample("base62", 32, seed)}" }` },
  { path: "src/a.js", text: `headers: { "Authorization": "enctoken ${sample("base64", 86, seed)}==" }` },
  { path: "call.http", text: `Authorization: enctoken ${sample("hexLower", 32, seed)}\n` },
  { path: "src/a.kt", text: `const val JWT_SECRET = "${base64("harborlightBehindWindyWavesOfWinter")}"` },
  `fetch("https://weather.contoso.net/v2?q=\${city}&appid=${sample("hexLower", 32, seed)}&units=metric")`,
  { path: "src/call.py", text: `credentials = ("shop", "Kx7!${sample("letters", 6, seed)}")\n` },
  {
    path: "src/call.py",
    text: `credentials = (\r\n\t"shop",\r\n\t"Kx7!${sample("letters", 6, seed)}",\r\n)\r\n`,
  },
  { path: "notes.md", text: `<https://api.contoso.net/v1?token=${sample("base62", 32, seed)}&page=2>\n` },
  { path: "src/a.js", text: `fetch('https://api.contoso.net/v1?api_key=${sample("base62", 32, seed)}&q=' + q)` },
  { path: "src/a.py", text: `f'https://api.contoso.net/v1?api_key=${sample("hexLower", 32, seed)}&q={q}'\n` },
  { path: "src/a.js", text: `get('https://api.contoso.net/v1?api_key=' + '${sample("base62", 32, seed)}')` },
  { path: "src/a.php", text: `$headers = ['X-Api-Key: ' . '${sample("base62", 32, seed)}'];` },
  { path: "src/a.js", text: `const header = "Authorization: " + "${sample("base62", 32, seed)}";` },
  {
    path: "src/A.java",
    text: `String apiKey = "${sample("base62", 16, seed)}" +\n    "${sample("base62", 16, `${seed}b`)}";`,
  },
  {
    path: "src/a.py",
    text: `API_KEY = (\n    "${sample("base62", 16, seed)}"\n    "${sample("base62", 16, `${seed}b`)}"\n)\n`,
  },
  { path: "run.sh", text: `API_TOKEN='${sample("base62", 32, seed)}' "$PYTHON" run.py\n` },
  { path: "ci.yml", text: `run: API_TOKEN='${sample("base62", 32, seed)}' "$TOOL" publish\n` },
  { path: "build.gradle", text: `buildConfigField "String", "API_KEY", '"${sample("base62", 32, seed)}"'\n` },
  { path: "src/a.ts", text: `apiToken.set('${sample("base62", 32, seed)}');` },
  { path: "bot.py", text: `API_ID = 1234567\nAPI_HASH = "${sample("hexLower", 32, seed)}"\n` },
  { path: "build/push.sh", text: `export ADO_PAT=${sample("base62", 40, seed)}\n` },
  { path: "build/push.ps1", text: `./push.ps1 -Org contoso -Pat '${sample("base62", 40, seed)}'\n` },
  { path: "shop.json", text: `[{"severity": "MAJOR"}, {"key": "${sample("base64", 43, seed)}="}]` },
  { path: "src/weather.py", text: `url = 'http://weather.contoso.net/v2?APPID=${sample("hexLower", 32, seed)}'\n` },
  {
    path: "src/weather.py",
    text: `params={"q": city, "appid": "${sample("hexLower", 32, seed)}", "units": "metric"}\n`,
  },
  { path: "src/weather.js", text: `params: { q: city, appid: '${sample("hexLower", 32, seed)}' }\n` },
  { path: "src/Pay.java", text: `md5("amount=7&id=" + id + "&key=" + "${sample("hexLower", 32, seed)}");` },
  { path: "src/a.rs", text: `std::env::set_var("API_KEY_USER", "${sample("base62", 32, seed)}");` },
  { path: "src/a.go", text: `priKey := "${sample("hexLower", 64, seed)}"` },
  { path: "src/A.cs", text: `byte[] aesKey = Convert.FromHexString("${sample("hexLower", 64, seed)}");` },
  { path: "src/A.java", text: `byte[] aesKey = Hex.decodeHex("${sample("hexLower", 64, seed)}".toCharArray());` },
  { path: "src/a.rs", text: `let signing_key = hex!("${sample("hexLower", 64, seed)}");` },
  { path: "src/a.rb", text: `set :session_secret, '${sample("base62", 32, seed)}'\n` },
];

/** Tokens that show a figure or picture to everybody, or that only show what one is like. */
const shownTokens = (seed: string): readonly Example[] => [
  { path: "README.md", text: `![](https://cov.contoso.net/shop/badge.svg?token=${sample("base62", 10, seed)})` },
  {
    path: "src/a.js",
    text: `image = "https://firebasestorage.googleapis.com/v0/b/shop/o/quay.jpg?alt=media&token=${sampleUuid(seed)}";`,
  },
  {
    path: "src/a.js",
    text: 'accessToken = "eyJhbGciOiJIUzI1NiJ9.payload.signature"; token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";',
  },
  { path: "src/a.py", text: `"""call https://api.example.com/v1?api_key=${sample("base62", 24, seed)}"""` },
];

export const noSecrets = (seed: string): readonly Example[] => [
  ...shownTokens(seed),
  {
    path: "src/scan.py",
    text: 'pat = "[A-Z]{3}[0-9]{4}x"\ncompat: "ie11edge18"\nPAT=$(az account get-access-token)\npat: []byte("OggS\\x00")\n',
  },
  'const tokenType = "bearer";',
  `credentialScan: "${sampleUuid(seed)}", secretScanning: "${sampleUuid(`${seed}s`)}"`,
  ...inPiecesAndTables(seed),
  `{"AWS::AppSync::ApiKey": "${sample("hexLower", 16, seed)}", "AWS::Shop::Token": "${sample("hexLower", 16, `${seed}t`)}"}`,
  // No alphabet of a token has the sign.
  `shop_token = "${sample("base62", 17, seed)}?${sample("base62", 15, `${seed}b`)}"`,
  'secretName = "site-tls-certificate-2024"',
  'key = "a4f0c9d2b1e8f7a6c5d4"',
  {
    path: "src/icons.js",
    text: "const a = [[`path`, { d: `M12 5v14`, key: `s699le` }], ['path', { key: '10wcwx' }]];",
  },
  {
    path: "src/sensor.py",
    text: 'sensors = [Sensor(key="TM1735/humidity"), Sensor(key="tlx_energy_today"), Sensor(key="nh3_MR100")]',
  },
  {
    path: "src/m.py",
    text: '    dependencies = [("authtoken", "0002_auto_20260226_1747"), ("token", "0003_tokenproxy")]\n',
  },
  'LifecycleActionToken = "7f3a90bc-d1e2-4f50-8a6b-91c7d3e5f082"; updateToken = "1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d"',
  'const secret = "1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d"; apiKey = "123e4567-e89b-12d3-a456-426614174000"',
  { path: "src/vpc.py", text: 'if value == "default" and key != "pkl_vrf":\n    name = "[?key==\'cpuid.SSBD\']"\n' },
  ...publicTexts,
  "const token = await getToken(scopes[0]);",
  'accessKey = "$(storageKey)"',
  'RefreshToken = "TestValue7700231548"',
  'fetch("https://chat.contoso.net/v2?appid=wx00c7aa31be5590f2")',
  `const chat = { appid: "wx00c7aa31be5590f2", "appid": "20151113000005349", appId: "${sample("hexLower", 32, seed)}" };`,
  'headers: { "Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw==" }',
  { path: "keys.md", text: "gpg --recv-keys 890C08DB8579162FEE0DF9DB8BEAB4DFCF555EF4" },
  'storageKey = "scroll-restoration-v1_3"',
  `objectKey: "${sample("base62", 24, seed)}", dedupKey: "${sample("base62", 16, seed)}"`,
  `const shopToken = "0x${sample("hexLower", 40, seed)}";`,
  `"resumeToken": "${sample("base62", 24, seed)}", "ClientRequestToken": "${sample("base62", 24, seed)}"`,
  `password = "pbkdf2_sha256$36000$${sample("base62", 12, seed)}$${sample("base64", 43, seed)}="`,
  { path: "site.html", text: `<script nonce="${sample("base62", 24, seed)}">` },
  { path: "site.html", text: `<input name="csrfmiddlewaretoken" value="${sample("base62", 32, seed)}">` },
  `'WWW-Authenticate: Digest realm="shop", nonce="${sample("hexLower", 32, seed)}"'`,
];

/** What payment services print for everybody, credentials of relays that are the user's name, or other things; keys of no known purpose that are short, or that nothing around says anything of. */
const shortValues: readonly Example[] = [
  { path: "src/A.java", text: 'md5("amount=7" + "&key=" + "192006250b4c09247ec02edce69f6a2d");' },
  { path: "src/a.js", text: '[{ urls: "turn:turn.contoso.net", username: "harbor", credential: "harbor" }]' },
  { path: "src/a.js", text: '{ username: "ops", credential: "alumni", turn: "next" }' },
  { path: "src/a.js", text: 'get("/list", { params: { key: "hE2tG9x" } }); list({ key: "kX9fT2mQz7Lw" });' },
  {
    path: "src/a.js",
    text: 'headers: [{ key: "X-Harbor-Quay-7", value: "on" }], params: { key: "harbor.quay_2026.rate" }',
  },
  { path: "src/a.py", text: '# secrets are kept elsewhere\n\nkey = "kX9fT2mQz7Lw"\n' },
];

/** Built-in roles of Azure have ids that everybody knows; salts that are joined, named, of tests, or addresses. */
const rolesAndSalts = (seed: string): readonly Example[] => [
  { path: "main.bicep", text: `var keyVaultSecretsOfficer = '${sampleUuid(seed)}'\n` },
  { path: "main.bicep", text: `var roles = { keyVaultSecretsReader: '${sampleUuid(`${seed}r`)}' }\n` },
  { path: "src/a.php", text: "$salt = 'HarborQuay'; $hash = md5($salt . $id); $password = read();" },
  { path: "src/a.py", text: 'SALT = "harbor"\nsigner = Serializer(key, salt=SALT)\ncheck_hash(row, password)\n' },
  {
    path: "src/A.java",
    text: 'String salt = "the salt"; md5(salt + password); String userSalt = "changeit"; md5(userSalt + password);',
  },
  { path: "src/a.php", text: "$salt = 'Harbor&quay'; $name = join($salt, $parts);" },
  { path: "src/a.php", text: "$salt = 'harbor-login'; $hash = md5($salt . $password);" },
  { path: "tests/a.php", text: "$salt = 'Harbor&quay'; $hash = md5($salt . $password);" },
  { path: "src/A.cs", text: 'public const string Salt = "Salt"; public const string SeaSalt = "harborlight";' },
  { path: "src/a.swift", text: 'case masterSalt = "harborlight"\nstatic let saltKey = "harborlight"\n' },
  { path: "src/a.cpp", text: 'const std::string salt = "mnemonic"; const std::string hash_salt = "_harborlight";' },
  { path: "tests/A.java", text: 'private static final String SALT = "harborlight";' },
  { path: "src/a.py", text: "mail_salt = 'ops@contoso.net'; digest = sha256(mail_salt + password)\n" },
];

export const noSecretsOfOthers = (seed: string): readonly Example[] => [
  ...rolesAndSalts(seed),
  ...shortValues,
  { path: "deploy.env", text: `APPID=${sample("hexLower", 32, seed)}\n` },
  { path: "src/A.java", text: `cache.get("page=7" + "&key=" + "${sample("hexLower", 32, seed)}");` },
  {
    path: "src/a.go",
    text: `publicKey := hex.FromHex("${sample("hexLower", 64, seed)}"); priKey := "created_at_index"`,
  },
  "'access_token': 'asdfkljh23490sdf'",
  `accessToken = "pk.eyJ${sample("base62", 60, seed)}.${sample("base62", 22, seed)}"`,
  'nonce: "c9e2b10a",',
  `nonce="${sample("hexLower", 32, seed)}", uri="/"`,
  `clientTrafficSecret = "${sample("hexLower", 64, seed)}"`,
  `stripeToken: "tok_${sample("base62", 20, seed)}"`,
  "const SECRET_KEY = 'Secret/API Key/Token';",
  { path: "notes.txt", text: 'Vim.SendKeys "ma1GV4jy7a"\n' },
  `nonce = "${Buffer.from("sent by Harbor").toString("hex")}"`,
  `key = "${Buffer.from(Array.from({ length: 16 }, (_, index) => index)).toString("base64")}"; cipher(key);`,
  'secretKey = "\\x73\\x65\\x72\\x76\\x65\\x72"',
  `verificationKey = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE${sample("base64", 80, seed)}"`,
  'nextToken = "eyaFd93kLmQz81xPq0"',
  'shortcutKey = "ctrl+shift+down"',
  `const headers = ['X-Api-Key: ' + key + 'gT4kq0Zr8x17', "Token: " + 'none', 'Authorization: ' + scheme + "gT4kq0Zr8x17"];`,
  { path: "src/a.js", text: `[{ key: 'a3a3a3a3b3b3b3b3', iv: 'cdcdcdcdcdcdcdcd', input: 'cccccccccccccccc' }]` },
  { path: "src/a.js", text: `vectors = []; key = '${sample("hexLower", 32, seed)}'; iv = makeIv(16);` },
  { path: "a.json", text: `{"key": "${sample("hexLower", 32, seed)}", "url": "https://api.contoso.net/v2/7"}` },
  `headers: { "Authorization": "JWS-SHA256 ${sample("hexLower", 32, seed)}" }`,
  `headers: { "Authorization": "shop ${sampleUuid(seed)}" }`,
  `const SECRET = "${base64("ThisIsTheVeryLongTextOfTheDefaultShop")}"; apiKey = "${base64("harborlightBehindWindyWavesOfWinter")}"`,
  'const apiKey = "SGVsbG8gZnJvbSB0aGUgb3RoZXIgc2lkZQ==";',
  'token.type = "identifier1"',
  'cacheKey = "3f2b8c1d9e7a6b5c4d3e2f1a"',
  'apiKey: "your-api-key-here-0123"',
  `"npmToken": "${sampleBytes(256, seed).toString("base64")}"`,
  `token: '${base64("test:test")}', header: '${base64('{"alg":"HS256"}')}'`,
  String.raw`syn match hostKeyAlgo "\<ssh-rsa-cert-v01@openssh\.com\>"`,
  "rawToken(`9007199254740993`)",
  "secrets: { ARTIFACTORY_TOKEN: 'abc123==' }",
  `'key3': 'Kx${sample("base62", 18, seed)}'`,
  {
    path: "report.json",
    text: `[{"key": "AV${sample("base62", 18, seed)}", "component": "shop"}, {"severity": "MAJOR", "key": "AV${sample("base62", 18, `${seed}b`)}"}]`,
  },
  {
    path: "report.json",
    text: `{"moduleKey": "qrx_tst:qrx_tst:${sampleUuid(seed).toUpperCase()}", "key": "qrx_tst:qrx_tst:${sampleUuid(seed).toUpperCase()}:Page.cs"}`,
  },
  { path: "package-lock.json", text: `"tokenKey": "${sample("base62", 40, seed)}"` },
];
