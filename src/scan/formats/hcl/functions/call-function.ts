/**
 * Calls a function of Terraform or OpenTofu over nodes. It reads no file, no clock and no randomness, and it never
 * throws: what cannot be known is Unknown and says what was expected. `try`, `can`, `templatestring` and the functions
 * of files are the evaluator's.
 */
import type { Node } from "../../node.ts";
import type { Place } from "../../text-file.ts";
import { unknown } from "./answer.ts";
import { collectionFunctions } from "./collection.ts";
import { dateFunctions } from "./date.ts";
import { encodingFunctions } from "./encoding.ts";
import { formatFunctions } from "./format-text.ts";
import { hashFunctions } from "./hash.ts";
import { ipNetworkFunctions } from "./ip-network.ts";
import { numericFunctions } from "./numeric.ts";
import { setFunctions } from "./set.ts";
import { stringFunctions } from "./string.ts";
import type { TerraformFunction } from "./terraform-function.ts";
import { typeConversionFunctions } from "./type-conversion.ts";

const functions: ReadonlyMap<string, TerraformFunction> = new Map(
  [
    collectionFunctions,
    dateFunctions,
    encodingFunctions,
    formatFunctions,
    hashFunctions,
    ipNetworkFunctions,
    numericFunctions,
    setFunctions,
    stringFunctions,
    typeConversionFunctions,
  ].flatMap((table) => Object.entries(table)),
);

/** `at` is the whole call. Functions of providers (`provider::aws::arn_parse`) are unknown. */
export function callFunction(name: string, args: readonly Node[], at: Place): Node {
  const found = functions.get(name.replace(/^core::/, ""));
  if (!found) return unknown(`the function ${name} is not known`, args, at);
  const [least, most] = found.count;
  if (args.length < least || args.length > most) {
    return unknown(`${name}: ${countText(least, most)} expected, ${args.length} given`, args, at);
  }
  const result = found.call(args, at);
  if (result.is === "unknown") {
    const told = args.some((arg) => arg.is === "unknown" && arg.reason === result.reason);
    return told || result.at !== at ? result : { ...result, reason: withName(name, result.reason) };
  }
  const from = result.from ?? args.find((arg) => arg.from !== undefined)?.from;
  return from === undefined || result.from !== undefined ? result : { ...result, from };
}

/** Reasons of arguments say themselves what they are about. */
function withName(name: string, reason: string): string {
  return /^(argument \d|the |no |not )/.test(reason) ? `${name}: ${reason}` : reason;
}

function countText(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${plural(least)}`;
  return least === most ? plural(least) : `${least} to ${plural(most)}`;
}

function plural(count: number): string {
  return count === 1 ? "1 argument" : `${count} arguments`;
}
