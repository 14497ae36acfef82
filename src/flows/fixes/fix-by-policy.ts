import { fingerprintsOfIssues } from "#store/issues/open-findings.ts";
import type { FollowAction } from "../policies/follow-actions.ts";
import { askForFix } from "./ask-for-fix.ts";

/** What a policy asks for after a scan. What cannot be fixed, or was declined before, is no news to anybody. */
export const fixByPolicy: FollowAction = async (app, tx, { instanceId, repositoryId, policy, issues }) => {
  const fingerprints = await fingerprintsOfIssues(tx, issues);
  const askedBy = { is: "policy", policy } as const;
  const answers = await askForFix(app, tx, { instanceId, repositoryId, fingerprints, askedBy });
  for (const { is, because } of answers.filter((one) => one.is === "refused")) {
    app.log.debug({ is, because, policy, repositoryId }, "a policy's fix is not made");
  }
};
