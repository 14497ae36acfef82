/** Repositories that pipelines are known to take templates from: those that a check requires one of, and those whose tags were asked for before. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";

export function templateRepositories({ projects }: OrganizationFacts): ReadonlySet<string> {
  const byName = new Map(
    projects.flatMap((project) => repositoriesOf(project).map(({ id, name }) => [key(project, name), id])),
  );
  const required = projects.flatMap((project) =>
    templatesOf(project).map((name) => byName.get(key(project, name)) ?? byName.get(name.toLowerCase())),
  );
  const tagged = projects.flatMap(repositoriesOf).flatMap(({ id, tags }) => (tags ? [id] : []));
  return new Set([...tagged, ...required.filter((id) => id !== undefined)]);
}

function key({ name: project }: ProjectFacts, repository: string): string {
  return `${project}/${repository}`.toLowerCase();
}

function repositoriesOf({ repositories }: ProjectFacts) {
  return repositories.is === "known" ? repositories.value : [];
}

/** Named alone, or with another project before it. */
function templatesOf({ checks }: ProjectFacts): readonly string[] {
  const known = checks.is === "known" ? checks.value : [];
  return known.flatMap(({ settings }) =>
    settings.is === "required-template"
      ? settings.templates
          .filter(({ repositoryType }) => /^git$/i.test(repositoryType))
          .map(({ repository }) => repository)
      : [],
  );
}
