/** The template that a deployment resource deploys: written inside it or in a file of the repository. */
import type { ExpressionScope } from "../../../formats/azure-template/evaluate-expression.ts";
import { isText, unknownOf } from "../../../formats/azure-template/values.ts";
import { type Block, child, type Node, textOf } from "../../../formats/node.ts";
import type { Reading, Room } from "./read-template.ts";
import { type Given, openTemplate } from "./template.ts";

interface Deployment {
  readonly raw: Block;
  readonly body: Block;
  readonly scope: ExpressionScope;
  readonly room: Room;
  readonly reading: Reading;
}

/** Undefined where the template is elsewhere; what it would deploy is then missing. */
export function deployedTemplate(deployment: Deployment): Room | undefined {
  const { raw, scope, room } = deployment;
  const properties = child(raw, "properties");
  const inline = child(properties, "template");
  if (inline?.is === "block") {
    // Expressions of such a template are computed outside of it, unless it says otherwise.
    const how = textOf(child(child(child(deployment.body, "properties"), "expressionEvaluationOptions"), "scope"));
    if (how?.toLowerCase() !== "inner") return { ...room, template: { root: inline, scope } };
    return openedWith(inline, deployment);
  }
  const root = linkedTemplate(deployment);
  if (root && [raw.at, ...room.calledFrom].some(({ file }) => file === root.at.file)) {
    deployment.reading.missing("templates that link to each other in a circle", raw.at, true);
    return undefined;
  }
  return root && openedWith(root, deployment);
}

function openedWith(root: Block, { body, scope, room }: Deployment): Room {
  const outputs: Room["outputs"] = new Map();
  const parameters = child(child(body, "properties"), "parameters");
  const template = openTemplate(root, {
    budget: scope.budget,
    target: targetOf(root),
    reference: (address) => outputs.get(address.toLowerCase())?.(),
    value: (name) => {
      const given = child(parameters, name);
      if (given) return givenValue(given);
      return parameters?.is === "unknown" || (parameters?.is === "block" && parameters.open !== undefined)
        ? unknownOf(parameters.at, parameters.is === "unknown" ? parameters.reason : (parameters.open ?? ""))
        : undefined;
    },
  });
  return { template, calledFrom: room.calledFrom, outputs };
}

/** `{ value }` or `{ reference }` as deployments and parameter files write it. */
export function givenValue(given: Node): Node | undefined {
  if (given.is === "unknown") return given;
  if (child(given, "reference")) return unknownOf(given.at, "a secret of a key vault");
  return child(given, "value");
}

function linkedTemplate({ body, raw, reading }: Deployment): Block | undefined {
  const link = child(child(body, "properties"), "templateLink");
  const relative = child(link, "relativePath");
  if (isText(relative)) {
    const root = reading.linked(relative.value, raw.at);
    if (!root) reading.missing(`the linked template ${relative.value} is not in the repository`, relative.at, true);
    return root;
  }
  const uri = child(link, "uri");
  const text = isText(uri) ? uri.value : uri?.is === "unknown" ? uri.text : undefined;
  const path = text && /([\w./ -]+\.jsonc?)(?![\w./-])/i.exec(text)?.[1];
  const root = path ? reading.linked(path, raw.at) : undefined;
  if (!root) reading.missing("a linked template that is not in the repository", link?.at ?? raw.at, false);
  return root;
}

/** Where a template is deployed, by its schema. */
export function targetOf(root: Block): Given["target"] {
  const schema = textOf(child(root, "$schema"))?.toLowerCase() ?? "";
  if (schema.includes("/subscriptiondeploymenttemplate")) return "subscription";
  if (schema.includes("/managementgroupdeploymenttemplate")) return "managementGroup";
  return schema.includes("/tenantdeploymenttemplate") ? "tenant" : "resourceGroup";
}
