/**
 * CloudFormation templates in YAML and JSON, serverless (SAM) ones too. A file is one if it says so, or if it has resources
 * of AWS types. Each stands alone: what a parent passes to a nested stack is not followed.
 */

import { type Language, type LinkedFile, unitPerFile } from "../../language.ts";
import { notText } from "../../problem-at.ts";
import type { ReadUnit } from "../../resource.ts";
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
  links: () => [],
  units: (files: readonly LinkedFile[]) => unitPerFile(files),
  read: ({ files }) => {
    const read = files.map((file): ReadUnit => {
      const text = file.text();
      return text === undefined
        ? { resources: [], problems: [notText(file.path)] }
        : readResources({ path: file.path, text });
    });
    return {
      resources: read.flatMap(({ resources }) => resources),
      problems: read.flatMap(({ problems }) => problems),
    };
  },
};
