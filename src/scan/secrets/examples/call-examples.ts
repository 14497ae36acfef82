/** Examples of passwords and keys that code hands to calls. */
import type { Example } from "../secret-rule.ts";
import { sample } from "./example-values.ts";

const password = (seed: string) => `Kx!${sample("digits", 2, seed)}${sample("letters", 6, seed)}`;

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
  { path: "src/seed.js", text: `user.hash = await hashPassword('${password(`6${seed}`)}');` },
];

export const passwordsOfCalls = (seed: string): readonly Example[] => [
  ...furtherCalls(seed),
  {
    path: "src/Mail.cs",
    text: `client.Credentials = new NetworkCredential("svc-mail", "${password(`g${seed}`)}");`,
  },
  {
    path: "src/Db.java",
    text: `DriverManager.getConnection("jdbc:mysql://db7/shop", "shop", "${password(`h${seed}`)}");`,
  },
  { path: "src/call.go", text: `req.SetBasicAuth("svc-shop", "lantern${sample("digits", 4, seed)}")` },
  { path: "src/call.py", text: `requests.get(url, auth=("svc-shop", "${password(`k${seed}`)}"))` },
  { path: "src/mail.py", text: `server.login("shop@contoso.net", '${password(`l${seed}`)}')` },
  { path: "src/Mail.java", text: `new PasswordAuthentication("shop", "${password(`m${seed}`)}".toCharArray());` },
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
  { path: "src/seed.js", text: `await bcrypt.hash('${password(`w${seed}`)}', 10);` },
  { path: "src/mail.go", text: `smtp.PlainAuth("", "shop@contoso.net", "${password(`x${seed}`)}", "mail7")` },
  { path: "src/Aws.java", text: `new BasicAWSCredentials(id, "${sample("base62", 40, seed)}");` },
];

export const noPasswordsOfCalls: readonly Example[] = [
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
  { path: "src/sign.js", text: 'jwt.sign({ id: user.id }, "secret");' },
  { path: "src/Shop.java", text: 'new User("harbor", "harbor@contoso.net"); new User("u7", "Harbor01 Light");' },
];
