/** Helm's own functions, and those whose answer is only known where the chart is installed. */
import { argument, type FunctionTable, TemplateFailure, type TemplateFunction } from "../template-function.ts";
import { plainText } from "../traced-text.ts";
import { dict, type Value } from "../value.ts";
import { stringArgument, textArgument } from "./arguments.ts";

function unknowable(reason: string, ...names: readonly string[]): FunctionTable {
  const run: TemplateFunction = (_, { room }) => room.unknowns.make(reason);
  return Object.fromEntries(names.map((name) => [name, run]));
}

function isGiven(value: Value | undefined): value is Value {
  return value !== undefined && value.is !== "nil" && !(value.is === "text" && value.text === "");
}

const required: TemplateFunction = (args, { room, at }) => {
  const value = args[1];
  if (isGiven(value)) return value;
  const message = stringArgument(args, 0);
  room.report({ is: "needed", message, at });
  return room.unknowns.make(`it has no default: ${message}`);
};

export const renderingFunctions: FunctionTable = {
  include: (args, { include }) => {
    const name = argument(args, 0);
    if (name.is !== "text") throw new TemplateFailure("the name of a template was expected");
    return include(name.text, argument(args, 1));
  },
  tpl: (args, { expand }) => {
    const text = textArgument(args, 0);
    return text.text.includes("{{") ? expand(text, argument(args, 1)) : text;
  },
  required,
  fail: (args, { room, at }) => {
    room.report({ is: "needed", message: stringArgument(args, 0), at });
    return plainText("");
  },
  lookup: () => dict([]),
  ...unknowable("the time is that of the installation", ...timeNames()),
  ...unknowable("it is made anew in every installation", ...randomNames()),
  ...unknowable("it is looked up where the chart is installed", "getHostByName", "env", "expandenv"),
};

function timeNames(): readonly string[] {
  return (
    "now ago date dateInZone date_in_zone dateModify date_modify mustDateModify must_date_modify duration durationRound " +
    "htmlDate htmlDateInZone toDate mustToDate unixEpoch"
  ).split(" ");
}

function randomNames(): readonly string[] {
  return (
    "randAlphaNum randAlpha randAscii randNumeric randBytes randInt randSeededNumeric shuffle uuidv4 bcrypt htpasswd " +
    "derivePassword genPrivateKey genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert " +
    "genSignedCertWithKey buildCustomCert encryptAES decryptAES"
  ).split(" ");
}
