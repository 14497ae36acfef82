/** More examples of passwords and keys that code hands to calls: of bots, devices, stores and ciphers. */
import type { Example } from "../rule/secret-rule.ts";
import { base64, sample, sampleKey } from "./example-values.ts";

const password = (seed: string) => `Kx!${sample("digits", 2, seed)}${sample("letters", 6, seed)}`;

export const credentialsOfCalls = (seed: string): readonly Example[] => [
  { path: "app.py", text: `bot = LineBotApi('${sampleKey(seed)}/${sampleKey(`2${seed}`)}=')\n` },
  { path: "app.py", text: `handler = WebhookHandler('${sample("hexLower", 31, seed)}7')\n` },
  { path: "app.py", text: `parser = WebhookParser("${sample("hexLower", 31, seed)}7")\n` },
  { path: "lib/a.dart", text: `final key = Key.fromUtf8('${sampleKey(seed)}');` },
  { path: "lib/a.dart", text: `final iv = IV.fromUtf8('${sample("base62", 16, seed)}');` },
  { path: "lib/a.dart", text: `final key = Key.fromBase64("${base64(sampleKey(seed))}");` },
  { path: "lib/a.dart", text: `final iv = IV.fromBase64("${base64(sample("base62", 16, seed))}");` },
  { path: "seeds/Users.php", text: `'secret_word' => bcrypt('lantern${sample("digits", 2, seed)}'),` },
  { path: "src/Shop.java", text: `users.save(new User("ops", "ops@contoso.net", "${password(seed)}"));` },
  { path: "src/net.ino", text: `client.connect("attic", "ops", "lantern${sample("digits", 2, seed)}")` },
  { path: "src/A.cs", text: `sheet.Unprotect("${password(seed)}");` },
  { path: "src/A.java", text: `sheet.protectSheet("lantern");` },
  { path: "src/A.java", text: `.withClient("web").secret(passwordEncoder.encode("lantern"))` },
  { path: "tests/A.java", text: `.username("ops").password(passwordEncoder.encode("lantern"))` },
  { path: "src/mail.py", text: `mail = yagmail.SMTP("ops@contoso.net", "lantern")\n` },
  { path: "src/a.js", text: `db.auth("ops", "lantern");` },
  { path: "src/a.py", text: `get(url, auth=("ops", "48${sample("digits", 1, seed)}9"))\n` },
  { path: "src/a.js", text: `jwt.sign({ id }, "48${sample("digits", 3, seed)}9");` },
  { path: "src/A.java", text: `kmf.init(store, "lantern".toCharArray());` },
  { path: "src/A.java", text: `keyManagerFactory.init(store, "lantern".toCharArray());` },
];

export const noCredentialsOfCalls: readonly Example[] = [
  {
    path: "app.py",
    text: "LineBotApi(channel_access_token); WebhookHandler('YOUR_CHANNEL_SECRET'); LineBotApi('token')",
  },
  {
    path: "lib/a.dart",
    text: "Key.fromUtf8('my 32 length key................'); IV.fromUtf8(vector); Key.fromBase64(word7x)",
  },
  {
    path: "src/a.js",
    text: "const hash = bcrypt(user.word7x); client.connect(host, 1883, 60); client.connect('db7', 'shop', name7x);",
  },
  {
    path: "src/Shop.java",
    text: 'new User("ops", "ops@contoso.net", "Harbor"); new User("ops", "ops@contoso.net", Role.ADMIN7);',
  },
  { path: "src/A.cs", text: "sheet.Unprotect(); sheet.Unprotect(word7x);" },
  { path: "tests/a.js", text: 'jwt.sign({ id }, "481519"); get(url, auth=("ops", "4819"))' },
];
