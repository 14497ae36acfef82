/** A place in a text: lines and columns count from 1, in UTF-16 units; the end is exclusive. */
export interface Span {
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A place that is no text: a setting of an organization, project, pipeline or repository. */
export interface Setting {
  readonly setting: string;
  readonly resource: string;
  readonly url?: string;
}

export function isSpan(at: Span | Setting): at is Span {
  return "path" in at;
}
