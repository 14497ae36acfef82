/** What somebody gave a run when queueing it: names, and what kind of text it was. The texts themselves are not kept. */
import type { GivenValue } from "#model/posture/pipeline-facts.ts";
import { inner, isWire, optionalText, type Wire } from "../read-wire.ts";

const mostValues = 200;
const longestLook = 10_000;
const longestParameters = 1_000_000;

/** Of a build: `parameters` holds variables as JSON in a text, `templateParameters` an object. */
export function readGivenValues(build: Wire): readonly GivenValue[] {
  // The service itself gives runs of pull requests these.
  const isOfService = (name: string) => /^system\.pullrequest\./i.test(name);
  const variables = Object.entries(parseObject(optionalText(build, "parameters"))).filter(
    ([name]) => !isOfService(name),
  );
  const parameters = Object.entries(inner(build, "templateParameters"));
  return [
    ...variables.slice(0, mostValues).map(([name, value]) => readValue("variable", name, value)),
    ...parameters.slice(0, mostValues).map(([name, value]) => readValue("parameter", name, value)),
  ];
}

function parseObject(text: string | undefined): Wire {
  if (text === undefined || text.length > longestParameters) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isWire(value) ? value : {};
  } catch {
    return {};
  }
}

const systemName = /^(system|build|agent|release|environment|pipeline|checks|tf|azp|vsts)[._]/i;
const shellCharacters = /[;&|`<>"'\r\n]|\$[({\w]/;
const address = /\b[a-z][a-z\d+.-]{1,20}:\/\//i;

function readValue(is: GivenValue["is"], name: string, value: unknown): GivenValue {
  // Quotes that only the writing of an object needs say nothing.
  const whole = typeof value === "string" ? value : JSON.stringify(value ?? "").replaceAll('"', "");
  const text = whole.slice(0, longestLook);
  const isSystems = is === "variable" && systemName.test(name);
  const holds: GivenValue["holds"][number][] = [];
  if (shellCharacters.test(text)) holds.push("shell-characters");
  if (address.test(text)) holds.push("address");
  if (isSystems || /\$[({]{1,2}\s*(system|variables)\b/i.test(text)) holds.push("system-name");
  return { name, is, holds };
}
