/** Why a red scan would not block on a branch, in words that say what to do. */
import type { BranchPolicy, StatusPolicySettings } from "#azure-devops/policy-configurations.ts";
import type { GateFlaw, GateFlawCode } from "#model/gate.ts";
import { statusContext } from "../give-feedback/pull-request-status.ts";

const wantedStatus = `${statusContext.genre}/${statusContext.name}`;
const installAgain = "Install the gate again to put that right.";

export function flaw(code: GateFlawCode, said: string): GateFlaw {
  return { code, said };
}

export function noGate(wasThere: boolean): GateFlaw {
  return wasThere
    ? flaw(
        "no-gate",
        `Somebody deleted the branch policy that requires ${wantedStatus}. Install the gate again if that was not meant.`,
      )
    : flaw(
        "no-gate",
        `No branch policy requires the status ${wantedStatus}: pull requests can be completed whatever a scan finds.`,
      );
}

export function otherBranches(): GateFlaw {
  const said = "Somebody changed the branches that the policy applies to, and this one is not among them.";
  return flaw("other-branches", `${said} ${installAgain}`);
}

/** Of a policy that applies to the branch; none means that a red scan blocks. */
export function flawsOf(policy: BranchPolicy, status: StatusPolicySettings, authorId: string): readonly GateFlaw[] {
  const flaws: GateFlaw[] = [];
  const name = status.statusGenre === "" ? status.statusName : `${status.statusGenre}/${status.statusName}`;
  if (!policy.isEnabled) flaws.push(flaw("disabled", `The policy is switched off in Azure DevOps. ${installAgain}`));
  if (!policy.isBlocking) {
    flaws.push(flaw("optional", `The policy is optional: it shows a red scan and does not block. ${installAgain}`));
  }
  if (!isOurStatus(status)) {
    flaws.push(flaw("other-status", `The policy requires the status "${name}", not ${wantedStatus}. ${installAgain}`));
  }
  if (status.authorId === undefined) {
    const said =
      "The policy takes this status from anybody: whoever may contribute to pull requests can post a green one.";
    flaws.push(flaw("any-author", `${said} ${installAgain}`));
  } else if (status.authorId !== authorId.toLowerCase()) {
    const said = "The policy waits for the status of another account than the one that Sallyport acts as.";
    flaws.push(flaw("other-author", `${said} ${installAgain}`));
  }
  if (!status.invalidateOnSourceUpdate) {
    const said = "The policy is not reset when new changes are pushed: a green scan of an earlier push still counts.";
    flaws.push(flaw("kept-after-push", `${said} ${installAgain}`));
  }
  if (status.isConditional) {
    const said =
      "The policy applies only after a status was posted: a pull request can be completed before its scan ends.";
    flaws.push(flaw("only-if-posted", `${said} ${installAgain}`));
  }
  const patterns = status.filenamePatterns.filter((pattern) => pattern.trim() !== "");
  if (patterns.length > 0 && !patterns.every(isEverything)) {
    const listed = patterns.slice(0, 5).join("; ");
    const said = `The policy applies only where certain files change (${listed.slice(0, 300)}): others pass unasked.`;
    flaws.push(flaw("files-left-out", `${said} ${installAgain}`));
  }
  return flaws;
}

/** Patterns that leave nothing out. One that begins with `!` takes files away, whatever stands beside it. */
function isEverything(pattern: string): boolean {
  return ["*", "/*", "**", "/**"].includes(pattern.trim());
}

export function isOurStatus({ statusGenre, statusName }: StatusPolicySettings): boolean {
  return statusGenre === statusContext.genre && statusName === statusContext.name;
}
