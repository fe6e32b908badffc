import { AccessEdge, EdgeKind } from '../graph/access-edge';
import { AccessPath } from '../graph/paths';

/** One step of a way through an app, in words and plain data. */
export interface DescribedEdge {
  readonly from: string;
  readonly kind: EdgeKind;
  readonly to: string;
  readonly actions: readonly string[];
  readonly answer: 'allowed' | 'unknown';
  readonly reasons: readonly { readonly constructPath: string; readonly property?: string; readonly text: string }[];
}

export function describePath(path: AccessPath): readonly DescribedEdge[] {
  return path.map(describeEdge);
}

export function describeEdge({ from, kind, to, actions, answer, reasons }: AccessEdge): DescribedEdge {
  return {
    from: from.name,
    kind,
    to: to.name,
    actions,
    answer,
    reasons: reasons.map(({ resource, property, text }) =>
      ({ constructPath: String(resource), ...property === undefined ? {} : { property }, text })),
  };
}
