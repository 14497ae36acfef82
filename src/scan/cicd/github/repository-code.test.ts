import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findRepositoryCode } from "./repository-code.ts";

/** Whether the script runs something of the folder it stands in. */
const cases: readonly (readonly [string, boolean])[] = [
  ["npm ci", true],
  ["npm --prefix a ci", true],
  ["cd a && make", true],
  ["./x.sh", true],
  ["python setup.py install", true],
  ["echo hi", false],
  ["git diff", false],
  ["npm --version", false],
  ["gh pr view", false],
  ["docker run x", false],
  ["pip install -r requirements.txt", true],
  ["bash scripts/a.sh", true],
  ["go test ./...", true],
  ["yarn", true],
  ["yarn --frozen-lockfile", true],
  ["sudo make install", true],
  ["python -m pytest", true],
  ["go mod download", false],
  ["poetry install", true],
  ["cat a | bash", false],
  ["npm i", true],
  ["make", true],
  ["mvn -B verify", true],
  ["./gradlew build", true],
  ["gh api x", false],
  ["jq . package.json", false],
  ["pre-commit run -a", true],
  ["terraform -chdir=x init", true],
];

describe("findRepositoryCode", () => {
  for (const [text, expected] of cases) it(text, () => assert.equal(findRepositoryCode(text) !== undefined, expected));
});
