/** What documents, tests, settings and code hand over in so many words: sentences, lists, bytes. */
import { keysAsBytes, noKeysAsBytes } from "../../examples/byte-examples.ts";
import { toldInCode } from "../../examples/code-examples.ts";
import { toldInDocuments } from "../../examples/document-examples.ts";
import { sample, sampleKey, samplePassword } from "../../examples/example-values.ts";
import { noCredentials } from "../../examples/no-credential-examples.ts";
import { noSessionsSent, sessionsSent } from "../../examples/session-examples.ts";
import { toldInSettings } from "../../examples/settings-examples.ts";
import type { Writings } from "../../readers/writings/writing.ts";
import { writings } from "../../readers/writings/writings.ts";
import { listBegins, listNameEnds } from "../../readers/writings/written-list.ts";
import type { Anchor, SecretRule } from "../../rule/secret-rule.ts";

/** A name of a key, the sign behind it, and how its list begins, or what makes bytes of a list or text. */
const byteListAnchors: readonly Anchor[] = [
  ...["key", "keybytes", "key_bytes", "iv", "salt", "secret"].flatMap((name) => [
    { text: `${name}[`, foldCase: true, next: "]0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
    { text: `${name} =`, foldCase: true, next: "{[(nbBuU&" },
    { text: `${name} :=`, foldCase: true, next: "[" },
    { text: `${name}:`, foldCase: true, next: "[&BUbnu" },
  ]),
  // Texts of bytes; an escape at their beginning says what they are, whatever stands before the sign.
  ...["key=b", "iv=b", "salt=b", "secret=b", "key': b", 'key": b', ".new(b"].map((text) => ({
    text,
    foldCase: true,
    next: "\"'",
  })),
  ...["= ", "=", ": ", ".new("].flatMap((sign) =>
    ["'\\", '"\\'].map((text) => ({ text: `${sign}${text}`, next: "x0123" })),
  ),
];

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

export const rules: readonly SecretRule[] = [
  {
    ...shared,
    id: "secrets/written-credential",
    title: "Password or key that a test or document hands over",
    fix: "Change it, and let the test or reader take it from the environment or a vault.",
    anchors: Array.from(writings, ([text, all]) => ({ text, foldCase: true, ...nextOf(all) })),
    shape: { is: "reader", reader: "written-credential" },
    examples: {
      bad: (seed) => [...toldInCode(seed), ...toldInSettings(seed), ...toldInDocuments(seed), ...sessionsSent(seed)],
      good: () => [...noCredentials, ...noSessionsSent("good")],
    },
  },
  {
    ...shared,
    id: "secrets/listed-credential",
    title: "Password or key in a list of settings",
    fix: "Revoke it, and let the program read the list from the environment or a vault.",
    // Recorded requests have headers with lists of one.
    anchors: [
      "keys",
      "tokens",
      "passwords",
      "secrets",
      "auth-token",
      "access-token",
      "private-token",
      "api-key",
    ].flatMap((name) => listNameEnds.map((sign) => ({ text: `${name}${sign}`, foldCase: true, next: listBegins }))),
    shape: { is: "reader", reader: "written-list" },
    examples: {
      bad: (seed) => [
        { path: "shop.yml", text: `api_keys:\n  - ${sampleKey(seed)}\n  - second-key\n` },
        { path: "shop.yml", text: `auth:\n  tokens:\r\n  - first-token\r\n  - "${sampleKey(seed)}" # ops\r\n` },
        { path: "shop.yml", text: `api_keys: # of the shop\n  - \${SHOP_KEY}\n  - ""\n  - ${sampleKey(seed)}\n` },
        { path: "shop.yml", text: `tokens:\n- name: shop\n  role: ops\n- a,b\n- "à"\n- ${sampleKey(seed)}\n` },
        { path: "shop.yml", text: `passwords:  \n  - "${samplePassword(seed)}à7"\n` },
        { path: "shop.yml", text: `keys:\n${"- ops\n".repeat(60)}- ${sampleKey(seed)}\n` },
        {
          path: "orders.yml",
          text: `    headers:\n      X-Auth-Token:\n      - ${sampleKey(seed)}\n      Accept:\n      - text\n`,
        },
        { path: "tape.yml", text: `    headers:\n      Private-Token:\n      - ${sample("base62", 20, seed)}\n` },
        { path: "shop.yml", text: `admin_passwords:\n- '${samplePassword(seed)}'\n` },
        { path: "shop.yml", text: `secrets:\n  - name: shop\n    api_keys:\n      - ${sampleKey(seed)}\n` },
        { path: "shop.yml", text: `tokens:\n  - first\n  - passwords:\n      - ${samplePassword(seed)}\n` },
        { path: "shop.yml", text: `"api_keys":\n  - ${sampleKey(seed)}\n` },
        { path: "shop.yml", text: `-   'api_keys': !!seq &keys # of the shop\n    -\n      ${sampleKey(seed)}\n` },
        { path: "shop.yml", text: `passwords:\n  - 'it''s${samplePassword(seed)}'\n` },
        { path: "shop.yml", text: `passwords:\n  - it's${samplePassword(seed)}\n` },
        { path: "shop.yml", text: `api_keys: [*first, [ops, x], {a: b, c: d}, ${sampleKey(seed)}]\n` },
        { path: "shop.yml", text: `api_keys: &keys [\n  first-key, # of the shop\n  ${sampleKey(seed)},\n]\n` },
      ],
      good: () => [
        { path: "shop.yml", text: "secrets:\n  - shop_db_password\n  - source: shop7\n" },
        { path: "shop.yml", text: `keys:\n  - name\n  - address2\n  - \${SHOP_KEY}\n` },
        { path: "shop.yml", text: "tokens:\n  - name: gT4kq0Zr8x17\n" },
        { path: "orders.yml", text: "X-Auth-Token:\n- FILTERED\nX-Api-Key:\n  - <API_KEY>\n  - '{{key7}}'\n" },
        { path: "shop.yml", text: "tokens: all\n  - gT4kq0Zr8x17\nsecrets:\nother:\n  - gT4kq0Zr8x17\n" },
        {
          path: "shop.yml",
          text: "secrets:\n  - name: shop\n    hosts:\n      - gT4kq0Zr8x17\nhosts:\n  - gT4kq0Zr8x17\n",
        },
        { path: "shop.py", text: "def tokens:\n  - gT4kq0Zr8x17\n" },
        {
          path: "shop.yml",
          text: "tokens: [{name: gT4kq0Zr8x17}, [ops, gT4kq0Zr8x17], *gT4kq0Zr8x17]\nhosts: [gT4kq0Zr8x17]\n",
        },
        { path: "shop.yml", text: "apt_keys:\n  - 0x3B4FE6ACC0B21F32\n" },
        { path: "shop.yml", text: "secrets:\n  - kv2/data/app7/db\n  - kv-prod-eu2/db-pw\n" },
        { path: "shop.yml", text: "tokens:\n  -\n    name: gT4kq0Zr8x17\n  - |\n    gT4kq0Zr8x17\n" },
      ],
    },
  },
  {
    ...shared,
    id: "secrets/byte-list",
    family: "secret",
    title: "Key of a cipher as bytes",
    fix: "Make a new key, and let the program read it from the environment or a vault.",
    anchors: byteListAnchors,
    shape: { is: "reader", reader: "byte-list" },
    examples: { bad: keysAsBytes, good: noKeysAsBytes },
  },
];

/** What comes next, if all that may stand at an anchor say the same of it. */
function nextOf(all: Writings): Pick<Anchor, "next"> {
  const [next, ...others] = new Set(all.map(([, writing]) => writing.next));
  return next === undefined || others.length > 0 ? {} : { next };
}
