/** What a source file imports, as `language:name`: `js:lodash`, `cs:Newtonsoft.Json.Linq`. */
export interface FileImports {
  readonly path: string;
  readonly names: readonly string[];
}
