/** Whether a step runs what the repository brings: build tools, tests, scripts of its own. */
import { textAt, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import type { Step } from "./pipeline.ts";
import { hasLine } from "./search-scripts.ts";

const tools =
  /(?:^|[\s;&|(])(?:npm|npx|yarn|pnpm|bun|node|pip[\d.]*|python[\d.]*|pytest|tox|poetry|pdm|uv|dotnet|msbuild|nuget|mvn|mvnw|gradle|gradlew|ant|make|cmake|ninja|cargo|go\s+(?:build|test|run|generate)|bundle|rake|gem|composer|php|docker\s+(?:build|compose)|docker-compose|terraform|tofu|terragrunt|pulumi|ansible-playbook|pre-commit|jest|mocha|bazel|sbt|swift|xcodebuild|fastlane|packer|tsc|eslint|invoke-pester|invoke-build)(?=$|[\s;&|)])/i;
const ownScript =
  /(?:^|[\s;&|(])(?:\.{0,2}[/\\][\w./\\-]*|(?:ba|z|da)?sh\s+[\w./-]+\.sh|&\s*\S+\.ps1|pwsh\s+\S*\.ps1|\S+\.(?:sh|ps1|cmd|bat|py)(?=$|[\s;&|)]))/i;
const buildTasks =
  /^(?:npm|yarn|maven|gradle|ant|dotnetcorecli|vsbuild|msbuild|nugetcommand|xcode|cmake|make|gulp|grunt|docker|dockercompose|vstest|pythonscript|visualstudiotest|shellscript|batchscript|go|cargo)/i;

export function runsRepositoryCode(step: Step): boolean {
  if (hasLine(step, tools) || hasLine(step, ownScript)) return true;
  const { task, node } = step;
  if (!task) return false;
  const inputs = valueAt(node, "inputs");
  return buildTasks.test(task.name) || ["filePath", "scriptPath"].some((key) => textAt(inputs, key) !== undefined);
}
