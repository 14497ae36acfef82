/**
 * Who decides what a context holds. The names of GitHub's own contexts are facts of its documentation
 * (docs.github.com/actions: contexts, events that trigger workflows, secure use: untrusted input).
 */

/**
 * `attacker`: anybody who can open an issue, a comment or a pull request. `contributor`: who may start or call the
 * workflow, or push. `unsure`: an earlier step, or a name that GitHub does not know. `nobody`: GitHub itself or the owner.
 */
export type Origin = "attacker" | "contributor" | "unsure" | "nobody";

const rank: Readonly<Record<Origin, number>> = { nobody: 0, unsure: 1, contributor: 2, attacker: 3 };

export function worstOf(origins: Iterable<Origin>): Origin {
  let worst: Origin = "nobody";
  for (const origin of origins) if (rank[origin] > rank[worst]) worst = origin;
  return worst;
}

/** Members of `github` that GitHub fills in itself, in letters that mean nothing to a shell. */
const fixedMembers = new Set(
  `action action_path action_repository action_status actor actor_id api_url env event_name event_path graphql_url job
   job_workflow_sha output path ref_protected ref_type repository repository_id repository_owner repository_owner_id
   repositoryurl repository_visibility retention_days run_attempt run_id run_number secret_source server_url sha state
   step_summary token triggering_actor workflow workflow_sha workspace`.split(/\s+/),
);

/** Last names of event members that are numbers, times, addresses or names of GitHub's own alphabet. */
const fixedLast =
  /^(?:id|node_id|\w+_id|number|\w*sha|after|before|url|\w+_url|\w+_at|login|state|state_reason|locked|draft|merged|mergeable|mergeable_state|rebaseable|fork|private|archived|visibility|type|action|size|additions|deletions|changed_files|commits_count|comments|review_comments|conclusion|status|event|run_number|run_attempt|prerelease|created|deleted|forced|author_association|site_admin|color|full_name|reactions|schedule|total_count|active_lock_reason|position|line|original_line|owner|sender|installation|organization|enterprise|default|path|workflow)$/;

/** Event members whose text an outsider writes; `*` stands for any name. */
const written: readonly string[] = `
issue.title issue.body issue.user.name
pull_request.title pull_request.body pull_request.head.ref pull_request.head.label pull_request.head.repo.default_branch
pull_request.head.repo.description pull_request.head.repo.homepage pull_request.head.repo.name
comment.body comment.path comment.diff_hunk review.body review_comment.body discussion.title discussion.body discussion_comment.body
pages.*.page_name pages.*.title pages.*.summary
commits.*.message commits.*.author.email commits.*.author.name commits.*.committer.email commits.*.committer.name
head_commit.message head_commit.author.email head_commit.author.name head_commit.committer.email head_commit.committer.name
workflow_run.head_branch workflow_run.head_commit.message workflow_run.head_commit.author.email
workflow_run.head_commit.author.name workflow_run.head_commit.committer.email workflow_run.head_commit.committer.name
workflow_run.display_title workflow_run.pull_requests.*.head.ref workflow_run.head_repository.description
workflow_run.head_repository.name check_suite.head_branch check_run.check_suite.head_branch forkee.description forkee.name
changes.title.from changes.body.from merge_group.head_ref merge_group.head_commit.message
`
  .trim()
  .split(/\s+/);
const writtenPaths = written.map((path) => path.split("."));

export function originOf(path: readonly string[]): Origin {
  const [root = "", ...rest] = path;
  switch (root) {
    case "github":
      return originInGithub(rest);
    case "inputs":
      return "contributor";
    case "secrets":
    case "runner":
    case "job":
    case "strategy":
      return "nobody";
    case "steps":
    case "needs":
    case "jobs":
      return ["outcome", "conclusion", "result"].includes(rest[1] ?? "") ? "nobody" : "unsure";
    default:
      return "unsure";
  }
}

function originInGithub(names: readonly string[]): Origin {
  const [first, ...rest] = names;
  if (first === undefined) return "attacker";
  if (first === "head_ref") return "attacker";
  if (first === "event") return originInEvent(rest);
  return fixedMembers.has(first) ? "nobody" : "contributor";
}

function originInEvent(names: readonly string[]): Origin {
  if (writtenPaths.some((path) => meets(path, names))) return "attacker";
  const last = names.at(-1);
  if (last === undefined) return "attacker";
  if (names[0] === "inputs" || names[0] === "client_payload") return "contributor";
  return fixedLast.test(last) ? "nobody" : "contributor";
}

/** True if the names are the path, or hold it: `commits` holds `commits.*.message`. */
function meets(path: readonly string[], names: readonly string[]): boolean {
  return (
    names.length <= path.length && names.every((name, at) => path[at] === "*" || name === "*" || path[at] === name)
  );
}
