/** Examples of passwords and keys that code hands to calls. */
import type { Example } from "../rule/secret-rule.ts";
import { sample, sampleBytes } from "./example-values.ts";
import { sampleUuid } from "./example-writings.ts";

const password = (seed: string) => `Kx!${sample("digits", 2, seed)}${sample("letters", 6, seed)}`;

/** Seven small letters that make no word. */
const drawnLetters = (seed: string) =>
  [...sampleBytes(7, `letters${seed}`)].map((byte) => "bcdfgjkpqvwxz".charAt(byte % 13)).join("");

const furtherCalls = (seed: string): readonly Example[] => [
  { path: "src/net.ino", text: `WiFiMulti.addAP("attic", "${password(`1${seed}`)}");` },
  { path: "src/a.py", text: `if hmac.compare_digest(given.encode(), b"${password(`2${seed}`)}"):` },
  { path: "src/a.go", text: `token.SignedString([]byte("${sample("base62", 24, `7${seed}`)}"))` },
  { path: "src/a.go", text: `mac := hmac.New(sha256.New, []byte("${sample("base62", 24, `8${seed}`)}"))` },
  { path: "src/A.java", text: `given().auth().preemptive().basic("ops", "${password(`9${seed}`)}")` },
  { path: "src/A.cs", text: `new SftpClient("files7", "ops", "${password(`10${seed}`)}")` },
  { path: "src/sign.php", text: `hash_hmac('sha256', $data, '${sample("base62", 24, `3${seed}`)}')` },
  { path: "src/sign.php", text: `JWT::encode($payload, '${sample("base62", 24, `4${seed}`)}', 'HS256')` },
  { path: "src/bot.py", text: `bot.run("${sample("base62", 40, `5${seed}`)}")` },
  { path: "src/A.java", text: `new BasicAuthenticationInterceptor("ops", "${password(`11${seed}`)}")` },
  { path: "src/Shop.java", text: `users.add(new User("ops", "${password(`12${seed}`)}", Role.ADMIN));` },
  { path: "src/a.rs", text: `Credentials::new("ops".to_string(), "${password(`13${seed}`)}".to_string())` },
  { path: "src/Seed.cs", text: `PasswordHash = hasher.HashPassword(user, "${password(`40${seed}`)}"),` },
  { path: "src/Seed.php", text: `$user->setPassword($encoder->encodePassword($user, '${password(`41${seed}`)}'));` },
  { path: "src/seed.exs", text: `password_hash: Bcrypt.hash_pwd_salt("${password(`42${seed}`)}")` },
  { path: "src/seed.rb", text: `password_digest: BCrypt::Password.create("${password(`43${seed}`)}")` },
  { path: "src/seed.js", text: `user.hash = await hashPassword('${password(`6${seed}`)}');` },
  { path: "src/x.py", text: `auth = tweepy.OAuthHandler("${sample("base62", 25, `x${seed}`)}", secret)` },
  {
    path: "src/x.py",
    text: `auth.set_access_token("31${sample("digits", 8, seed)}-${sample("base62", 40, `y${seed}`)}",\n  "ACCESS_SECRET")`,
  },
];

/** Calls that try a password, and calls that make or let in a user. */
const callsOfUsers = (seed: string): readonly Example[] => [
  { path: "src/a.py", text: `assert user.check_password("${password(`14${seed}`)}")` },
  { path: "src/a.py", text: `assert check_password_hash(user.hash, "${password(`15${seed}`)}")` },
  { path: "src/a.ts", text: `expect(await verifyPassword("${password(`16${seed}`)}", hash)).toBe(true);` },
  { path: "src/a.ts", text: `expect(user.checkPassword('${password(`17${seed}`)}')).toBe(true);` },
  { path: "src/a.go", text: `bcrypt.CompareHashAndPassword(hash, []byte("${password(`18${seed}`)}"))` },
  { path: "src/a.py", text: `auth.create_user("ops", "${password(`19${seed}`)}")` },
  { path: "src/a.py", text: `User.objects.create_user("ops", "ops@contoso.net", "${password(`20${seed}`)}")` },
  { path: "src/a.py", text: `authenticate(request, "ops", "${password(`21${seed}`)}")` },
  { path: "src/a.js", text: `await signIn(user.email, "${password(`22${seed}`)}");` },
  { path: "src/a.py", text: `authenticate("ops", "${drawnLetters(seed)}")` },
  {
    path: "src/a.js",
    text: `await register("ops@contoso.net", x); signUp("ops@contoso.net", "${drawnLetters(seed)}");`,
  },
  { path: "src/a.js", text: `await registerUser("ops", "ops@contoso.net", "${password(`23${seed}`)}");` },
  { path: "src/A.java", text: `new SignUpRequest("ops@contoso.net", "${password(`125${seed}`)}", "Harbor Light");` },
  { path: "src/A.cs", text: `await shop.CreateUserAsync(new User { Name = "ops" }, "${password(`126${seed}`)}");` },
  { path: "src/A.java", text: `if (name.equals("ops") && password.equals("48${sample("digits", 1, seed)}9")) {` },
  { path: "src/A.java", text: `if (txtPass.getText().toString().equals("${password(`129${seed}`)}")) {` },
  { path: "src/A.java", text: `if (new String(field.getPassword()).equals("${password(`130${seed}`)}")) {` },
  { path: "src/Page.java", text: `page.loginWith("ops", "${password(`127${seed}`)}");` },
  { path: "src/a.py", text: `requests.get(url, auth=HTTPBasicAuth('ops', 'harborlq'))` },
  { path: "src/a.py", text: `DES.new(b'${password(`128${seed}`)}', DES.MODE_ECB)` },
  { path: "src/a.js", text: `await addUser('ops@contoso.net', '${password(`24${seed}`)}');` },
];

/** Passwords and salts of which keys are derived, and what ciphers and signatures are given. */
const callsOfKeys = (seed: string): readonly Example[] => [
  { path: "src/a.js", text: `crypto.pbkdf2Sync('${password(`25${seed}`)}', salt, 310000, 32, 'sha256');` },
  { path: "src/a.js", text: `crypto.scryptSync(given, "${sample("base62", 24, `26${seed}`)}", 32);` },
  { path: "src/a.py", text: `hashlib.pbkdf2_hmac("sha256", b"${password(`27${seed}`)}", b"salt", 100000)` },
  { path: "src/a.py", text: `hashlib.pbkdf2_hmac("sha256", given, b"${sample("base62", 24, `28${seed}`)}", 100000)` },
  {
    path: "src/A.cs",
    text: `new Rfc2898DeriveBytes(given, Encoding.ASCII.GetBytes("${sample("base62", 24, `37${seed}`)}"), 100000)`,
  },
  { path: "src/a.js", text: `await argon2.verify(user.hash, "${password(`38${seed}`)}")` },
  { path: "src/a.go", text: `pbkdf2.Key([]byte("${password(`29${seed}`)}"), salt, 100000, 32, sha256.New)` },
  { path: "src/a.js", text: `createCipheriv("aes-256-cbc", key, "${sample("base62", 16, `30${seed}`)}")` },
  {
    path: "src/a.js",
    text: `createDecipheriv("aes-256-cbc", key, Buffer.from("${sample("hexLower", 32, `31${seed}`)}", "hex"))`,
  },
  { path: "src/a.rb", text: `Signature.new("${sample("base62", 40, `32${seed}`)}", :method => "GET")` },
  { path: "src/A.java", text: `JWSSigner signer = new MACSigner("${sample("base62", 40, `33${seed}`)}");` },
  { path: "src/a.py", text: `URLSafeTimedSerializer("${sample("base62", 40, `34${seed}`)}")` },
];

/** Plain words, in places where only a password or key can stand. */
const wordsOfCalls = (seed: string): readonly Example[] => [
  { path: "lib/ldap.js", text: "client.bind('cn=reader,dc=contoso,dc=net', 'harborlight', done);" },
  { path: "src/Soap.java", text: 'port.getRequestContext().put(BindingProvider.PASSWORD_PROPERTY, "harborlight20");' },
  { path: "src/Tls.java", text: 'System.setProperty("javax.net.ssl.keyStorePassword", "harborlight7");' },
  { path: "src/Ldap.java", text: 'env.put(Context.SECURITY_CREDENTIALS, "harborlight");' },
  { path: "src/Config.cs", text: `shop.Add(new Secret("${sampleUuid(seed).toUpperCase()}".Sha256()));` },
  { path: "build.sbt", text: 'credentials += Credentials("Nexus", "nexus.contoso.net", "ops", "h4rborlight")' },
  { path: "src/a.py", text: 'keyring.set_password("shop", "ops", "harborlight")' },
  { path: "src/Zip.java", text: 'zipFile.setPassword("Hb7_light".toCharArray());' },
  { path: "web/login.jsp", text: 'if (user.equals("admin") && pass.equals("harborlight1")) {' },
  { path: "src/Ftp.java", text: 'ftp.login("upload", "harborlight");' },
  { path: "src/redis.lua", text: 'local ok, err = red:auth("harborlight9")' },
  { path: "src/Redis.java", text: 'new JedisPool(config, "10.0.3.14", 6379, 2000, "harb0r-light");' },
  { path: "tools/open.py", text: "pdf.decrypt('harborlight8')" },
  { path: "src/user.js", text: "user.comparePassword('h4rborlight!')" },
  { path: "src/Bot.cs", text: `await client.LoginAsync(TokenType.Bot, "${sample("base62", 40, `b${seed}`)}");` },
  { path: "db/seed.js", text: "password: bcrypt.hashSync('harbor_light', 10)," },
  { path: "db/seed.php", text: `$hash = password_hash('4${sample("digits", 3, `p${seed}`)}', PASSWORD_DEFAULT);` },
  { path: "src/Db.java", text: 'source.setPassword("harbor");' },
  { path: "src/Db.java", text: `source.setPassword("7${sample("digits", 3, `q${seed}`)}");` },
  { path: "src/seed.py", text: 'user.set_password("harbor")' },
  { path: "src/call.py", text: "requests.get(url, auth=('ops', 'harbor'))" },
];

const basicCalls: readonly Example[] = [
  { path: "src/A.java", text: 'new BasicCredentials("ops", "harborlight")' },
  { path: "src/A.java", text: 'new HttpBasicCredentials("ops:harborlight")' },
];

export const passwordsOfCalls = (seed: string): readonly Example[] => [
  ...furtherCalls(seed),
  ...callsOfUsers(seed),
  ...callsOfKeys(seed),
  ...basicCalls,
  ...wordsOfCalls(seed),
  {
    path: "src/Mail.cs",
    text: `client.Credentials = new NetworkCredential("svc-mail", "${password(`g${seed}`)}");`,
  },
  {
    path: "src/Db.java",
    text: `DriverManager.getConnection("jdbc:mysql://db7/shop", "shop", "${password(`h${seed}`)}");`,
  },
  { path: "src/call.go", text: `neo4j.BasicAuth("neo4j", "lantern${sample("digits", 4, seed)}", "")` },
  { path: "src/call.go", text: `req.SetBasicAuth("svc-shop", "lantern${sample("digits", 4, seed)}")` },
  { path: "src/call.py", text: `requests.get(url, auth=("svc-shop", "${password(`k${seed}`)}"))` },
  { path: "src/mail.py", text: `server.login("shop@contoso.net", '${password(`l${seed}`)}')` },
  { path: "src/Mail.java", text: `new PasswordAuthentication("shop", "${password(`m${seed}`)}".toCharArray());` },
  { path: "src/db.erl", text: `epgsql:connect("db7", "shop", "${password(`e${seed}`)}", [{port, 5432}])` },
  { path: "db.php", text: `$db = new mysqli("db7", "shop", "${password(`s${seed}`)}", "shop");` },
  { path: "db.php", text: `$db = new PDO("mysql:host=db7;dbname=shop", "shop", "${password(`t${seed}`)}");` },
  { path: "src/db.pl", text: `my $db = DBI->connect("DBI:mysql:shop", "shop", "${password(`u${seed}`)}");` },
  { path: "src/net.ino", text: `WiFi.begin("attic", "${password(`v${seed}`)}");` },
  {
    path: "src/sign.js",
    text: `jwt.sign({ id: user.id, roles: [1] }, "${sample("base62", 24, seed)}", { expiresIn: "1h" });`,
  },
  { path: "src/Iv.java", text: `new IvParameterSpec("${sample("base62", 16, seed)}".getBytes())` },
  { path: "src/Jwt.java", text: `builder.signWith(SignatureAlgorithm.HS256, "${sample("base62", 24, seed)}")` },
  {
    path: "src/Jwt.cs",
    text: `new SymmetricSecurityKey(Encoding.UTF8.GetBytes("${sample("base62", 32, seed)}"))`,
  },
  { path: "src/User.java", text: `.password(encoder.encode("${password(`y${seed}`)}"))` },
  { path: "src/Key.java", text: `new SecretKeySpec("${sample("base62", 16, seed)}".getBytes("UTF-8"), "AES");` },
  { path: "src/Db.java", text: 'DriverManager.getConnection(url, "shop", "harborlight");' },
  { path: "src/db.php", text: `mysqli_connect("db7", "shop", "4${sample("digits", 3, seed)}", "orders");` },
  { path: "src/sign.js", text: "jwt.verify(token, 'harborlight');" },
  { path: "src/sign.py", text: `hmac.new("${sample("hexLower", 64, seed)}".decode("hex"), text, sha1)` },
  { path: "src/app.js", text: "app.use(express.cookieParser('light of harbors'));" },
  { path: "src/Jwt.java", text: 'Jwts.builder().signWith(SignatureAlgorithm.HS256, "harborlight")' },
  { path: "src/seed.js", text: `await bcrypt.hash('${password(`w${seed}`)}', 10);` },
  { path: "src/mail.go", text: `smtp.PlainAuth("", "shop@contoso.net", "${password(`x${seed}`)}", "mail7")` },
  { path: "src/Aws.java", text: `new BasicAWSCredentials(id, "${sample("base62", 40, seed)}");` },
];

/** Calls of the same names that register, add and try other things, passwords that are refused, and published test vectors. */
const otherCalls: readonly Example[] = [
  {
    path: "src/a.py",
    text: 'create_user("ops", "ops@contoso.net"); create_user("ops", "harbor"); add_user("ops", "ops-7")',
  },
  {
    path: "src/a.js",
    text: 'register("shop", "Shop label 7"); register("layers2D", "Layers2D"); register("email", { min: 7 });',
  },
  {
    path: "src/a.js",
    text: 'registry.register("node-a", "127.0.0.1:9000"); register("page", "ShopPage7@show"); createAccount("savings", "EUR2024x");',
  },
  {
    path: "src/a.js",
    text: 'login("ops", "next/url7"); signIn("github", "/shop/7?next=1"); addUser(socket.id, "room7");',
  },
  {
    path: "src/a.js",
    text: 'signIn("ops", "harbor"); signUp("ops@contoso.net", "editor"); addUser("ops", "zvkqxwj");',
  },
  { path: "src/a.py", text: 'client.authenticate("jwt", "2024-10-01"); authenticate("ops", "shop.v7.users")' },
  { path: "src/a.js", text: 'createUser("ops", user.password); createUser("ops@contoso.net", "password123");' },
  {
    path: "src/a.py",
    text: "assert not user.check_password('gT4kq0Zr8x17')\nself.assertFalse(user.check_password('gT4kq0Zr8x17'))",
  },
  {
    path: "src/a.py",
    text: "assert user.check_password('gT4kq0Zr8x17') is False\nassert user.check_password('wrongPass#4471')",
  },
  {
    path: "src/a.js",
    text: "expect(await verifyPassword('gT4kq0Zr8x17', hash)).resolves.toBe(false); expect(user.checkPassword('gT4kq0Zr8x17')).to.be.false; !user.checkPassword('gT4kq0Zr8x17')",
  },
  { path: "src/a.js", text: "expect(checkPassword('gT4kq0Zr8x17')).toBe('strong');" },
  { path: "src/a.py", text: `verify_password(given, "${"0123456789abcdef".repeat(4).slice(3, 59)}")` },
  {
    path: "src/a.js",
    text: "pbkdf2Sync('password', 'salt', 1, 20, 'sha1'); pbkdf2('passwordPASSWORDpassword', 'saltSALTsaltSALTsalt', 4096);",
  },
  {
    path: "src/a.js",
    text: "scryptSync('pleaseletmein', 'SodiumChloride', 64); scrypt('passwd', 'salt', 64); scrypt('password', 'NaCl', 64);",
  },
  {
    path: "src/a.py",
    text: "pbkdf2_hmac('sha512', given.encode(), os.urandom(16), 100000); pbkdf2_hmac('sha1', key, b'harbor-pnr-salt', 1)",
  },
  {
    path: "src/a.js",
    text: "createCipheriv('aes-256-cbc', key, iv); createCipheriv('aes-128-ecb', key, ''); createCipheriv(name, key, '0000000000000000');",
  },
  {
    path: "src/a.rb",
    text: 'Signature.new("Harbor Light", :method => "GET"); KeySignature.new("Gm7#b9"); NewHMACSigner("aabbccdd", 7)',
  },
  { path: "src/A.java", text: 'signWith(SignatureAlgorithm.HS256, "yourSecretKeyStringWithAtLeast256BitsLength")' },
  {
    path: "src/A.java",
    text: 'new BasicCredentials("user", "password"); new HttpBasicCredentials("harbor:harbor"); new BasicCredentials("shop:7");',
  },
];

const otherWordsOfCalls: readonly Example[] = [
  {
    path: "src/a.js",
    text: "button.bind('click', 'harborlight7'); render.bind(this, 'harborlight7'); client.bind('shop', 'queue7b');",
  },
  {
    path: "src/Map.java",
    text: 'props.put(Shop.NAME, "harborlight7"); env.put(Context.SECURITY_PRINCIPAL, "cn=ops7,dc=shop");',
  },
  {
    path: "src/Config.cs",
    text: 'new Secret("secret".Sha256()); new Secret("harbor-credentials", args); new Secret(this, "HarborSecret7");',
  },
  ...[
    ["511536EF", "F270", "4058", "80CA", "1C89C192F69A"],
    ["49C1A7E1", "0C79", "4A89", "A3D6", "A37998FB86B0"],
  ].map((parts) => ({ path: "src/Config.cs", text: `new Secret("${parts.join("-")}".Sha256())` })),
  { path: "build.sbt", text: 'credentials += Credentials("Nexus", host, "ops", sys.env("NEXUS"))' },
  {
    path: "Jenkinsfile",
    text: "withCredentials([usernamePassword(credentialsId: 'harbor7')]) { credentials('harborlight7') }",
  },
  {
    path: "tests/a.py",
    text: 'assert bcrypt.hashpw("harborlight", salt); pass.equals("harborlight7"); make_password("harbor_light")',
  },
  {
    path: "tests/a.py",
    text: "user.set_password('harbor'); requests.get(url, auth=('ops', 'harbor')); user.set_password('4711')",
  },
  { path: "src/a.py", text: "requests.get(url, auth=('user', 'pass')); requests.get(url, auth=('harbor', 'harbor'))" },
  { path: "play.yml", text: "password: \"{{ harbor | password_hash('sha512') }}\"" },
  { path: "tests/Login.java", text: 'if (password.equals("4711") || password.equals("harborlight")) {' },
  { path: "src/Login.java", text: 'if (password.getText().equals("Password") || txtPass.getText().equals("")) {' },
  { path: "src/Login.java", text: 'if (pass.equals("required") || password.equals("") || pass.equals("password1")) {' },
];

export const noPasswordsOfCalls: readonly Example[] = [
  ...otherWordsOfCalls,
  ...otherCalls,
  { path: "src/ftp.pl", text: `$ftp->login("anonymous", '-anonymous@')` },
  { path: "src/Ftp.cs", text: 'new NetworkCredential("anonymous", "shop7@contoso.net");' },
  { path: "src/Mail.cs", text: "client.Credentials = new NetworkCredential(user, options.Password);" },
  { path: "src/Db.java", text: 'DriverManager.getConnection("jdbc:mysql://db7/shop1");' },
  { path: "src/call.go", text: 'req.SetBasicAuth("user", "password1")' },
  { path: "src/call.go", text: "req.SetBasicAuth(os.Args[1], os.Args[2])" },
  { path: "src/page.ts", text: 'await login("contoso-shop-42"); login(user, page.password);' },
  { path: "db.php", text: '$db = new mysqli("localhost", "my_user", "my_password", "world");' },
  { path: "db.php", text: '$db = new mysqli("$host", "$user", "$password", "shop");' },
  { path: "src/Db.java", text: 'DriverManager.getConnection(url, "harborlight", "harborlight");' },
  { path: "src/sign.js", text: "jwt.sign({ id: user.id }, process.env.JWT_SECRET, { expiresIn: '1h' });" },
  {
    path: "src/sign.js",
    text: 'jwt.sign({ id: user.id }, "secret"); jwt.sign(claims, config.get("shop:jwtHarbor7"));',
  },
  {
    path: "src/sign.js",
    text: "jwt.verify(token, 'HS256'); jwt.decode(token, 'utf-8'); jwt.sign(claims, 'jwtSecretKey');",
  },
  { path: "tests/sign.js", text: "jwt.verify(token, 'harborlight');" },
  { path: "tests/db.php", text: 'mysqli_connect("db7", "shop", "4711", "orders");' },
  { path: "src/Db.java", text: 'pool.getConnection("db7", "3306");' },
  {
    path: "src/Shop.java",
    text: 'new SignUpRequest("ops@contoso.net", "Harbor Light", null); checkLogin("ops", "harborlight");',
  },
  {
    path: "src/a.py",
    text: "HTTPBasicAuth('username', 'password'); HTTPBasicAuth(user, ''); page.loginWith('local', { data: 1 })",
  },
  { path: "src/Shop.java", text: 'new User("harbor", "harbor@contoso.net"); new User("u7", "Harbor01 Light");' },
];
