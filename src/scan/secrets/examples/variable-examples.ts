/** Keys and passwords in variables that only their use tells, and variables that hold something else. */
import type { Example } from "../rule/secret-rule.ts";
import { sample, sampleKey, samplePassword, sampleSum } from "./example-values.ts";

export const keysOfVariables = (seed: string): readonly Example[] => [
  { path: "src/a.py", text: `chiave = '${sample("base64Url", 43, seed)}='\nf = Fernet(chiave)\n` },
  { path: "src/a.py", text: `self.k = b"${sampleKey(seed)}"\nc = AES.new(self.k.encode(), AES.MODE_CBC)\n` },
  { path: "src/A.java", text: `String k = "${sampleKey(seed)}";\nnew SecretKeySpec(k.getBytes(), "AES");` },
  {
    path: "src/a.js",
    text: `const raw = "${sample("hexLower", 64, seed)}";\ncreateCipheriv("aes-256-cbc", Buffer.from(raw, "hex"), v);`,
  },
  {
    path: "lib/a.dart",
    text: `String key = '${sample("hexLower", 32, seed)}';\nvar more = '${"x".repeat(200)}';\nget("$base?q=$city&appid=$key");\n`,
  },
  {
    path: "src/a.js",
    text: `const api = {\n  key: "${sample("hexLower", 32, seed)}",\n  base: "x",\n};\nfetch(\`\${api.base}?q=\${q}&APPID=\${api.key}\`);`,
  },
  { path: "src/a.py", text: `shop: str = "${sampleKey(seed)}"\nget(url, params={"api_key": shop, "q": q})\n` },
  { path: "src/a.php", text: `$shop = '${sampleKey(seed)}';\nget("https://shop.contoso.net/?key=" . $shop);` },
  { path: "src/a.go", text: `k := []byte("${sampleKey(seed)}")\nblock, err := aes.NewCipher(k)\n` },
  { path: "src/A.java", text: `String p = "${samplePassword(seed)}";\nc = DriverManager.getConnection(url, user, p);` },
  { path: "src/a.php", text: `$p = '${samplePassword(seed)}';\n$c = mysqli_connect($host, $user, $p, $name);` },
];

export const noKeysOfVariables: readonly Example[] = [
  {
    path: "src/a.js",
    text: `ask({ digest: '${sampleSum}' });\nask({ name: 'api-key', digest: other });`,
  },
  { path: "src/a.py", text: `ask(sum='${sampleSum}')\nask('api-key', sum=other)\n` },
  { path: "src/a.php", text: "$p = 'gT4kq0Zr8x17';\n$p = load($p);\n$c = mysqli_connect($host, $user, $p, $name);" },
  {
    path: "src/a.js",
    text: 'const shop = "gT4kq0Zr8x17gT4kq0"; call({ apiKey: shop.name, api_key: shop(), appId: shop });',
  },
  { path: "src/a.py", text: 'k = "gT4kq0Zr8x17gT4kq0"\ndef seal(k: bytes):\n  return Fernet(k)\n' },
  {
    path: "src/A.java",
    text: `String p = "gT4kq0Zr8x17";\nDriverManager.getConnection(url, p${" ".repeat(200)}, more);`,
  },
  {
    path: "src/a.py",
    text: 'shop = "harbor_light"\nother = "gT4kq0Zr8x17"\nf = Fernet(shop)\nget(params={"api_key": shop})\n',
  },
];
