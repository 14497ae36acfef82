/** Where a finding is: a span of text or a setting; the wire form of the model's `Span | Setting`. */
import { Type } from "typebox";

export const span = Type.Object({
  path: Type.String(),
  startLine: Type.Integer(),
  startColumn: Type.Integer(),
  endLine: Type.Integer(),
  endColumn: Type.Integer(),
});

const setting = Type.Object({
  setting: Type.String(),
  resource: Type.String(),
  url: Type.Optional(Type.String()),
});

export const place = Type.Union([span, setting]);
