/**
 * `node scripts/try-policies.ts FILE...`: runs the examples of policy files, and says which do not come out as they should.
 */
import { pathToFileURL } from "node:url";
import type { Policy } from "#scan/iac/policy.ts";
import { tryExamples } from "#scan/iac/try-examples.ts";

let failures = 0;
let count = 0;
for (const file of process.argv.slice(2)) {
  const { policies } = (await import(pathToFileURL(file).href)) as { policies: readonly Policy[] };
  for (const policy of policies) {
    count += 1;
    for (const failure of tryExamples(policy)) {
      failures += 1;
      console.log(`${file}: ${policy.id}: ${failure}`);
    }
  }
}
console.log(`${count} policies, ${failures} failures`);
process.exitCode = failures > 0 ? 1 : 0;
