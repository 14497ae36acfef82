/**
 * A rule on who may do something with branches. What is written for a whole project is told once, at the project; what is
 * written for a repository or a branch, there: so one answer is one place to change.
 */
import type { AccessSpace } from "#model/posture/access-facts.ts";
import type { FactKey } from "#model/posture/fact-key.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PostureResource } from "#model/posture/posture-result.ts";
import { compareSeverity, type Severity } from "#model/severity.ts";
import { gitTokens, type Holder, holdersOf, sayHolder } from "../facts/access-of.ts";
import { type Membership, membershipOf } from "../facts/membership.ts";
import { projectPage } from "../facts/pages-of.ts";
import { type BranchOfRepository, heldBranches } from "../facts/policies-of-branch.ts";
import type { PostureContext } from "../posture-context.ts";
import {
  fail,
  notEvaluated,
  onProjects,
  type PostureRule,
  type PostureWords,
  pass,
  type ResourceAnswer,
} from "../posture-rule.ts";
import { judgedRepositories, repositoryResource } from "./branch-rule.ts";

/** What a rule says about somebody who has the permission on a branch. */
export type HolderAnswer =
  | { readonly is: "fine" }
  /** `because`: what raised or lowered it, or what else there is to say. */
  | { readonly is: "wrong"; readonly severity: Severity; readonly because?: string }
  /** As a sentence. */
  | { readonly is: "unknown"; readonly reason: string };

export interface GivenHolder {
  readonly holder: Holder;
  readonly branch: BranchOfRepository;
  readonly membership: Membership | undefined;
  readonly project: ProjectFacts;
}

interface AccessWords extends Omit<PostureWords, "category"> {
  readonly needs?: readonly FactKey[];
  /** By their names in the namespace "Git Repositories". */
  readonly actions: readonly string[];
  /** As the end of a sentence before the names: `policies can be passed by`. */
  readonly says: string;
  /** The instruction before the names: `take "Bypass policies when pushing" from`. */
  readonly instruction: string;
  readonly checkHolder: (given: GivenHolder, context: PostureContext) => HolderAnswer;
}

interface Place {
  readonly resource: PostureResource & { readonly url: string };
  readonly wrong: Map<string, { readonly holder: Holder; readonly severity: Severity; readonly because?: string }>;
  readonly unknown: Set<string>;
}

export function accessRule({ says, instruction, actions, checkHolder, ...words }: AccessWords): PostureRule {
  return onProjects({
    ...words,
    category: "repository",
    needs: ["repositories", "access", ...(words.needs ?? [])],
    checkProject({ repositories, access, project, organization }, context) {
      const missing = actions.filter((action) => access.git.actions[action] === undefined);
      const resource = permissionsResource(organization, project);
      if (missing.length === actions.length) {
        return [{ resource, answer: notEvaluated(`Azure DevOps names no permission ${missing.join(" or ")}.`) }];
      }
      const membership = organization.people.is === "known" ? membershipOf(organization.people.value) : undefined;
      const places = new Map<string, Place>([["", { resource, wrong: new Map(), unknown: new Set() }]]);
      const lists = ownLists(access.git, project.id);
      for (const repository of judgedRepositories(repositories, project)) {
        const own = lists.get(repository.id.toLowerCase());
        if (own) {
          const place = repositoryResource(organization, project, repository, "permissions");
          places.set(repository.id, { resource: place, wrong: new Map(), unknown: new Set() });
        }
        const ofAll = gitTokens(project.id, repository.id);
        for (const branch of heldBranches(repository, context.settings)) {
          const tokens = own?.onRefs ? gitTokens(project.id, repository.id, branch.ref) : ofAll;
          for (const holder of actions.flatMap((action) => holdersOf(access.git, tokens, action, membership) ?? [])) {
            const place = places.get(isBelow(holder.token, project.id, repository.id) ? repository.id : "");
            const answer = checkHolder({ holder, branch, membership, project }, context);
            if (place) note(place, holder, answer);
          }
        }
      }
      return [...places.values()].map((place) =>
        answerOf(place, project, { severity: words.severity, says, instruction }),
      );
    },
  });
}

type AnswerWords = Pick<AccessWords, "severity" | "says" | "instruction">;

function answerOf({ resource, wrong, unknown }: Place, { access }: ProjectFacts, words: AnswerWords): ResourceAnswer {
  const all = [...wrong.values()].toSorted((a, b) => compareSeverity(a.severity, b.severity));
  const [worst] = all;
  if (!worst) {
    const [reason] = unknown;
    return { resource, answer: reason === undefined ? pass : notEvaluated(reason) };
  }
  const names = listed([...new Set(all.map(({ holder }) => holder.name))]);
  const answer = fail(worst.severity, `${words.says} ${names}`, {
    evidence: all.slice(0, 20).map(({ holder, severity, because }) => ({
      what:
        severity === words.severity && because !== undefined ? `${sayHolder(holder)}; ${because}` : sayHolder(holder),
      url: resource.url,
      ...(access.is === "known" && { at: access.at }),
    })),
    fix: `On the tab "Security" of this page ${words.instruction} ${names}: set it to "Not set" or "Deny".`,
    ...(worst.because !== undefined && worst.severity !== words.severity && { severityBecause: worst.because }),
  });
  return { resource, answer };
}

function note({ wrong, unknown }: Place, holder: Holder, answer: HolderAnswer): void {
  if (answer.is === "unknown") unknown.add(answer.reason);
  if (answer.is !== "wrong") return;
  const key = `${holder.subject} ${holder.token} ${holder.action}`;
  const known = wrong.get(key);
  // The same permission counts for several branches: the one where it does most harm.
  if (known && compareSeverity(known.severity, answer.severity) <= 0) return;
  const { severity, because } = answer;
  wrong.set(key, { holder, severity, ...(because !== undefined && { because }) });
}

/** Permissions on all repositories of a project. */
export function permissionsResource(organization: OrganizationFacts, project: ProjectFacts) {
  const url = `${projectPage(organization, project, "repositories")}?_a=permissions`;
  return { kind: "project", id: project.id, name: project.name, projectId: project.id, url };
}

/** Ids, in small letters, of repositories with lists of their own, and whether some of them are on refs. */
function ownLists({ lists }: AccessSpace, projectId: string): ReadonlyMap<string, { readonly onRefs: boolean }> {
  const start = `repoV2/${projectId}/`.toLowerCase();
  const found = new Map<string, { readonly onRefs: boolean }>();
  for (const { token } of lists) {
    const below = token.toLowerCase();
    if (!below.startsWith(start)) continue;
    const [id = "", refs] = below.slice(start.length).split("/", 2);
    found.set(id, { onRefs: refs === "refs" || found.get(id)?.onRefs === true });
  }
  return found;
}

function isBelow(token: string, projectId: string, repositoryId: string): boolean {
  const start = `repoV2/${projectId}/${repositoryId}`.toLowerCase();
  const own = token.toLowerCase();
  return own === start || own.startsWith(`${start}/`);
}

/** `A, B and 3 more`. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
