/** Queries over work items in the query language: conditions with AND, OR and brackets, ORDER BY, no links and no trees. */
import { numberQuery, plain, requireBody, text } from "../pull-requests/request-body.ts";
import { mayAct } from "../rights.ts";
import { type Call, Refusal, type Route } from "../route.ts";
import { optionalProject, organizationUrl } from "../shapes.ts";
import type { ProjectState, WorkItemState, World } from "../world.ts";
import { workItemUrl } from "./work-item-shape.ts";
import { workItemFields } from "./work-item-types.ts";

type Condition = (item: WorkItemState) => boolean;

interface Parsed {
  readonly columns: readonly string[];
  readonly where: Condition;
  readonly orderBy: readonly { readonly field: string; readonly descending: boolean }[];
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  readonly project: ProjectState | undefined;
  readonly me: string;
}

const tokenPattern = /\s*(\[[^\]]*\]|'(?:[^']|'')*'|<>|<=|>=|[=<>(),]|@?[\w.+-]+)/gy;

function badQuery(message: string): Refusal {
  return new Refusal(
    400,
    "WorkItemTrackingQueryException",
    `TF51006: The query statement is missing a clause or is wrong. ${message}`,
    "Microsoft.TeamFoundation.WorkItemTracking.Server.WorkItemTrackingQueryException, Microsoft.TeamFoundation.WorkItemTracking.Server",
  );
}

function parse(query: string, project: ProjectState | undefined, me: string): Parsed {
  const tokens = [...query.trim().matchAll(tokenPattern)].map((match) => match[1] ?? "");
  const reader: Reader = { tokens, at: 0, project, me };
  take(reader, "select");
  const columns: string[] = [];
  do columns.push(fieldName(next(reader)));
  while (accept(reader, ","));
  take(reader, "from");
  if (next(reader).toLowerCase() !== "workitems") throw badQuery("Only FROM WorkItems is known here.");
  const where: Condition = accept(reader, "where") ? either(reader) : () => true;
  const orderBy: { field: string; descending: boolean }[] = [];
  if (accept(reader, "order")) {
    take(reader, "by");
    do {
      const field = fieldName(next(reader));
      const descending = accept(reader, "desc");
      if (!descending) accept(reader, "asc");
      orderBy.push({ field, descending });
    } while (accept(reader, ","));
  }
  if (reader.at < tokens.length) throw badQuery(`Unexpected '${tokens[reader.at]}'.`);
  return { columns, where, orderBy };
}

function next(reader: Reader): string {
  const token = reader.tokens[reader.at++];
  if (token === undefined) throw badQuery("It ends too early.");
  return token;
}

function accept(reader: Reader, word: string): boolean {
  const found = reader.tokens[reader.at]?.toLowerCase() === word;
  if (found) reader.at++;
  return found;
}

function take(reader: Reader, word: string): void {
  if (!accept(reader, word)) throw badQuery(`Expected ${word.toUpperCase()}.`);
}

function fieldName(token: string): string {
  return token.replace(/^\[|\]$/g, "");
}

function either(reader: Reader): Condition {
  let left = both(reader);
  while (accept(reader, "or")) {
    const [first, second] = [left, both(reader)];
    left = (item) => first(item) || second(item);
  }
  return left;
}

function both(reader: Reader): Condition {
  let left = one(reader);
  while (accept(reader, "and")) {
    const [first, second] = [left, one(reader)];
    left = (item) => first(item) && second(item);
  }
  return left;
}

function one(reader: Reader): Condition {
  if (accept(reader, "not")) {
    const inner = one(reader);
    return (item) => !inner(item);
  }
  if (accept(reader, "(")) {
    const inner = either(reader);
    take(reader, ")");
    return inner;
  }
  return comparison(reader);
}

function comparison(reader: Reader): Condition {
  const field = fieldName(next(reader));
  if (!(field in workItemFields) && !field.includes(".")) throw badQuery(`Cannot find field ${field}.`);
  const isNot = accept(reader, "not");
  const operator = next(reader).toLowerCase();
  if (operator === "in") {
    take(reader, "(");
    const values: string[] = [];
    do values.push(value(reader));
    while (accept(reader, ","));
    take(reader, ")");
    return (item) => values.some((wanted) => compare(item, field, wanted) === 0) !== isNot;
  }
  const wanted = value(reader);
  if (operator === "contains" || operator === "under")
    return (item) => shown(item, field).toLowerCase().includes(wanted.toLowerCase()) !== isNot;
  const tests: Readonly<Record<string, (order: number) => boolean>> = {
    "=": (order) => order === 0,
    "<>": (order) => order !== 0,
    "<": (order) => order < 0,
    ">": (order) => order > 0,
    "<=": (order) => order <= 0,
    ">=": (order) => order >= 0,
  };
  const test = tests[operator];
  if (!test) throw badQuery(`Unknown operator ${operator}.`);
  return (item) => test(compare(item, field, wanted)) !== isNot;
}

function value(reader: Reader): string {
  const token = next(reader);
  if (token.toLowerCase() === "@project") return reader.project?.name ?? "";
  if (token.toLowerCase() === "@me") return reader.me;
  return token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") : token;
}

function shown(item: WorkItemState, field: string): string {
  if (field === "System.Id") return String(item.id);
  const found = item.fields[field];
  if (typeof found === "object" && found !== null && "displayName" in found) return String(found.displayName);
  return plain(found);
}

function compare(item: WorkItemState, field: string, wanted: string): number {
  const own = shown(item, field);
  if (own !== "" && wanted !== "" && !Number.isNaN(Number(own)) && !Number.isNaN(Number(wanted)))
    return Number(own) - Number(wanted);
  return own.localeCompare(wanted, "en", { sensitivity: "accent" });
}

function query(call: Call, world: World) {
  const project = optionalProject(call, world);
  const { columns, where, orderBy } = parse(text(requireBody(call).query) ?? "", project, call.user.displayName);
  const found = call.organization.workItems.filter(
    (item) => !item.isDeleted && mayAct(call.organization, call.user.id, "readers", item.projectId) && where(item),
  );
  found.sort((a, b) => {
    for (const { field, descending } of orderBy) {
      const order = compare(a, field, shown(b, field));
      if (order !== 0) return descending ? -order : order;
    }
    return a.id - b.id;
  });
  const base = organizationUrl(world, call.organization);
  const column = (field: string) => ({
    referenceName: field,
    name: workItemFields[field]?.name ?? field,
    url: `${base}/_apis/wit/fields/${field}`,
  });
  return {
    body: {
      queryType: "flat",
      queryResultType: "workItem",
      asOf: world.clock.now().toISOString(),
      columns: columns.map(column),
      ...(orderBy.length > 0
        ? { sortColumns: orderBy.map(({ field, descending }) => ({ field: column(field), descending })) }
        : {}),
      workItems: found.slice(0, numberQuery(call, "$top", 20_000)).map((item) => ({
        id: item.id,
        url: project ? workItemUrl(world, call.organization, item) : `${base}/_apis/wit/workItems/${item.id}`,
      })),
    },
  };
}

export const routes: readonly Route[] = [
  { method: "POST", path: "/{organization}/{project?}/_apis/wit/wiql", scopes: ["work"], handle: query },
  { method: "POST", path: "/{organization}/{project}/{team}/_apis/wit/wiql", scopes: ["work"], handle: query },
];
