/**
 * CloudFormation templates in YAML and JSON, serverless (SAM) ones too. A file is one if it says so, or if it has resources
 * of AWS types. A template that another one deploys is read with what it is given there; it stands alone only where nobody does.
 */
import type { Language } from "../../language.ts";
import { linksOf, unitsOf } from "./nested-templates.ts";
import { readResources } from "./read-resources.ts";

const says = /"AWSTemplateFormatVersion"\s*:|^\ufeff?'?AWSTemplateFormatVersion'?[ \t]*:/m;
const hasResources = /"Resources"\s*:\s*\{|^\ufeff?["']?Resources["']?[ \t]*:/m;
const hasType = /["']?Type["']?\s*:\s*["']?(?:AWS|Custom|Alexa)::/;

export const cloudformation: Language = {
  name: "cloudformation",
  selects: (path) => /\.(?:ya?ml|json|template)$/i.test(path),
  recognizes: (file) => {
    const text = file.text();
    return text !== undefined && (says.test(text) || (hasResources.test(text) && hasType.test(text)));
  },
  links: linksOf,
  units: unitsOf,
  read: ({ files }) => readResources(files),
};
