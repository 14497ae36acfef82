/** Repositories that Sallyport knows, with what is open in them and when they were last scanned. */
import { type Static, Type } from "typebox";
import { id } from "../shapes/id.ts";
import { scanOutcomeName } from "../shapes/names.ts";
import { nullable } from "../shapes/nullable.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { time } from "../shapes/time.ts";

/** `issues`: most first; `scanned`: newest first. */
const repositorySorts = ["name", "issues", "scanned"] as const;

export const repositoriesQuery = Type.Object({
  ...pageQuery,
  search: Type.Optional(Type.String({ maxLength: 200, description: "Part of the name of repository or project" })),
  instanceId: Type.Optional(id),
  projectId: Type.Optional(id),
  tag: Type.Optional(Type.String({ maxLength: 50 })),
  chosen: Type.Optional(Type.Boolean({ description: "Only those that are scanned, or only those that are not" })),
  kind: Type.Optional(
    Type.Enum(["code", "settings", "all"] as const, { description: "Default: code; settings have issues, too" }),
  ),
  sort: Type.Optional(Type.Enum(repositorySorts)),
});
export type RepositoriesQuery = Partial<Static<typeof repositoriesQuery>>;

const repositoryRow = Type.Object({
  id,
  name: Type.String(),
  /** `settings`: it stands for those of its project, or of the organization. */
  kind: Type.Enum(["code", "settings"] as const),
  project: Type.String(),
  projectId: id,
  organization: Type.String(),
  instanceId: id,
  instance: Type.String({ description: "The instance's name" }),
  defaultBranch: nullable(Type.String({ description: "Without refs/heads/" })),
  size: Type.Integer(),
  isDisabled: Type.Boolean(),
  isFork: Type.Boolean(),
  isEmpty: Type.Boolean(),
  chosen: Type.Boolean(),
  goneAt: nullable(time),
  webUrl: Type.String(),
  tags: Type.Array(Type.String({ description: "For policies" })),
  openIssues: Type.Object({
    critical: Type.Integer(),
    high: Type.Integer(),
    medium: Type.Integer(),
    low: Type.Integer(),
  }),
  lastScan: nullable(
    Type.Object({
      id,
      startedAt: time,
      finishedAt: nullable(time),
      /** Null while it runs. */
      outcome: nullable(scanOutcomeName),
    }),
  ),
});
export type RepositoryRow = Static<typeof repositoryRow>;

export const repositoriesAnswer = pageOf(repositoryRow);
export type Repositories = Static<typeof repositoriesAnswer>;

export const projectsQuery = Type.Object({ instanceId: Type.Optional(id) });
export const projectsAnswer = Type.Object({ projects: Type.Array(Type.Object({ id, name: Type.String() })) });
export type Projects = Static<typeof projectsAnswer>;

export const repositoryAnswer = repositoryRow;
export type RepositoryDetail = RepositoryRow;
