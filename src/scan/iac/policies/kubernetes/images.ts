/** Which image a container really runs: fixed by tag or digest, and fetched anew. */
import { itemsOf } from "../../../formats/node.ts";
import { type Condition, nodeAt } from "../../condition.ts";
import { podManifest, terraformPod } from "../../languages/kubernetes/example-manifests.ts";
import { onKinds } from "../../languages/kubernetes/on-kinds.ts";
import { eachContainer } from "../../languages/kubernetes/pod.ts";
import type { Policy } from "../../policy.ts";
import { failAt, notApplicable, passAt, unknownAt, type Verdict } from "../../verdict.ts";

const links = ["https://kubernetes.io/docs/concepts/containers/images/"];

interface Image {
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** `registry:5000/team/app:1.2@sha256:...` */
function imageOf(text: string): Image {
  const [name = "", digest] = text.split("@", 2);
  const last = name.slice(name.lastIndexOf("/") + 1);
  const colon = last.indexOf(":");
  const tag = colon < 0 ? "" : last.slice(colon + 1);
  return { tag: tag === "" ? undefined : tag, digest };
}

/** What a container without an image would run is not said there. */
function eachImage(
  judge: (image: Image, at: Parameters<typeof passAt>[0], policy: string | undefined) => Verdict,
): Condition {
  return eachContainer((container) => {
    const [image] = itemsOf(nodeAt(container, "image"));
    if (image?.is === "unknown") return unknownAt(image.at, image.reason);
    if (image?.is !== "scalar" || image.value === null || image.value === "") return notApplicable;
    const pull = nodeAt(container, "imagePullPolicy");
    if (pull?.is === "unknown") return unknownAt(pull.at, pull.reason);
    return judge(imageOf(String(image.value)), image.at, pull?.is === "scalar" ? String(pull.value) : undefined);
  });
}

export const policies: readonly Policy[] = [
  {
    id: "iac/kubernetes-image-tag-not-fixed",
    aliases: ["CKV_K8S_14", "AVD-KSV-0013"],
    title: "Image is used by the tag latest or by none",
    severity: "low",
    controls: "supply-chain",
    why: "Nobody can say which version runs, roll back to it, or keep a changed image from being deployed with the next restart.",
    fix: "Name a version as tag, or better a digest.",
    links,
    on: onKinds(
      ["workload"],
      eachImage(({ tag, digest }, at) =>
        digest !== undefined || (tag !== undefined && tag !== "latest")
          ? passAt(at)
          : failAt(at, tag === undefined ? "the image has no tag" : "the tag of the image is latest"),
      ),
    ),
    examples: {
      bad: [podManifest(["image: shop/web"]), terraformPod(['image = "shop/web:latest"'])],
      good: [podManifest(["image: registry.example:5000/shop/web:1.4.2"]), terraformPod()],
    },
  },
  {
    id: "iac/kubernetes-image-not-always-pulled",
    aliases: ["CKV_K8S_15"],
    title: "Node may run an old copy of the image",
    severity: "low",
    controls: "supply-chain",
    why: "A copy on the node is used without asking the registry: an outdated one, or one that the pod has no permission to fetch.",
    fix: "Set imagePullPolicy to Always, or name the image by its digest.",
    links,
    on: onKinds(
      ["workload"],
      eachImage(({ tag, digest }, at, pull) => {
        // Kubernetes itself takes Always where neither a policy nor a version is given.
        const isAlways = pull === "Always" || (pull === undefined && (tag === undefined || tag === "latest"));
        if (isAlways || digest !== undefined) return passAt(at);
        return failAt(at, `imagePullPolicy is ${pull ?? "IfNotPresent by default"}, expected Always`);
      }),
    ),
    examples: {
      bad: [podManifest(), podManifest(["imagePullPolicy: IfNotPresent"])],
      good: [
        podManifest(["imagePullPolicy: Always"]),
        podManifest([`image: shop/web@sha256:${"0".repeat(64)}`]),
        terraformPod(['image_pull_policy = "Always"']),
      ],
    },
  },
  {
    id: "iac/kubernetes-image-without-digest",
    aliases: ["CKV_K8S_43"],
    title: "Image is not named by its digest",
    severity: "low",
    controls: "supply-chain",
    why: "A tag can be moved to another image by whoever may push, or has taken over, the repository. A digest cannot.",
    fix: "Append the digest: image: shop/web:1.4.2@sha256:...",
    links,
    on: onKinds(
      ["workload"],
      eachImage(({ digest }, at) => (digest === undefined ? failAt(at, "the image has no digest") : passAt(at))),
    ),
    examples: {
      bad: [podManifest(["image: shop/web:1.4.2"]), terraformPod()],
      good: [podManifest([`image: shop/web:1.4.2@sha256:${"0".repeat(64)}`])],
    },
  },
];
