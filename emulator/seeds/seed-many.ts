/**
 * An organization with as many repositories as a test wants. Git is asked only for one template: every repository is a
 * folder that borrows the template's objects and names one of its commits.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addOrganization, addProject, addToken, addUser } from "../build-world.ts";
import { createBareRepository } from "../git/bare-repository.ts";
import { readRefs, repositoryFolder } from "../git/repository-store.ts";
import { zeroId } from "../shapes.ts";
import {
  nextId,
  type OrganizationState,
  type PersonalAccessToken,
  type ProjectState,
  type RepositoryState,
  type User,
  type World,
} from "../world.ts";
import { importHistory } from "./import-history.ts";

export interface ManyOptions {
  readonly repositories: number;
  /** Default 10. */
  readonly projects?: number;
  /** Name of the organization; default `many`. */
  readonly organization?: string;
  /** Each n-th repository is of that kind; 0 = none. */
  readonly disabledEach?: number;
  readonly emptyEach?: number;
  readonly forkEach?: number;
  readonly renamedEach?: number;
  readonly oddNameEach?: number;
}

export interface ManySeed {
  readonly organization: OrganizationState;
  readonly administrator: User;
  readonly token: PersonalAccessToken;
  readonly projects: readonly ProjectState[];
  readonly repositories: readonly RepositoryState[];
}

const oddNames = [
  "Team Notes",
  "Größenrechner",
  "日本語 プロジェクト",
  "Ünïcode & Söhne",
  "naïve (copy)",
  "приложение",
  "r+d 100% ready",
  "emoji 🚢 deck",
] as const;

const variants = 16;

export async function seedMany(world: World, options: ManyOptions): Promise<ManySeed> {
  const organization = addOrganization(world, options.organization ?? "many");
  const administrator = addUser(world, "Many Admin", { organization, group: "collection administrators" });
  const token = addToken(world, administrator, { organization });
  const projects = Array.from({ length: options.projects ?? 10 }, (_, index) =>
    addProject(world, organization, index === 0 ? "Größe & Maß" : `Project ${String(index).padStart(2, "0")}`),
  );
  const template = await makeTemplate(world, administrator);
  const repositories = Array.from({ length: options.repositories }, (_, index) =>
    addState(organization, projects[index % projects.length] as ProjectState, index, options, template),
  );
  // In batches, so that thousands of repositories do not open thousands of files at once.
  for (let from = 0; from < repositories.length; from += 64)
    await Promise.all(
      repositories.slice(from, from + 64).map((repository) => writeFolder(world, repository, template)),
    );
  for (const repository of repositories) {
    if (repository.defaultBranch) notePush(world, organization, repository, administrator, template);
  }
  return { organization, administrator, token, projects, repositories };
}

interface Template {
  readonly folder: string;
  readonly config: string;
  readonly tips: readonly string[];
  readonly tipOf: Map<string, string>;
}

async function makeTemplate(world: World, user: User): Promise<Template> {
  const id = randomUUID();
  await createBareRepository(world, id);
  const holder = { id, size: 0 } as RepositoryState;
  const branches = Array.from({ length: variants }, (_, index) => ({
    ref: `refs/heads/variant-${index}`,
    commits: [
      {
        by: "admin",
        daysAgo: 40 + index,
        message: "Start",
        files: { "README.md": `# Variant ${index}\n`, "src/main.js": `export const variant = ${index};\n` },
      },
      {
        by: "admin",
        daysAgo: 20,
        message: "Say which variant this is",
        files: { "src/print.js": `import { variant } from "./main.js";\n\nconsole.log(variant);\n` },
      },
    ],
  }));
  await importHistory(world, holder, { admin: user }, branches);
  const folder = repositoryFolder(world, id);
  const tips = [...(await readRefs(world, id)).values()];
  return { folder, config: await readFile(join(folder, "config"), "utf8"), tips, tipOf: new Map() };
}

function isNth(index: number, each: number | undefined, fallback: number, offset: number): boolean {
  const every = each ?? fallback;
  return every > 0 && index % every === offset % every;
}

function addState(
  organization: OrganizationState,
  project: ProjectState,
  index: number,
  options: ManyOptions,
  template: Template,
): RepositoryState {
  const number = String(index + 1).padStart(5, "0");
  const isOdd = isNth(index, options.oddNameEach, 25, 7);
  const isEmpty = isNth(index, options.emptyEach, 40, 3);
  const isFork = isNth(index, options.forkEach, 30, 11);
  const isRenamed = isNth(index, options.renamedEach, 35, 5);
  const plain = isOdd ? `${oddNames[index % oddNames.length]} ${number}` : `service-${number}`;
  const parent = isFork ? [...organization.repositories.values()].at(-1) : undefined;
  const repository: RepositoryState = {
    id: randomUUID(),
    projectId: project.id,
    name: plain,
    ...(isEmpty ? {} : { defaultBranch: index % 7 === 0 ? "refs/heads/master" : "refs/heads/main" }),
    isDisabled: isNth(index, options.disabledEach, 50, 13),
    isFork: parent !== undefined,
    ...(parent ? { parentId: parent.id } : {}),
    size: isEmpty ? 0 : 512 + index,
    pushes: [],
    commitStatuses: new Map(),
    lockedRefs: new Map(),
  };
  if (isRenamed) repository.name = `${plain} renamed`;
  if (!isEmpty) template.tipOf.set(repository.id, template.tips[index % template.tips.length] ?? zeroId);
  organization.repositories.set(repository.id, repository);
  return repository;
}

async function writeFolder(world: World, repository: RepositoryState, template: Template): Promise<void> {
  const folder = repositoryFolder(world, repository.id);
  await Promise.all([
    mkdir(join(folder, "objects", "info"), { recursive: true }),
    mkdir(join(folder, "objects", "pack"), { recursive: true }),
    mkdir(join(folder, "refs", "heads"), { recursive: true }),
  ]);
  const tip = template.tipOf.get(repository.id);
  const branch = repository.defaultBranch ?? "refs/heads/main";
  await Promise.all([
    writeFile(join(folder, "HEAD"), `ref: ${branch}\n`),
    writeFile(join(folder, "config"), template.config),
    writeFile(join(folder, "objects", "info", "alternates"), `${join(template.folder, "objects")}\n`),
    ...(tip
      ? [writeFile(join(folder, "packed-refs"), `# pack-refs with: peeled fully-peeled sorted \n${tip} ${branch}\n`)]
      : []),
  ]);
}

/** As a push that nobody heard of. */
function notePush(
  world: World,
  organization: OrganizationState,
  repository: RepositoryState,
  user: User,
  template: Template,
): void {
  const newObjectId = template.tipOf.get(repository.id) ?? zeroId;
  repository.pushes.push({
    id: nextId(world, `push ${organization.id}`),
    date: world.clock.now(),
    userId: user.id,
    refUpdates: [{ name: repository.defaultBranch ?? "refs/heads/main", oldObjectId: zeroId, newObjectId }],
  });
}
