/** Checks a document against the official schema of CycloneDX 1.6, which the library of that project carries. */
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

const library = import.meta.resolve("@cyclonedx/cyclonedx-library/package.json");

function schema(name: string): object {
  const file = new URL(`res/schema/${name}.SNAPSHOT.schema.json`, library);
  return JSON.parse(readFileSync(file, "utf8")) as object;
}

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addFormat("idn-email", true);
// No implementation holds; whatever no address may contain is enough here.
ajv.addFormat("iri-reference", /^[^\s\p{Cc}<>"{}|\\^`]*$/u);
for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) {
  ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
}
const validate = ajv.compile(schema("bom-1.6"));

/** What is wrong with it; empty if it is valid. */
export function cyclonedxMistakes(document: unknown): readonly string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ""}`);
}
