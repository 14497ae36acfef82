/** Keys, vectors and salts as bytes, and other numbers and escapes with such names. */
import type { Example } from "../rule/secret-rule.ts";
import { sample, sampleBytes } from "./example-values.ts";

/** So drawn that some of them are above 127, as of nearly all keys. */
function drawn(length: number, seed: string): readonly number[] {
  return [...sampleBytes(length, `bytes${seed}`)];
}

const inHex = (bytes: readonly number[]) => bytes.map((byte) => `0x${byte.toString(16).padStart(2, "0")}`);
/** As Python prints them: what can be read stands as it is. */
const escaped = (bytes: readonly number[]) =>
  bytes
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      return /[ -~]/.test(sign) && !/["'\\$]/.test(sign) ? sign : `\\x${byte.toString(16).padStart(2, "0")}`;
    })
    .join("");
const allEscaped = (bytes: readonly number[]) =>
  bytes.map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
const signed = (bytes: readonly number[]) => bytes.map((byte) => (byte > 127 ? byte - 256 : byte));

const keysInLists = (seed: string): readonly Example[] => [
  { path: "src/A.java", text: `private static final byte[] key = {${signed(drawn(16, seed)).join(", ")}};` },
  {
    path: "src/A.java",
    text: `byte[] aesKey = new byte[] { ${inHex(drawn(16, seed))
      .map((byte) => `(byte) ${byte}`)
      .join(", ")} };`,
  },
  { path: "src/a.c", text: `uint8_t AES_key[16] = { ${inHex(drawn(16, seed)).join(" ,")} }; /* of the shop */` },
  {
    path: "src/a.c",
    text: `static const unsigned char secret_key[KEY_SIZE] =\n{\n    ${inHex(drawn(16, seed)).join(", ")},\n    ${inHex(drawn(16, `${seed}b`)).join(", ")},\n};\n`,
  },
  { path: "src/a.c", text: `// AES\nuint8_t iv[] = {\n  ${inHex(drawn(16, seed)).join(",\n  ")}\n};\n` },
  {
    path: "src/A.cs",
    text: `static readonly byte[] Salt = new byte[] { ${drawn(12, seed).join(", ")} };\nvar key = new Rfc2898DeriveBytes(given, Salt);`,
  },
  { path: "src/a.go", text: `var encryptionKey = []byte{${inHex(drawn(32, seed)).join(", ")}}` },
  { path: "src/a.rs", text: `const SECRET_KEY: [u8; 32] = [\n    ${drawn(32, seed).join(", ")},\n];\n` },
  { path: "src/a.py", text: `cipher_key = bytes([${drawn(16, seed).join(", ")}])\n` },
  { path: "src/a.js", text: `const secretKey = Uint8Array.from([${drawn(32, seed).join(", ")}]);` },
  { path: "src/a.js", text: `const walletSecret = [\n  // of the shop\n  ${drawn(64, seed).join(",")},\n];\n` },
  {
    path: "src/a.c",
    text: `const byte aes_key[] = {${inHex([...Buffer.from(`shop!${sample("letters", 11, seed)}`)]).join(", ")}};`,
  },
  { path: "src/a.kt", text: `val aesKey = byteArrayOf(${signed(drawn(16, seed)).join(", ")})` },
];

/** Published, in order, few and small, of tables, of tests, or of what nobody encrypts with. */
const noKeysInLists = (seed: string): readonly Example[] => [
  {
    path: "src/a.c",
    text: `uint8_t aes_key[16] = { ${inHex(Array.from({ length: 16 }, (_, index) => index)).join(", ")} };`,
  },
  {
    path: "src/a.c",
    text: `uint8_t aes_key[16] = { ${inHex(Array.from({ length: 16 }, (_, index) => 255 - index * 3)).join(", ")} };`,
  },
  { path: "src/a.c", text: "uint8_t aes_key[16] = { 0 };\nuint8_t iv[16] = { 0x00, 0x00, 0x00, 0x00 }; // aes\n" },
  {
    path: "src/a.c",
    text: `// AES\nuint8_t key[] = { ${inHex([...Buffer.from("2b7e151628aed2a6abf7158809cf4f3c", "hex")]).join(", ")} };`,
  },
  { path: "src/A.java", text: `byte[] SALT = { ${signed([...Buffer.from("a99bc8325635e303", "hex")]).join(", ")} };` },
  {
    path: "src/a.c",
    text: `uint8_t aes_key[16] = { ${inHex(drawn(16, seed)).join(", ")} };\nuint8_t plaintext[16] = { ${inHex(drawn(16, `${seed}p`)).join(", ")} };\n`,
  },
  {
    path: "src/a_test.go",
    text: `func TestSeal(t *testing.T) {\n\taesKey := []byte{${inHex(drawn(16, seed)).join(", ")}}\n`,
  },
  {
    path: "src/A.cs",
    text: "byte[] IV = { 0x12, 0x34, 0x56, 0x78, 0x90, 0xab, 0xcd, 0xef }; new DESCryptoServiceProvider();",
  },
  { path: "src/A.cs", text: "byte[] key = { 23, 82, 107, 6, 35, 78, 88, 7 }; // of VNC, which everybody knows: DES\n" },
  { path: "src/A.java", text: `private static final byte[] xorKey = { ${signed(drawn(8, seed)).join(", ")} };` },
  { path: "src/a.rs", text: `const DOMAIN_SALT: [u8; 32] = [${drawn(32, seed).join(", ")}];` },
  { path: "src/A.java", text: `byte[] publicKey = { ${signed(drawn(32, seed)).join(", ")} };` },
  { path: "src/A.java", text: `byte[] rowKey = { ${signed(drawn(16, seed)).join(", ")} };` },
  { path: "src/a.c", text: `const uint8_t aes_sbox[16] = { ${inHex(drawn(16, seed)).join(", ")} };` },
  { path: "src/a.c", text: `// aes\nstatic const uint8_t div[16] = { ${inHex(drawn(16, seed)).join(", ")} };` },
  { path: "src/a.js", text: `const key = [${drawn(16, seed).join(", ")}]; palette.set(key);` },
  { path: "src/a.js", text: "const secretKey = [38, 38, 40, 40, 37, 39, 37, 39]; // the arrows of a game\n" },
  {
    path: "src/a.py",
    text: "key = [60, 62, 64, 65, 67, 69, 71, 72]\nprivate_key = [101, 202, 303, 404, 505, 606, 707, 808]\n",
  },
  { path: "src/a.c", text: `uint8_t aes_key[16] = { ${inHex([...Buffer.from("ThisIsASecretKey")]).join(", ")} };` },
  { path: "src/a.c", text: `uint8_t aes_key[16] = { ${inHex(drawn(15, seed)).join(", ")}, next_byte() };` },
  { path: "src/a.ts", text: `interface Ring { key: number[]; iv: Uint8Array; secret: [number, number] }` },
];

const inOctal = (bytes: readonly number[]) => bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");

const keysInTexts = (seed: string): readonly Example[] => [
  { path: "src/a.py", text: `key = b'${escaped(drawn(32, seed))}'\n` },
  { path: "src/a.py", text: `cipher = AES.new(b"${escaped(drawn(16, seed))}", AES.MODE_CBC, iv)\n` },
  { path: "src/a.py", text: `cipher = DES.new("${allEscaped(drawn(8, seed))}")\n` },
  { path: "src/a.py", text: `iv=b'${escaped(drawn(16, seed))}'\ncipher = AES.new(key, AES.MODE_CBC, iv)\n` },
  {
    path: "src/a.py",
    text: `SALT = b'${escaped(drawn(16, seed))}'\nkdf = PBKDF2HMAC(hashes.SHA256(), 32, SALT, 100000)\n`,
  },
  { path: "src/a.py", text: `conf = {'key': b'${escaped(drawn(24, seed))}'}\n` },
  { path: "src/a.py", text: `key = '${allEscaped(drawn(8, seed))}'\ncipher = DES.new(key)\n` },
  {
    path: "src/a.c",
    text: `const char aes_key[] = "${allEscaped(drawn(8, seed))}"\n  "${allEscaped(drawn(8, `${seed}b`))}";\n`,
  },
  {
    path: "src/a.pl",
    text: `my $secret = "${allEscaped(drawn(16, seed))}"\n\t. "${allEscaped(drawn(16, `${seed}b`))}";\n`,
  },
  {
    path: "src/a.php",
    text: `$key = "${inOctal(drawn(16, seed))}";\n$c = openssl_encrypt($data, 'aes-128-cbc', $key);`,
  },
  { path: "src/a.go", text: `cipherKey := []byte("${allEscaped(drawn(16, seed))}") // AES-128\n` },
  {
    path: "src/a.js",
    text: `const aesKey = '${drawn(16, seed)
      .map((byte) => `\\x${byte.toString(16).padStart(2, "0").toUpperCase()}`)
      .join("")}';`,
  },
];

/** In order, beside what comes out of it, of something else, letters, colours, and too long. */
const noKeysInTexts = (seed: string): readonly Example[] => [
  { path: "src/a.py", text: `key = b'${allEscaped(Array.from({ length: 16 }, (_, index) => index))}' # aes\n` },
  { path: "src/a.py", text: `KEY = b'${allEscaped(drawn(16, seed))}'\nplaintext = b'of the shop'\n` },
  { path: "src/a.py", text: `state = b'${allEscaped(drawn(16, seed))}'\ncolor="${allEscaped(drawn(16, seed))}"\n` },
  {
    path: "src/a.lua",
    text: String.raw`{ key = "\xe2\x86\x91\xe2\x86\x93\xe2\x86\x90\xe2\x86\x92\xe2\x86\x95\x20", hint = "aes" }`,
  },
  { path: "src/a.php", text: String.raw`$key = "\x00CODE\x01\x02\x03" . count($parts) . "\x00"; // cipher` },
  {
    path: "src/a.c",
    text: String.raw`keyname = "\101\102\103\104\105"; token = "\033[31m\033[1m\033[4m\033[0m"; // aes`,
  },
  { path: "src/a.sh", text: String.raw`KEY="\x1b[31m\x1b[1m\x1b[4m\x1b[0m"; encrypt=1` },
  {
    path: "src/a.py",
    text: `h = Shop.new(b'${allEscaped(drawn(16, seed))}', 7)\npub_key=b'${allEscaped(drawn(32, seed))}'\n`,
  },
  { path: "src/a.py", text: `key = b'${allEscaped(drawn(80, seed))}' # aes\n` },
];

export function keysAsBytes(seed: string): readonly Example[] {
  return [...keysInLists(seed), ...keysInTexts(seed)];
}

export function noKeysAsBytes(seed: string): readonly Example[] {
  return [...noKeysInLists(seed), ...noKeysInTexts(seed)];
}
