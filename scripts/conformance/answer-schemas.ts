/** Checks answers against the official schemas, once the known differences to the wire are applied. */
import { Ajv, type ValidateFunction } from "ajv";
import { applyOverlays } from "./overlays.ts";
import type { Description, Operation } from "./read-operations.ts";

type Json = Record<string, unknown>;

export interface AnswerSchemas {
  /** What is wrong with the body; empty when it fits. */
  check(operation: Operation, body: unknown): string[];
  readonly unknownOverlays: readonly string[];
}

export function createAnswerSchemas(
  descriptions: readonly Description[],
  overlays: readonly { readonly where: string }[],
): AnswerSchemas {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/);
  ajv.addFormat("uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
  for (const format of [
    "int32",
    "int64",
    "double",
    "float",
    "byte",
    "binary",
    "uri",
    "int16",
    "decimal",
    "T",
    "Stream",
    "JObject",
    "JToken",
    "JTokenType",
    "JContainer",
    "Char",
  ])
    ajv.addFormat(format, true);
  const unknown = new Set<string>();
  for (const { area, definitions } of descriptions) {
    const changed = structuredClone(definitions) as Record<string, Json>;
    for (const where of applyOverlays(changed, overlays)) unknown.add(where);
    ajv.addSchema({ $id: area, definitions: changed });
  }
  const compiled = new Map<Operation, ValidateFunction>();
  return {
    unknownOverlays: [...unknown],
    check(operation, body) {
      let validate = compiled.get(operation);
      if (!validate) {
        validate = ajv.compile(wireSchema(operation));
        compiled.set(operation, validate);
      }
      if (validate(body)) return [];
      return (validate.errors ?? []).slice(0, 8).map((error) => {
        const allowed = error.keyword === "enum" ? ` ${JSON.stringify(error.params.allowedValues)}` : "";
        return `${error.instancePath || "/"} ${error.message}${allowed}`;
      });
    },
  };
}

/** Lists come wrapped; references point into the area's own definitions. */
function wireSchema({ area, path, schema }: Operation): Json {
  const local = JSON.parse(
    JSON.stringify(schema ?? {}).replaceAll('"#/definitions/', `"${area}#/definitions/`),
  ) as Json;
  // a batch of subjects is wrapped, too, although it is a map (recorded)
  if (local.type !== "array" && !/subjectlookup$/i.test(path)) return local;
  return {
    type: "object",
    required: ["count", "value"],
    properties: { count: { type: "number" }, value: local },
  };
}
