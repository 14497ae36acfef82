/**
 * An attack path as a drawing that one walks: arrows, Home and End, j and k, or a click choose a step. Who hears the page has
 * its steps as an ordered list; the drawing itself is for the eye.
 */
import { useElementSize } from "@mantine/hooks";
import { IconScissors } from "@tabler/icons-react";
import { type KeyboardEvent, useRef } from "react";
import type { AttackPathDetail } from "#api/attack-paths/contract.ts";
import { pathEdgeLabels, pathNodeLabels } from "../../ui/posture-words.ts";
import { usePageKeys } from "../../ui/use-page-keys.ts";
import { layOutPath, nodeHeight, type PathDrawing } from "./lay-out-path.ts";
import { NodeIcon } from "./node-icon.tsx";
import classes from "./path-graph.module.css";

interface Properties {
  readonly path: AttackPathDetail;
  /** The index of the edge that is shown beside. */
  readonly shown: number;
  readonly onShow: (edge: number) => void;
}

export function PathGraph({ path, shown, onShow }: Properties) {
  const { ref, width } = useElementSize();
  const buttons = useRef(new Map<number, HTMLButtonElement>());
  const { edges } = path;
  const drawing = layOutPath(edges, width);
  const isCut = (edge: number) => path.changes.some((change) => change.edge === edge);
  const show = (edge: number) => {
    const next = Math.max(0, Math.min(edges.length - 1, edge));
    onShow(next);
    buttons.current.get(next)?.focus();
  };
  usePageKeys([
    ["j", () => show(shown + 1)],
    ["k", () => show(shown - 1)],
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepOf(event.key, shown, edges.length);
    if (next === undefined) return;
    event.preventDefault();
    show(next);
  };
  return (
    <div ref={ref} className={classes.graph} style={{ height: drawing.height }}>
      <Lines drawing={drawing} shown={shown} isCut={isCut} onShow={show} />
      <Nodes drawing={drawing} />
      <ol className={classes.steps} aria-label="Steps of the path">
        {edges.map((edge, index) => {
          const at = drawing.edges[index];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a path are told apart by where they stand
            <li key={index}>
              <button
                type="button"
                ref={(element) => {
                  if (element === null) buttons.current.delete(index);
                  else buttons.current.set(index, element);
                }}
                className={classes.edge}
                style={{ left: at?.x ?? 0, top: at?.y ?? 0 }}
                tabIndex={index === shown ? 0 : -1}
                aria-current={index === shown ? "step" : undefined}
                aria-label={sayStep(edge, isCut(index))}
                data-cut={isCut(index) || undefined}
                onClick={() => show(index)}
                onKeyDown={onKeyDown}
              >
                {isCut(index) ? <IconScissors size={15} stroke={1.8} aria-hidden="true" /> : null}
                {pathEdgeLabels[edge.is]}
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function stepOf(key: string, shown: number, count: number): number | undefined {
  if (key === "ArrowDown" || key === "ArrowRight") return shown + 1;
  if (key === "ArrowUp" || key === "ArrowLeft") return shown - 1;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : undefined;
}

function sayStep({ is, from, to }: AttackPathDetail["edges"][number], isCut: boolean): string {
  return `${from.name} ${pathEdgeLabels[is]} ${to.name}${isCut ? ": the cut" : ""}`;
}

interface LinesProperties {
  readonly drawing: PathDrawing;
  readonly shown: number;
  readonly isCut: (edge: number) => boolean;
  readonly onShow: (edge: number) => void;
}

function Lines({ drawing, shown, isCut, onShow }: LinesProperties) {
  return (
    <svg className={classes.lines} aria-hidden="true" focusable="false">
      <defs>
        {(["plain", "shown", "cut"] as const).map((look) => (
          <marker
            key={look}
            id={`path-${look}`}
            className={classes[look]}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8Z" />
          </marker>
        ))}
      </defs>
      {drawing.edges.map(({ line }, edge) => {
        const look = isCut(edge) ? "cut" : edge === shown ? "shown" : "plain";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the edges of a path are told apart by where they stand
          <g key={edge} className={classes[look]} data-shown={edge === shown || undefined}>
            <path d={line} className={classes.line} markerEnd={`url(#path-${look})`} />
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the mouse may hit the line, too; keyboards have its button */}
            <path d={line} className={classes.wide} onClick={() => onShow(edge)} />
          </g>
        );
      })}
    </svg>
  );
}

function Nodes({ drawing: { nodes, nodeWidth } }: { readonly drawing: PathDrawing }) {
  return nodes.map(({ node, x, y }, index) => (
    <div
      key={`${node.kind} ${node.id}`}
      className={classes.node}
      style={{ left: x, top: y, width: nodeWidth, height: nodeHeight }}
      data-end={index === 0 ? "entry" : index === nodes.length - 1 ? "target" : undefined}
      title={node.name}
      aria-hidden="true"
    >
      <span className={classes.icon}>
        <NodeIcon kind={node.kind} size={20} />
      </span>
      <span className={classes.words}>
        <span className={classes.kind}>{pathNodeLabels[node.kind]}</span>
        <span className={classes.name}>{node.name}</span>
      </span>
    </div>
  ));
}
