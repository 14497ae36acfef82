/**
 * Whether a condition of MSBuild holds: true, false, or undefined where only a build knows. What is no condition at all
 * counts as not known.
 */

import { endOfCall, endOfQuoted, expand, known, type Scope, type Value } from "./msbuild-expand.ts";
import { compareNumbers, isVersion } from "./msbuild-functions.ts";

export interface ConditionScope extends Scope {
  exists(path: string): boolean | undefined;
}

type Truth = boolean | undefined;

type Token = { readonly is: "value"; readonly value: Value } | { readonly is: "sign"; readonly text: string };

const mostTokens = 500;
const deepestParentheses = 40;

export function holds(condition: string | undefined, scope: ConditionScope): Truth {
  if (condition === undefined || condition.trim() === "") return true;
  const tokens = tokensOf(condition, scope);
  if (!tokens) return undefined;
  const reading: Reading = { tokens, at: 0, depth: 0, isBroken: false, scope };
  const truth = either(reading);
  return reading.isBroken || reading.at < tokens.length ? undefined : truth;
}

interface Reading {
  readonly tokens: readonly Token[];
  readonly scope: ConditionScope;
  at: number;
  depth: number;
  isBroken: boolean;
}

function tokensOf(text: string, scope: Scope): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length && tokens.length < mostTokens; ) {
    const character = text[at] ?? "";
    const sign = /^(?:==|!=|<=|>=|[<>!(),])/.exec(text.slice(at, at + 2))?.[0];
    if (/\s/.test(character)) at++;
    else if (sign !== undefined) {
      tokens.push({ is: "sign", text: sign });
      at += sign.length;
    } else if (character === "'") {
      const end = endOfQuoted(text, at);
      if (end < 0) return undefined;
      tokens.push({ is: "value", value: expand(text.slice(at + 1, end), scope) });
      at = end + 1;
    } else if (text.startsWith("$(", at)) {
      const end = endOfCall(text, at + 2);
      if (end < 0) return undefined;
      tokens.push({ is: "value", value: expand(text.slice(at, end + 1), scope) });
      at = end + 1;
    } else {
      const word = /^[^\s=!<>(),']{1,200}/.exec(text.slice(at, at + 200))?.[0];
      if (word === undefined) return undefined;
      const isWord = /^(?:and|or|exists|hastrailingslash)$/i.test(word);
      tokens.push(isWord ? { is: "sign", text: word.toLowerCase() } : { is: "value", value: known(word) });
      at += word.length;
    }
  }
  return tokens.length < mostTokens ? tokens : undefined;
}

function takes(reading: Reading, sign: string): boolean {
  const token = reading.tokens[reading.at];
  const isIt = token?.is === "sign" && token.text === sign;
  if (isIt) reading.at++;
  return isIt;
}

function either(reading: Reading): Truth {
  let truth = both(reading);
  while (takes(reading, "or")) {
    const other = both(reading);
    truth = truth === true || other === true ? true : truth === undefined || other === undefined ? undefined : false;
  }
  return truth;
}

function both(reading: Reading): Truth {
  let truth = single(reading);
  while (takes(reading, "and")) {
    const other = single(reading);
    truth = truth === false || other === false ? false : truth === undefined || other === undefined ? undefined : true;
  }
  return truth;
}

function single(reading: Reading): Truth {
  if (++reading.depth > deepestParentheses) return broken(reading);
  try {
    if (takes(reading, "!")) {
      const truth = single(reading);
      return truth === undefined ? undefined : !truth;
    }
    if (takes(reading, "(")) {
      const truth = either(reading);
      return takes(reading, ")") ? truth : broken(reading);
    }
    if (takes(reading, "exists")) {
      const path = argument(reading);
      return path?.isKnown ? reading.scope.exists(path.text) : undefined;
    }
    if (takes(reading, "hastrailingslash")) {
      const path = argument(reading);
      return path?.isKnown ? /[/\\]$/.test(path.text) : undefined;
    }
    return comparison(reading);
  } finally {
    reading.depth--;
  }
}

function broken(reading: Reading): undefined {
  reading.isBroken = true;
  return undefined;
}

function value(reading: Reading): Value | undefined {
  const token = reading.tokens[reading.at];
  if (token?.is !== "value") return broken(reading);
  reading.at++;
  return token.value;
}

function argument(reading: Reading): Value | undefined {
  if (!takes(reading, "(")) return broken(reading);
  const given = value(reading);
  return takes(reading, ")") ? given : broken(reading);
}

function comparison(reading: Reading): Truth {
  const left = value(reading);
  const sign = ["==", "!=", "<=", ">=", "<", ">"].find((one) => takes(reading, one));
  if (sign === undefined) return left?.isKnown ? truthOf(left.text) : undefined;
  const right = value(reading);
  if (!left?.isKnown || !right?.isKnown) return undefined;
  if (sign === "==") return areEqual(left.text, right.text);
  if (sign === "!=") return !areEqual(left.text, right.text);
  if (!isVersion(left.text) || !isVersion(right.text)) return undefined;
  const order = compareNumbers(left.text, right.text);
  if (order === 0) return sign.endsWith("=");
  return sign.startsWith("<") ? order < 0 : order > 0;
}

function areEqual(left: string, right: string): boolean {
  const number = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;
  if (number.test(left) && number.test(right)) return Number(left) === Number(right);
  const [a, b] = [truthOf(left), truthOf(right)];
  return a !== undefined && b !== undefined ? a === b : left.toLowerCase() === right.toLowerCase();
}

function truthOf(text: string): Truth {
  if (/^(?:true|on|yes|!false)$/i.test(text)) return true;
  return /^(?:false|off|no|!true)$/i.test(text) ? false : undefined;
}
