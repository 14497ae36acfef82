import assert from "node:assert/strict";
import { test } from "node:test";
import { scanFile } from "../../scan.ts";
import { sourceFileOf } from "../../source-file-of.ts";
import { sampleAdoPat } from "../examples/example-values.ts";
import type { MarkerTool } from "./marker-tools.ts";

const pat = sampleAdoPat("marker");
const line = `pat = "${pat}"`;

function scan(text: string, markers?: readonly MarkerTool[], path = "src/a.py") {
  const secrets = { ruleFiles: [], ...(markers !== undefined && { markers }) };
  const context = { fingerprintKey: new Uint8Array(32).fill(3), scanners: ["secrets"] as const, secrets };
  return scanFile(sourceFileOf(path, "0".repeat(40), Buffer.from(text)), context);
}

const silencing = [
  `${line} # gitleaks:allow`,
  `${line} # betterleaks:allow`,
  `${line} # trufflehog:ignore`,
  `${line} # kingfisher:ignore`,
  `${line} # kingfisher:allow`,
  `${line} # pragma: allowlist secret`,
  `${line} # pragma: whitelist secret`,
  `# pragma: allowlist nextline secret\n${line}`,
  `${line} # checkov:skip=CKV_SECRET_6:made up`,
  `# checkov:skip=CKV_SECRET_6\r\n${line}`,
  `${line} # nosemgrep`,
  `${line} # nosemgrep: generic.secrets.security.detected-generic-secret`,
  `# nosemgrep: azure-devops-pat-legacy\n${line}`,
  `${line} // secretlint-disable-line`,
  `/* secretlint-disable-next-line */\n${line}`,
  `# secretlint-disable @secretlint/rule -- why\na\n${line}\n# secretlint-enable`,
  `# secretlint-disable\n${line}`,
  `${line} # ggignore`,
  `# ggignore-start\n\n${line}\n# ggignore-end`,
];

for (const text of silencing) {
  test(`silences: ${text.replace(pat, "...")}`, () => {
    const { findings, silenced, problems } = scan(text);
    assert.deepEqual([findings.length, silenced.length, problems.length], [0, 1, 0]);
    assert.match(silenced[0]?.reason ?? "", /^marked for /);
    assert.equal(scan(text, []).findings.length, 1, "not where nobody wants it");
  });
}

const telling = [
  `${line}\n# gitleaks:allow`,
  `# gitleaks:allow\n${line}`,
  `${line} # pragma: allowlist nextline secret`,
  `${line} # nosemgrep: python.lang.correctness`,
  `${line} # checkov:skip=CKV_AZURE_1:other`,
  `# secretlint-disable\n# secretlint-enable\n${line}`,
  `# ggignore-start\n# ggignore-end\n${line}`,
  `# secretlint-disable-next-line\n\n${line}`,
  `${line} # xgitleaks:allowed`,
];

for (const text of telling) {
  test(`silences nothing: ${text.replace(pat, "...")}`, () => assert.equal(scan(text).findings.length, 1));
}

test("one tool may be honoured without the others", () => {
  assert.equal(scan(`${line} # gitleaks:allow`, ["gitleaks"]).findings.length, 0);
  assert.equal(scan(`${line} # ggignore`, ["gitleaks"]).findings.length, 1);
});

test("an own marker may use another tool's name of the rule; one that silences nothing is told where it is meant", () => {
  const alias = scan(line).findings[0]?.aliases[0];
  if (alias !== undefined) assert.equal(scan(`${line} # sallyport:allow ${alias} made up`).silenced.length, 1);
  const [unused] = scan(`a = 1\nb = 2 # sallyport:allow jwt old`).problems;
  assert.deepEqual([unused?.code, unused?.line, unused?.isNotice], ["unused", 2, true]);
  assert.equal(scan("Write `sallyport:allow jwt why`", undefined, "docs/a.md").problems.length, 0);
  assert.equal(scan('const marker = "sallyport:allow jwt why";', undefined, "src/a.ts").problems.length, 0);
});
