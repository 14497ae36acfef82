/** The rule for literals that nothing explains. It has no anchor: find-rare-literals.ts looks for them, on request. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/rare-literal",
    aliases: [],
    title: "Literal as random as a key",
    provider: "Generic",
    family: "secret",
    severity: "low",
    why: "Keys look like this; hashes and identifiers do, too. Only who knows the code can tell.",
    fix: "If it opens anything, rotate it, and read it from the environment or a vault.",
    links: ["https://cwe.mitre.org/data/definitions/798.html"],
    anchors: [],
    shape: { is: "literal" },
    score: 45,
    loose: true,
    generic: true,
    examples: {
      bad: (seed) => [
        `const setting = "${sample("base62", 32, seed)}7";`,
        { path: "config/app.yaml", text: `site:\n  remote: '${sample("base64Url", 43, seed)}7a'\n` },
        { path: "src/site.go", text: `remote.Open(\`${sample("base62", 24, seed)}7\`)` },
      ],
      good: (seed) => [
        `const revision = "${sample("hexLower", 40, seed)}";`,
        'import icon from "../../assets/icons/arrow-right-24.svg";',
        'const event = "application_window_resized_2";',
        `const image = "sha256-${sample("base64", 43, seed)}=";`,
        `const setting = ${sample("base62", 32, seed)}7;`,
        { path: "package-lock.json", text: `"resolved": "${sample("base62", 40, seed)}7"` },
      ],
    },
  },
];
