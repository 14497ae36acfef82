/** `format('{0:N0} of {1,5}', ...)`: the composite format of .NET, for the forms that templates use. */
import type { Node } from "../../node.ts";
import { type Call, misfit } from "../call.ts";
import { concatenated } from "../concatenated.ts";
import { isText, longestText, scalarOf, unknownCall, unknownOf } from "../values.ts";

export function formatted([pattern, ...given]: readonly Node[], call: Call): Node {
  if (pattern?.is === "unknown") return unknownCall(call.name, [pattern, ...given], call.at);
  if (!isText(pattern) || pattern.value.length > longestText) return misfit(call);
  call.scope.budget.left -= 1000 * given.filter((value) => value.is === "list" || value.is === "block").length;
  const parts: Node[] = [];
  let literal = "";
  for (const piece of pattern.value.matchAll(
    /\{\{|\}\}|\{(\d{1,3})(?:,\s*(-?\d{1,3}))?(?::([^{}]*))?\}|[^{}]+|[{}]/g,
  )) {
    const [text, position, width, form] = piece;
    if (position === undefined) {
      literal += text === "{{" ? "{" : text === "}}" ? "}" : text;
      continue;
    }
    const value = given[Number(position)];
    if (!value) return misfit(call);
    parts.push(scalarOf(call.at, literal), shaped(value, width, form));
    literal = "";
  }
  parts.push(scalarOf(call.at, literal));
  const result = concatenated(parts, call.at);
  return pattern.from && !result.from ? { ...result, from: pattern.from } : result;
}

function shaped(value: Node, width: string | undefined, form: string | undefined): Node {
  if (value.is !== "scalar" || (width === undefined && !form)) return value;
  const text = form
    ? inForm(value.value, form)
    : typeof value.value === "boolean"
      ? value.value
        ? "True"
        : "False"
      : String(value.value ?? "");
  if (text === undefined) return unknownOf(value.at, `the format ${form} is not supported`);
  const space = Number(width ?? 0);
  return { ...value, value: space < 0 ? text.padEnd(-space) : text.padStart(space) };
}

/** `N0` 8,175,133; `D4` 0042; `F2` 1.50; `X` ff. Texts ignore a format. */
function inForm(value: string | number | boolean | null, form: string): string | undefined {
  if (typeof value !== "number") return String(value ?? "");
  const match = /^([NDFX])(\d{0,2})$/i.exec(form);
  if (!match) return /^0+$/.test(form) ? String(Math.round(value)).padStart(form.length, "0") : undefined;
  const digits = match[2] === "" ? undefined : Number(match[2]);
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(value);
  switch ((match[1] ?? "").toUpperCase()) {
    case "N": {
      const [whole = "", rest] = size.toFixed(digits ?? 2).split(".");
      const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
      return sign + (rest === undefined ? grouped : `${grouped}.${rest}`);
    }
    case "D":
      return sign + String(Math.trunc(size)).padStart(digits ?? 0, "0");
    case "F":
      return sign + size.toFixed(digits ?? 2);
    default: {
      const text = Math.trunc(size)
        .toString(16)
        .padStart(digits ?? 0, "0");
      return sign + (match[1] === "X" ? text.toUpperCase() : text);
    }
  }
}
