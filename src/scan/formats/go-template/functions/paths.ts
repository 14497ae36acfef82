/** Sprig's functions over paths and addresses. */
import { posix } from "node:path";
import { printValue } from "../print-value.ts";
import { type FunctionTable, strictly, TemplateFailure } from "../template-function.ts";
import { changedText, plainText } from "../traced-text.ts";
import { at, bool, dict } from "../value.ts";
import { type Args, dictArgument, stringArgument, textArgument } from "./arguments.ts";

const clean = (path: string) => (path === "" ? "." : posix.normalize(path).replace(/(?<=.)\/$/, ""));

function pathFunction(run: (path: string) => string) {
  return (args: Args) => changedText(textArgument(args, 0), run(stringArgument(args, 0)));
}

const table: FunctionTable = {
  base: pathFunction((path) => posix.basename(path) || (path === "" ? "." : "/")),
  dir: pathFunction((path) => clean(path.slice(0, path.lastIndexOf("/") + 1))),
  clean: pathFunction(clean),
  ext: pathFunction((path) => /\.[^./]*$/.exec(path)?.[0] ?? ""),
  isAbs: (args) => bool(stringArgument(args, 0).startsWith("/")),
};

const addressParts = /^(?:([a-zA-Z][\w+.-]*):)?(?:\/\/(?:([^/?#@]*)@)?([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;

function parseAddress(text: string) {
  const parts = addressParts.exec(text);
  if (!parts) throw new TemplateFailure("this is no address");
  const [, scheme = "", user = "", host = "", path = "", query = "", fragment = ""] = parts;
  const hostname = host.startsWith("[") ? host.slice(1, host.indexOf("]")) : host.replace(/:\d*$/, "");
  const opaque = scheme !== "" && !text.startsWith("//", scheme.length + 1) && !path.startsWith("/") ? path : "";
  return dict(
    Object.entries({ scheme, host, hostname, path: opaque ? "" : path, query, opaque, fragment, userinfo: user }).map(
      ([name, part]) => [name, plainText(part)] as const,
    ),
  );
}

function joinAddress(args: Args): string {
  const parts = dictArgument(args, 0);
  const part = (name: string, before: string, after = "") => {
    const value = at(parts, name);
    const text = value && value.is !== "nil" ? printValue(value) : "";
    return text === "" ? "" : before + text + after;
  };
  const user = part("userinfo", "", "@");
  const host = part("host", "");
  return `${part("scheme", "", ":")}${part("opaque", "")}${user + host === "" ? "" : "//"}${user}${host}${part("path", "")}${part("query", "?")}${part("fragment", "#")}`;
}

export const pathFunctions: FunctionTable = strictly({
  ...table,
  ...Object.fromEntries(
    Object.entries(table).map(([name, run]) => [`os${name.charAt(0).toUpperCase()}${name.slice(1)}`, run]),
  ),
  urlParse: (args) => parseAddress(stringArgument(args, 0)),
  urlJoin: (args) => plainText(joinAddress(args)),
});
