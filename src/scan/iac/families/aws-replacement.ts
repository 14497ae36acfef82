/** Terraform resources that others depend on at every moment: a replacement has to be there before the old one goes. */
import { value } from "../condition.ts";
import type { Policy } from "../policy.ts";
import { tfResource } from "./examples.ts";

interface Replaced {
  readonly id: `iac/${string}`;
  readonly aliases: readonly string[];
  /** With a capital letter: "Certificate". Completed by "is deleted before its replacement exists". */
  readonly what: string;
  readonly type: string;
  /** Completes "While it is replaced, ...". */
  readonly meanwhile: string;
  readonly lines: readonly string[];
}

/** The policy that `create_before_destroy` is set. */
export function deletedBeforeReplaced({ id, aliases, what, type, meanwhile, lines }: Replaced): Policy {
  return {
    id,
    aliases,
    title: `${what} is deleted before its replacement exists`,
    severity: "low",
    controls: "availability",
    why: `While it is replaced, ${meanwhile}.`,
    fix: "Add `lifecycle { create_before_destroy = true }`.",
    links: ["https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle"],
    on: { [`tf:${type}`]: value("lifecycle.create_before_destroy").is(true) },
    examples: {
      bad: [tfResource(type, ...lines)],
      good: [tfResource(type, ...lines, "lifecycle {\n  create_before_destroy = true\n}")],
    },
  };
}
