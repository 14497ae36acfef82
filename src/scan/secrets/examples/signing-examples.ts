/** Phrases with which tokens and sessions are signed, and what has such names without being one. */
import type { Example } from "../rule/secret-rule.ts";
import { sample } from "./example-values.ts";

export const phrasesThatSign = (seed: string): readonly Example[] => [
  { path: "server/.env", text: `PORT=5000\nJWT_SECRET=harbor_Stack_${sample("digits", 1, seed)}\n` },
  { path: "auth/jwt.go", text: 'var jwtKey = []byte("go_Jwt_l1ght_key")' },
  { path: "src/auth.rs", text: `const JWT_SECRET: &[u8] = b"harbor-L1ght-signer";` },
  {
    path: "appsettings.json",
    text: `  "Jwt": {\n    "Key": "ThisIsTheSecretOfTheHarborShop",\n    "Issuer": "shop"\n`,
  },
  {
    path: "appsettings.json",
    text: `"JwtSettings": { "Issuer": "shop", "SigningKey": "ThisIsTheSecretOfTheHarborShop" }`,
  },
  { path: "app.yml", text: "jwt:\n  expires: 3600\n  secret: TheHarborShopOfTheNorth7\n" },
  { path: "app.properties", text: "app.jwtSecret=TheHarborShopOfTheNorth7\n" },
  {
    path: "src/Jwt.java",
    text: `public class JwtTokenUtil {\n  private static final String SECRET = "ThisIsTheSecretOfTheHarborShop";\n`,
  },
  { path: "src/a.ts", text: "JwtModule.register({\n  secret: 'harbor_l1ght_shop',\n  signOptions: {},\n})" },
  { path: "src/a.js", text: "app.use(session({ secret: 'harbor_l1ght_shop', resave: false }));" },
  { path: "src/a.js", text: "app.use(session({\n  secret: 'harbor',\n  resave: false,\n}));" },
  { path: "src/a.js", text: "app.use(session({ cookie: { maxAge: 60 }, secret: 'harbor' }));" },
  { path: "src/a.js", text: "app.use(session({ secret: 'of the harbor' }));" },
  { path: "src/a.js", text: "app.use(session({ secret: 'the lights of our harbor shine' }));" },
  { path: "src/app.py", text: "app.secret_key = 'harborLight'" },
  { path: "src/app.py", text: 'app.config["SECRET_KEY"] = "harbor"' },
  { path: "src/app.py", text: "app.config['JWT_SECRET_KEY'] = 'harbor'" },
  { path: "src/a.js", text: "const options = { secretOrKey: 'harbor_l1ght_shop' };" },
  { path: "lib/App.pm", text: "$app->secrets(['Harb0r l1ght shines']);" },
  { path: ".env", text: "SESSION_SECRET=harbor_l1ght_shop\n" },
  { path: ".env", text: "JWT_SECRET=purpleHarborLight77\n" },
  { path: ".env", text: "JWT_SECRET=xycmel\n" },
  { path: "appsettings.json", text: `"Jwt": { "Key": "SHIP48${sample("digits", 1, seed)}" }` },
  { path: "app.properties", text: "jwt.secret-key=xmhehi\n" },
  { path: "app.properties", text: `app.jwt.token.secret=48${sample("digits", 3, seed)}9\n` },
  { path: "src/app.py", text: `app.secret_key = '48${sample("digits", 3, seed)}9'` },
];

export const noPhrasesThatSign = (): readonly Example[] => [
  'jwtSecret: "secret"; jwtSecret: "changeme"; JWT_SECRET = "your-secret"; jwtSecret = "my-secret-key";',
  'JWT_SECRET = "jwt-secret"; jwtSecret = "super_secret_key"; jwt_secret = "jwt_secret_key_2024"; DATA_JWT_SECRET = "oauth2_jwt_secret";',
  'jwtKey = "accessToken"; const JWT_KEY = "auth-user-v2"; jwtSecret = "APP_JWT_SECRET_V2";',
  'jwtSecret = "app.jwt.secret"; jwtSecret = "prod-jwt-secret-2"; jwtSecret = process.env.JWT_SECRET;',
  { path: ".env", text: "JWT_SECRET=jwtSecretKeyName\n" },
  { path: ".env", text: "JWT_SECRET=lantern\nJWT_SECRET_EXPIRES=481519\n" },
  { path: "app.properties", text: "jwt.secret.expires=481519\njwt.expiration=481519\n" },
  { path: "values.yaml", text: "jwt:\n  secret: shop-jwt-7\n  secretName: HarborLight7shop\n" },
  { path: "lang/de.json", text: '{"jwt": {"secret": "JWT-Geheimnis", "key": "Schluesselwort fuer JWT2"}}' },
  { path: "tests/auth.js", text: "const JWT_SECRET = 'harborShop_light';" },
  { path: "src/Jwt.java", text: `class JwtConfig {\n  @Value("\${app.jwt.secret7}")\n  private String secret;\n` },
  { path: "src/a.ts", text: "JwtModule.register({ secret: config.get('JWT_SECRET_2') })" },
  { path: "src/a.js", text: "app.use(session({ secret: 'keyboard cat', name: 'harbor_l1ght_shop' }));" },
  {
    path: "src/a.js",
    text: "session({ secret: 'SESSION_SECRET' }); session({ secret: 'mysecret' }); session({ secret: 'x' }); session({ secret: 'a very long secret' });",
  },
  {
    path: "src/app.py",
    text: "app.secret_key = 'my_secret_key'; app.secret_key = 'dev'; client.secret_key = 'harbor'",
  },
  { path: "tests/app.py", text: "app.config['SECRET_KEY'] = 'harbor'" },
  { path: "src/app.py", text: "app.config['SECRET_KEY_FILE'] = 'harbor'" },
  { path: "lib/App.pm", text: "$app->secrets(['Mojolicious rocks']); $app->secrets(['My very secret passphrase.']);" },
  'class JwtUser { static final String KEY = "userName"; static final String SECRET = "clientSecret"; }',
  { path: "src/app.py", text: "app.config['SECRET_KEY'] = 'hard to guess string'; JWT_SECRET = 'SHA256'" },
  { path: "src/session.py", text: ">>> session.fetch()\n{'oauth_token_secret': '2kjshdfp92i34asdasd'}" },
  'const jwtSecretPath = "harbor_l1ght_shop"; jwtTokenHeader = "X-Harbor-Token7";',
];
