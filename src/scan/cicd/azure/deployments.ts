/** Whether a step changes something that is live, and by what. */
import { textAt, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import { commandLines } from "./commands.ts";
import type { Step } from "./pipeline.ts";

const commands: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:terraform|tofu|terragrunt)\b(?:\s+-\S+){0,6}\s+(?:run-all\s+)?(?:apply|destroy)\b/i,
    "infrastructure is applied",
  ],
  [
    /\bpulumi\s+(?:up|destroy)\b|\bcdk\s+(?:deploy|destroy)\b|\bserverless\s+deploy\b|\bsls\s+deploy\b|\bsam\s+deploy\b/i,
    "infrastructure is applied",
  ],
  [
    /\bkubectl\b(?:\s+-\S+(?:\s+[\w.-]+)?){0,6}\s+(?:apply|create|replace|delete|set\s+image|rollout|patch|scale)\b(?![^\n]*--dry-run)/i,
    "a cluster is changed",
  ],
  [
    /\b(?:helm|helmfile)\b(?:\s+-\S+){0,6}\s+(?:upgrade|install|uninstall|rollback|apply|sync)\b(?![^\n]*--dry-run)/i,
    "a cluster is changed",
  ],
  [
    /\baz\s+(?:webapp|functionapp|staticwebapp|containerapp|aks|container|spring|ml|logicapp|apim|sql|storage\s+blob)\s+(?:[\w-]+\s+){0,3}(?:deploy|up|create|update|upload-batch|sync|upload|import|restart)\b/i,
    "a service is changed",
  ],
  [
    /\baz\s+deployment\s+(?:group|sub|mg|tenant)\s+create\b|\baz\s+stack\s+\S+\s+create\b|\bNew-Az\w*(?:Deployment|Stack)\b/i,
    "infrastructure is applied",
  ],
  [
    /\baws\s+(?:cloudformation\s+(?:deploy|create-stack|update-stack)|ecs\s+update-service|lambda\s+update-function-code|s3\s+(?:sync|cp)\b[^\n]*\ss3:\/\/|elasticbeanstalk\s+update-environment|deploy\s+create-deployment)/i,
    "a service is changed",
  ],
  [
    /\bgcloud\s+(?:[\w-]+\s+){0,4}deploy\b|\bfirebase\s+deploy\b|\bfly\s+deploy\b|\bnetlify\s+deploy\b|\bvercel\b[^\n]*--prod|\bwrangler\s+(?:deploy|publish)\b|\bazd\s+(?:up|deploy|provision)\b|\bfunc\s+azure\s+functionapp\s+publish\b|\bcf\s+push\b|\bheroku\s+(?:container:release|deploy)/i,
    "a service is changed",
  ],
  [/\bansible-playbook\b(?![^\n]*--check)/i, "machines are changed"],
  [/(?:^|[\s;&|])(?:\.\/|\S*\/)deploy(?:[_-][\w-]+)?\.(?:sh|ps1)\b/i, "a script deploys"],
];
const tasks =
  /^(?:azurewebapp|azurewebappcontainer|azurermwebappdeployment|azurefunctionapp|azurefunctionappcontainer|azurestaticwebapp|azurespringcloud|azurecontainerapps|azureresourcemanagertemplatedeployment|azureresourcegroupdeployment|azurecli|azurepowershell|azurefilecopy|azuremysqldeployment|sqlazuredacpacdeployment|sqldacpacdeploymentonmachinegroup|azurevmssdeployment|azurecloudpowershelldeployment|azureappserviceMmanage|azureappservicemanage|servicefabricdeploy|iiswebappdeploymentonmachinegroup|iiswebappmanagementonmachinegroup|awscli|awsshellscript|awspowershellmodulescript|cloudformationcreateorupdatestack|beanstalkdeploy|ecsdeploy|lambdadeployfunction|s3upload|azurekeyvault-deploy|terraformtask|terraformtaskv\d|terraformcli|packer)$/i;
const onlyIf: Readonly<Record<string, { readonly key: string; readonly commands: RegExp }>> = {
  kubernetes: { key: "command", commands: /^(?:apply|create|delete|set|replace|patch|rollout|scale)$/i },
  kubernetesmanifest: { key: "action", commands: /^(?:deploy|promote|patch|scale|delete)?$/i },
  helmdeploy: { key: "command", commands: /^(?:upgrade|install|delete|rollback|uninstall)$/i },
};
const terraform = /^terraform/i;

export function deploysIn(step: Step): string | undefined {
  const name = step.task?.name.toLowerCase() ?? "";
  const inputs = valueAt(step.node, "inputs");
  const limited = onlyIf[name];
  if (limited)
    return limited.commands.test(textAt(inputs, limited.key) ?? "deploy") ? "a cluster is changed" : undefined;
  if (terraform.test(name))
    return /^(?:apply|destroy)$/i.test(textAt(inputs, "command") ?? "") ? "infrastructure is applied" : undefined;
  if (tasks.test(name)) return `${step.task?.name} uses a connection`;
  for (const script of step.scripts) {
    for (const { text } of commandLines(script)) {
      const found = commands.find(([pattern]) => pattern.test(text));
      if (found) return found[1];
    }
  }
  return undefined;
}
