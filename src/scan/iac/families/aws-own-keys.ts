/** Encryption with a key of one's own: most services of AWS take it by one setting that names the key. */
import { textOf } from "../../formats/node.ts";
import { type Condition, nodesAt, value } from "../condition.ts";
import type { Path } from "../locate.ts";
import type { Example, Policy, ResourceKey } from "../policy.ts";
import { failAt } from "../verdict.ts";
import { cfnResource, cfnSetting } from "./aws-examples.ts";
import { tfResource, tfSetting } from "./examples.ts";

interface Encrypted {
  readonly id: `iac/${string}`;
  readonly aliases: readonly string[];
  /** With a capital letter: "Backup vault". Completed by "is encrypted with a key of AWS only". */
  readonly what: string;
  /** By type, the path of the key: `Properties.` begins those of CloudFormation. */
  readonly keys: Readonly<Partial<Record<ResourceKey, string>>>;
  readonly link: string;
  /** Lines that the examples of Terraform need beside the key. */
  readonly lines?: readonly string[];
}

/** A key is named, and it is not the one that AWS keeps for the whole account. */
export function namesOwnKey(path: Path): Condition {
  const isNamed = value(path).exists();
  return (node, resource) => {
    const verdict = isNamed(node, resource);
    if (verdict.is !== "pass") return verdict;
    const ofAws = nodesAt(node, path).find((key) => /(?:^|:)alias\/aws\//.test(textOf(key) ?? ""));
    return ofAws ? failAt(ofAws, `${textOf(ofAws)} is a key of AWS`) : verdict;
  };
}

/** The policy that a resource names a key of AWS KMS. */
export function withoutOwnKey({ id, aliases, what, keys, link, lines = [] }: Encrypted): Policy {
  const pairs = Object.entries(keys) as [ResourceKey, string][];
  const [first = ""] = pairs.map(([, path]) => path);
  return {
    id,
    aliases,
    title: `${what} is encrypted with a key of AWS only`,
    severity: "low",
    controls: "customer-managed-keys",
    why: "Nobody can limit who decrypts, see each use or withdraw the key: the key of AWS has no policy and no switch of your own.",
    fix: `Create a key in AWS KMS with a policy of its own and rotation, and name it in \`${first.replace(/^Properties\./, "")}\`.`,
    links: [link],
    on: Object.fromEntries(pairs.map(([key, path]) => [key, namesOwnKey(path)])),
    examples: {
      bad: pairs.map(([key]) => example(key, lines)),
      good: pairs.map(([key, path]) => example(key, lines, path)),
    },
  };
}

function example(key: ResourceKey, lines: readonly string[], path?: string): Example {
  const type = key.replace(/^\w+:/, "");
  if (!key.startsWith("cfn:"))
    return tfResource(type, ...lines, ...(path ? [tfSetting(path, "aws_kms_key.data.arn")] : []));
  const name = path?.replace(/^Properties\./, "");
  return cfnResource(type, ...(name ? [cfnSetting(name, '"arn:aws:kms:eu-west-1:111122223333:key/data"')] : []));
}
