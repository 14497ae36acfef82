/**
 * Saves a chart as a picture. It is drawn shape by shape from the chart's SVG with the colours that the page shows: as an
 * image of its own the SVG would know none of them, and the content security policy takes no such image.
 */
import type { Series } from "./bars.tsx";

interface Picture {
  readonly svg: SVGSVGElement;
  readonly title: string;
  readonly series: readonly Series[];
  /** Of the file. */
  readonly name: string;
}

const scale = 2;
const margin = 20;
const headHeight = 36;
const legendRoom = 28;

export async function savePng({ svg, title, series, name }: Picture): Promise<void> {
  const { width, height } = svg.getBoundingClientRect();
  const withLegend = series.length > 1;
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil((width + 2 * margin) * scale);
  canvas.height = Math.ceil((height + 2 * margin + headHeight) * scale);
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("This browser draws no pictures.");
  const look = getComputedStyle(document.body);
  pen.fillStyle = look.getPropertyValue("--sp-surface");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.scale(scale, scale);
  pen.translate(margin, margin);
  pen.fillStyle = look.getPropertyValue("--sp-ink");
  pen.font = `600 16px ${look.fontFamily}`;
  pen.textBaseline = "top";
  pen.fillText(title, 0, 0);
  pen.translate(0, headHeight);
  drawSvg(pen, svg);
  // The chart leaves room below for the legend of the page.
  pen.translate(0, height - legendRoom + 8);
  if (withLegend) drawLegend(pen, series, look);
  await download(canvas, name);
}

function drawSvg(pen: CanvasRenderingContext2D, svg: SVGSVGElement): void {
  for (const element of svg.querySelectorAll("path, rect, line, circle, text")) {
    if (!(element instanceof SVGGraphicsElement) || element.closest("defs, clipPath") !== null) continue;
    const look = getComputedStyle(element);
    if (look.display === "none" || look.visibility === "hidden") continue;
    // To the coordinates of the SVG, whatever groups it stands in.
    const matrix = element.getCTM();
    pen.save();
    if (matrix !== null) pen.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
    pen.globalAlpha = Number(look.opacity);
    if (element instanceof SVGTextElement) drawText(pen, element, look);
    else drawShape(pen, element, look);
    pen.restore();
  }
}

function drawText(pen: CanvasRenderingContext2D, element: SVGTextElement, look: CSSStyleDeclaration): void {
  pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
  pen.fillStyle = look.fill;
  pen.textBaseline = "alphabetic";
  const lines = element.querySelectorAll("tspan");
  for (const line of lines.length === 0 ? [element] : lines) {
    if (line.getNumberOfChars() === 0) continue;
    const { x, y } = line.getStartPositionOfChar(0);
    pen.fillText(line.textContent, x, y);
  }
}

function drawShape(pen: CanvasRenderingContext2D, element: SVGGraphicsElement, look: CSSStyleDeclaration): void {
  const path = pathOf(element);
  if (look.fill !== "none") {
    pen.fillStyle = look.fill;
    pen.globalAlpha *= Number(look.fillOpacity);
    pen.fill(path);
  }
  if (look.stroke === "none") return;
  pen.globalAlpha = Number(look.opacity) * Number(look.strokeOpacity);
  pen.strokeStyle = look.stroke;
  pen.lineWidth = Number.parseFloat(look.strokeWidth);
  pen.setLineDash(look.strokeDasharray === "none" ? [] : look.strokeDasharray.split(/[\s,]+/).map(Number.parseFloat));
  pen.stroke(path);
}

function pathOf(element: SVGGraphicsElement): Path2D {
  if (element instanceof SVGPathElement) return new Path2D(element.getAttribute("d") ?? "");
  const path = new Path2D();
  if (element instanceof SVGRectElement) {
    const { x, y, width, height } = element;
    path.rect(x.baseVal.value, y.baseVal.value, width.baseVal.value, height.baseVal.value);
  } else if (element instanceof SVGLineElement) {
    path.moveTo(element.x1.baseVal.value, element.y1.baseVal.value);
    path.lineTo(element.x2.baseVal.value, element.y2.baseVal.value);
  } else if (element instanceof SVGCircleElement) {
    path.arc(element.cx.baseVal.value, element.cy.baseVal.value, element.r.baseVal.value, 0, 2 * Math.PI);
  }
  return path;
}

function drawLegend(pen: CanvasRenderingContext2D, series: readonly Series[], look: CSSStyleDeclaration): void {
  pen.font = `13px ${look.fontFamily}`;
  pen.textBaseline = "top";
  let x = 0;
  for (const { name, color } of series) {
    pen.fillStyle = look.getPropertyValue(/var\((.+)\)/.exec(color)?.[1] ?? "--sp-accent");
    pen.fillRect(x, 2, 11, 11);
    pen.fillStyle = look.getPropertyValue("--sp-ink");
    pen.fillText(name, x + 17, 1);
    x += 17 + pen.measureText(name).width + 22;
  }
}

async function download(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob === null) throw new Error("The picture could not be written.");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
