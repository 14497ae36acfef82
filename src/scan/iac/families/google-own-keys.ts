/** Encryption with a key of one's own: most services of Google Cloud take it by one setting that names a key of Cloud KMS. */
import { value } from "../condition.ts";
import type { Policy } from "../policy.ts";
import { tfSetting } from "./aws-examples.ts";
import { tfResource } from "./examples.ts";

interface Encrypted {
  readonly id: `iac/${string}`;
  readonly aliases: readonly string[];
  /** With a capital letter: "BigQuery table". Completed by "is encrypted with a key of Google only". */
  readonly what: string;
  readonly type: string;
  /** Where the key is named. */
  readonly key: string;
  readonly link: string;
  /** Lines that the examples need beside the key. */
  readonly lines?: readonly string[];
}

/** The policy that a resource names a key of Cloud KMS. */
export function withoutOwnGoogleKey({ id, aliases, what, type, key, link, lines = [] }: Encrypted): Policy {
  return {
    id,
    aliases,
    title: `${what} is encrypted with a key of Google only`,
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts, see each use or withdraw the key: the key of Google has no switch of your own.",
    fix: `Create a key in Cloud KMS with rotation, allow the service agent to use it, and name it in \`${key}\`.`,
    links: [link],
    on: { [`tf:${type}`]: value(key).exists() },
    examples: {
      bad: [tfResource(type, ...lines)],
      good: [tfResource(type, ...lines, tfSetting(key, "google_kms_crypto_key.data.id"))],
    },
  };
}
