/** ARM and Bicep: secrets in what a template takes and gives out. */
import { all, type Condition, check, nodeAt, not, value, when } from "../../condition.ts";
import { isSecretName, isWrittenSecret } from "../../families/secret-names.ts";
import { bicep, type Policy } from "../../policy.ts";
import { failAt, passAt } from "../../verdict.ts";

const links = ["https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices"];
const isSecure = value("type").oneOf("secureString", "secureObject");
const isNamedSecret = value("name").satisfies((name) => isSecretName(String(name)), "the name of a secret");
const notWritten = value("value").satisfies((written) => !isWrittenSecret(String(written)), "no secret");

/** Keys that a function reads when the template is deployed: `listKeys()`, `listCredentials()`. */
const notListed: Condition = check((_, node) => {
  const given = nodeAt(node, "value");
  if (given?.is !== "unknown") return passAt(given?.at ?? node.at);
  const [listing] = /\blist[A-Z]\w*/.exec(`${given.text ?? ""} ${given.reason}`) ?? [];
  return listing === undefined ? passAt(given.at) : failAt(given, `it holds what ${listing} gives`);
});

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-secure-parameter-with-default",
    aliases: ["CKV_AZURE_131"],
    title: "Secure parameter has its secret as default",
    severity: "high",
    controls: "secret-handling",
    why: "Everybody who reads the template has the secret, and it is used wherever nobody gives another one.",
    fix: "Remove the default and pass the value from Key Vault; change the secret: it is known.",
    links,
    on: { "arm:parameter": when(isSecure, value("defaultValue").absent(), "none") },
    examples: {
      bad: [bicep("@secure()\nparam password string = 'not-so-secret'\n")],
      good: [bicep("@secure()\nparam password string\n"), bicep("@secure()\nparam password string = ''\n")],
    },
  },
  {
    id: "iac/azure-secret-parameter-not-secure",
    aliases: [],
    title: "Parameter with the name of a secret is not marked secure",
    severity: "medium",
    controls: "secret-handling",
    why: "Its value is kept in clear in the history of deployments, where everybody who may read the resource group finds it.",
    fix: "Add the decorator `@secure()` (JSON: the type `securestring`).",
    links,
    on: { "arm:parameter": when(isNamedSecret, value("type").not("string"), "none") },
    examples: {
      bad: [bicep("param adminPassword string\n")],
      good: [bicep("@secure()\nparam adminPassword string\n")],
    },
  },
  {
    id: "iac/azure-output-with-secret",
    aliases: [],
    title: "Template gives out a secret",
    severity: "medium",
    controls: "secret-handling",
    why: "Outputs are kept in clear in the history of deployments, where everybody who may read the resource group finds them.",
    fix: "Remove the output, or mark it `@secure()`; let whoever needs the secret read it from Key Vault or list the keys itself.",
    links,
    on: { "arm:output": when(not(isSecure), all(notListed, when(isNamedSecret, notWritten)), "none") },
    examples: {
      bad: [
        bicep("output adminPassword string = 'not-so-secret'\n"),
        bicep("output key string = listKeys('/subscriptions/x/storageAccounts/y', '2023-01-01').keys[0].value\n"),
      ],
      good: [bicep("output address string = 'shop.example'\n")],
    },
  },
];
