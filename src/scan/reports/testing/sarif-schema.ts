/**
 * The parts of SARIF 2.1.0 that our reports use, written by hand after the OASIS standard (sections 3.13 to 3.58).
 * Unlike the official schema (fixtures/) it admits no other properties, so a typo is found.
 */
const text = { type: "string" } as const;
const whole = (minimum: number) => ({ type: "integer", minimum }) as const;
const listOf = (items: object, more: object = {}) => ({ type: "array", items, ...more }) as const;

function object(properties: Readonly<Record<string, object>>, required: readonly string[] = []) {
  return { type: "object", additionalProperties: false, properties, required } as const;
}

const message = object({ text }, ["text"]);
const multiformat = object({ text, markdown: text }, ["text"]);
const level = { enum: ["none", "note", "warning", "error"] } as const;
const bag = { type: "object", properties: { tags: listOf(text, { uniqueItems: true }) } } as const;
const relativeUri = { type: "string", pattern: '^[^\\s\\\\<>"{}|^`]+$' } as const;
const artifactLocation = object({ uri: relativeUri, uriBaseId: text }, ["uri"]);
const region = object(
  {
    startLine: whole(1),
    startColumn: whole(1),
    endLine: whole(1),
    endColumn: whole(1),
  },
  ["startLine"],
);
const location = object({
  physicalLocation: object({ artifactLocation, region }, ["artifactLocation"]),
  logicalLocations: listOf(object({ name: text, fullyQualifiedName: text })),
});
const replacement = object({ deletedRegion: region, insertedContent: object({ text }) }, ["deletedRegion"]);
const fix = object(
  {
    description: message,
    artifactChanges: listOf(
      object({ artifactLocation, replacements: listOf(replacement, { minItems: 1 }) }, [
        "artifactLocation",
        "replacements",
      ]),
      { minItems: 1 },
    ),
  },
  ["artifactChanges"],
);
const descriptor = object(
  {
    id: text,
    name: text,
    shortDescription: multiformat,
    fullDescription: multiformat,
    help: multiformat,
    helpUri: { type: "string", pattern: "^https://" },
    defaultConfiguration: object({ level }),
    properties: bag,
  },
  ["id"],
);
const result = object(
  {
    ruleId: text,
    ruleIndex: whole(-1),
    level,
    message,
    locations: listOf(location),
    partialFingerprints: { type: "object", additionalProperties: text },
    fixes: listOf(fix),
    suppressions: listOf(object({ kind: { enum: ["inSource", "external"] }, justification: text }, ["kind"])),
    properties: bag,
  },
  ["message"],
);
const notification = object({ level, descriptor: object({ id: text }), message, locations: listOf(location) }, [
  "message",
]);

export const sarifSchema = object(
  {
    $schema: text,
    version: { const: "2.1.0" },
    runs: listOf(
      object(
        {
          tool: object(
            {
              driver: object(
                { name: text, version: text, semanticVersion: text, rules: listOf(descriptor, { uniqueItems: true }) },
                ["name"],
              ),
            },
            ["driver"],
          ),
          automationDetails: object({ id: text }, ["id"]),
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          originalUriBaseIds: {
            type: "object",
            additionalProperties: object({ uri: text, description: message }),
          },
          invocations: listOf(
            object({ executionSuccessful: { type: "boolean" }, toolExecutionNotifications: listOf(notification) }, [
              "executionSuccessful",
            ]),
          ),
          results: listOf(result),
        },
        ["tool"],
      ),
    ),
  },
  ["version", "runs"],
);
