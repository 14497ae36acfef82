/** SARIF in the shapes of several tools, written by hand. */

export const ofCodeAnalysis = {
  $schema: "https://json.schemastore.org/sarif-2.1.0.json",
  version: "2.1.0",
  runs: [
    {
      tool: {
        driver: { name: "CodeQL", semanticVersion: "2.20.1", rules: [] },
        extensions: [
          {
            name: "pack/javascript",
            rules: [
              {
                id: "js/sql-injection",
                name: "js/sql-injection",
                shortDescription: { text: "Query built from user input" },
                fullDescription: { text: "A query that holds user input can be changed by it." },
                defaultConfiguration: { enabled: true, level: "error" },
                help: { text: "Use parameters." },
                properties: { tags: ["security", "external/cwe/cwe-089"], "security-severity": "8.8" },
              },
              { id: "js/unused", defaultConfiguration: { level: "note" }, properties: { tags: ["maintainability"] } },
            ],
          },
        ],
      },
      automationDetails: { id: "codeql/javascript/2026-11-26" },
      artifacts: [{ location: { uri: "src/db%20query.js", uriBaseId: "%SRCROOT%", index: 0 } }],
      originalUriBaseIds: { "%SRCROOT%": { uri: "file:///home/build/repository/" } },
      versionControlProvenance: [{ revisionId: "A".repeat(40), repositoryUri: "https://dev.azure.com/x/y/_git/z" }],
      results: [
        {
          ruleId: "js/sql-injection",
          rule: { id: "js/sql-injection", index: 0, toolComponent: { index: 0 } },
          message: { text: "This query depends on a [user-provided value](1)." },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { index: 0 },
                region: { startLine: 12, startColumn: 5, endColumn: 30 },
              },
            },
          ],
          partialFingerprints: { primaryLocationLineHash: "39fa2ee980eb94b0:1" },
          codeFlows: [{ threadFlows: [{ locations: [] }] }],
        },
        {
          rule: { index: 1, toolComponent: { index: 0 } },
          message: { text: "Unused." },
          locations: [
            { physicalLocation: { artifactLocation: { uri: "file:///home/build/repository/src/b.js" }, region: {} } },
          ],
          suppressions: [{ kind: "inSource", justification: "generated" }],
        },
      ],
    },
  ],
};

/** Results stand before the rules. */
export const ofPatterns = {
  version: "2.1.0",
  runs: [
    {
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
      results: [
        {
          fingerprints: { "matchBasedId/v1": "0ab1" },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: "app/views.py", uriBaseId: "%SRCROOT%" },
                region: { endColumn: 20, endLine: 9, snippet: { text: "  eval(x)" }, startColumn: 3, startLine: 9 },
              },
            },
          ],
          message: { id: "said", arguments: ["eval", "{x}"] },
          ruleId: "python.lang.security.eval",
        },
      ],
      tool: {
        driver: {
          name: "Semgrep OSS",
          rules: [
            {
              id: "python.lang.security.eval",
              messageStrings: { said: { text: "{0} runs {1}, {{0}} {7}" } },
              properties: { tags: ["CWE-95: Eval Injection", "security"] },
            },
          ],
        },
      },
    },
  ],
};

// oxlint-disable-next-line max-lines-per-function -- one file, as it is written
export function ofContainers(secret: string) {
  return {
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Trivy",
            version: "0.60.0",
            fullName: "Trivy Vulnerability Scanner",
            rules: [
              {
                id: "CVE-2024-0001",
                name: "LanguageSpecificPackageVulnerability",
                shortDescription: { text: "A package is broken" },
                helpUri: "https://avd.example/cve-2024-0001",
                properties: { "security-severity": "9.8", tags: ["vulnerability", "security", "CRITICAL"] },
              },
              {
                id: "aws-access-key-id",
                name: "Secret",
                shortDescription: { text: "AWS Access Key ID" },
                properties: { "security-severity": "8.0", tags: ["secret", "security"] },
              },
            ],
          },
        },
        results: [
          {
            ruleId: "CVE-2024-0001",
            ruleIndex: 0,
            level: "error",
            message: { text: "Package: left-pad\nInstalled Version: 1.0.0\nFixed Version: 1.3.0" },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "web/package-lock.json", uriBaseId: "ROOTPATH" },
                  region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
                },
              },
            ],
          },
          {
            ruleId: "aws-access-key-id",
            ruleIndex: 1,
            level: "error",
            message: { text: `Artifact: a.env\nMatch: KEY=${secret}\nSecret '${secret}'` },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "a.env", uriBaseId: "ROOTPATH" },
                  region: { startLine: 3, snippet: { text: `KEY=${secret}` } },
                },
              },
            ],
          },
        ],
        originalUriBaseIds: { ROOTPATH: { uri: "file:///" } },
      },
    ],
  };
}
