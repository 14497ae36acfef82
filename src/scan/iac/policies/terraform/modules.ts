/** Terraform modules from elsewhere: what is fetched must be what was reviewed. */
import { textOf } from "../../../formats/node.ts";
import { type Condition, check, nodeAt } from "../../condition.ts";
import { type Policy, tf } from "../../policy.ts";
import { failAt, notApplicable, passAt, unknownAt } from "../../verdict.ts";

/** `pins` sees the revision that the source asks for, and the version of a module from a registry. */
function pinned(why: string, pins: (revision: string | undefined, version: string | undefined) => boolean): Condition {
  return check(({ body }) => {
    const source = nodeAt(body, "source");
    if (!source) return notApplicable;
    const text = textOf(source);
    if (text === undefined) return unknownAt(source.at, "the source is not known");
    if (/^(?:\.{1,2}(?:\/|$)|\/)/.test(text)) return notApplicable;
    const revision = /[?&]ref=([^&]+)/.exec(text)?.[1];
    const version = nodeAt(body, "version");
    const isPinned = pins(revision, version?.is === "scalar" ? String(version.value) : undefined);
    return isPinned ? passAt(source.at) : failAt(source, `${text} ${why}`);
  });
}

export const policies: readonly Policy[] = [
  {
    id: "iac/terraform-module-without-commit-hash",
    aliases: ["CKV_TF_1"],
    title: "Terraform module is not pinned to a commit",
    severity: "low",
    controls: "supply-chain",
    why: "Tags and versions can be moved; whoever controls the module's repository can change what the next run applies.",
    fix: "Use a git source with the full commit hash: `?ref=<40 hex digits>`.",
    links: ["https://developer.hashicorp.com/terraform/language/modules/sources#selecting-a-revision"],
    on: {
      "tf:module": pinned(
        "names no commit hash",
        (revision) => revision !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(revision),
      ),
    },
    examples: {
      bad: [tf('module "network" {\n  source = "git::https://git.example/network.git?ref=v1.2.0"\n}\n')],
      good: [
        tf(`module "network" {\n  source = "git::https://git.example/network.git?ref=${"0123456789".repeat(4)}"\n}\n`),
      ],
    },
  },
  {
    id: "iac/terraform-module-without-version",
    aliases: ["CKV_TF_2"],
    title: "Terraform module has no fixed version",
    severity: "medium",
    controls: "supply-chain",
    why: "Every run may fetch other code than the one that was reviewed, and applies it with the pipeline's rights.",
    fix: "Give a `version`, or a tag or commit hash as `?ref=` of a git source; branch names move with every push.",
    links: ["https://developer.hashicorp.com/terraform/language/modules/sources"],
    on: {
      "tf:module": pinned(
        "follows whatever is newest",
        (revision, version) => version !== undefined || (revision !== undefined && isTagOrHash(revision)),
      ),
    },
    examples: {
      bad: [tf('module "network" {\n  source = "git::https://git.example/network.git?ref=main"\n}\n')],
      good: [
        tf('module "network" {\n  source = "git::https://git.example/network.git?ref=v1.2.0"\n}\n'),
        tf('module "network" {\n  source  = "acme/network/azurerm"\n  version = "1.2.0"\n}\n'),
      ],
    },
  },
];

/** Tags are told from branches by their digits: `v1.2.0`, `release-1.4`, `2024-05-01`. */
function isTagOrHash(revision: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(revision) || /\d+\.\d+/.test(revision) || /^v?\d/.test(revision);
}
