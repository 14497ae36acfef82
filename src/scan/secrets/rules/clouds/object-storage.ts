/** Storage that is rented by itself: Qiniu, Backblaze, Wasabi. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some } from "../../rule-makers/provider-rule.ts";

const why = "It controls the account's machines, storage, networks and bills.";
const fix =
  "Delete the key in the provider's console, look in its audit log for what it did, and make one with the least rights.";
const high = { why, fix, severity: "high" } as const;

export const rules: readonly SecretRule[] = [
  namedRule({
    ...high,
    id: "secrets/qiniu-key",
    title: "Qiniu access or secret key",
    provider: "Qiniu",
    links: ["https://developer.qiniu.com/kodo/3978/the-use-of-zone"],
    words: ["qiniu"],
    token: [some("base64Url", 40)],
    called: "qiniu secret key",
    mixed: true,
    value: (seed) => sample("base62", 40, seed),
  }),
  namedRule({
    ...high,
    id: "secrets/backblaze-key",
    title: "Backblaze B2 application key",
    provider: "Backblaze",
    why: "It reads and writes the buckets that it was made for.",
    links: ["https://www.backblaze.com/docs/cloud-storage-application-keys"],
    words: ["backblaze", "b2"],
    token: ["K00", some("base64", 28)],
    called: "backblaze application key",
    value: (seed) => `K00${sample("base62", 28, seed)}`,
  }),
  namedRule({
    ...high,
    id: "secrets/wasabi-key",
    title: "Wasabi secret key",
    provider: "Wasabi",
    why: "It reads and writes the buckets that its owner may use.",
    links: ["https://docs.wasabi.com/docs/creating-a-new-access-key"],
    words: ["wasabi"],
    token: [some("base62", 40)],
    called: "wasabi secret key",
  }),
];
