/** All functions that a chart may call: those of Go, of sprig and of Helm. */
import { conversionFunctions } from "./functions/conversion.ts";
import { dictFunctions } from "./functions/dicts.ts";
import { encodingFunctions } from "./functions/encoding.ts";
import { goFunctions } from "./functions/go.ts";
import { listFunctions } from "./functions/lists.ts";
import { numberFunctions } from "./functions/numbers.ts";
import { pathFunctions } from "./functions/paths.ts";
import { reflectionFunctions } from "./functions/reflection.ts";
import { regexFunctions } from "./functions/regex.ts";
import { renderingFunctions } from "./functions/rendering.ts";
import { semverFunctions } from "./functions/semver.ts";
import { textFunctions } from "./functions/texts.ts";
import type { FunctionTable } from "./template-function.ts";

export const templateFunctions: FunctionTable = {
  ...goFunctions,
  ...textFunctions,
  ...listFunctions,
  ...dictFunctions,
  ...numberFunctions,
  ...conversionFunctions,
  ...encodingFunctions,
  ...regexFunctions,
  ...semverFunctions,
  ...pathFunctions,
  ...reflectionFunctions,
  ...renderingFunctions,
};
