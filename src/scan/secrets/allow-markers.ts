/** `sallyport:allow <rule>[#fingerprint] reason` beside a secret, or alone in a comment on the line above it. */
import type { Span } from "#model/span.ts";
import { linePositions } from "./line-positions.ts";
import { lineEnd, lineStart, type View } from "./view.ts";

export interface AllowMarker {
  /** Line-start offset of the line it speaks about. */
  readonly line: number;
  /** Rule id with or without `secrets/`. */
  readonly rule: string;
  /** First digits of the fingerprint; with it a new secret on that line is still reported. */
  readonly fingerprint?: string;
  readonly reason: string;
  readonly at: Omit<Span, "path">;
}

const marker = "sallyport:allow";

export function allowMarkers(view: View): readonly AllowMarker[] {
  const { bytes } = view;
  const markers: AllowMarker[] = [];
  const positionOf = linePositions(bytes);
  for (let at = bytes.indexOf(marker); at >= 0 && markers.length < 1000; at = bytes.indexOf(marker, at + 1)) {
    const end = lineEnd(view, at, 400);
    const text = bytes.toString("utf8", at + marker.length, end);
    const match = /^[ \t]+([a-z0-9/-]{3,80})(?:#([0-9a-f]{6,64}))?(?:[ \t]+([^\r\n]*))?/.exec(text);
    if (match === null) continue;
    const start = lineStart(view, at);
    const before = bytes.toString("latin1", start, at);
    const alone = /^[\s#/*;<!\-'"]*(REM )?$/i.test(before);
    const line = alone ? Math.min(bytes.length, lineEnd(view, at, 4000) + 1) : start;
    markers.push({
      line: alone && bytes[line] === 10 && bytes[line - 1] === 13 ? line + 1 : line,
      rule: (match[1] ?? "").replace(/^secrets\//, ""),
      ...(match[2] !== undefined && { fingerprint: match[2] }),
      reason: (match[3] ?? "").replace(/\s*(\*\/|-->).*$/, "").trim(),
      at: positionOf(at, at + marker.length),
    });
  }
  return markers;
}

/** The marker that silences a finding, if any. */
export function markerFor(
  markers: readonly AllowMarker[],
  line: number,
  rule: string,
  fingerprint: string,
): AllowMarker | undefined {
  return markers.find(
    (one) =>
      one.line === line &&
      `secrets/${one.rule}` === rule &&
      (one.fingerprint === undefined || fingerprint.startsWith(one.fingerprint)),
  );
}
