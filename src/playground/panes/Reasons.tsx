import type { Target } from '../session/look';
import type { Reason } from '../session/reasons';
import { clockText } from '../time';

interface Props {
  readonly reasons: readonly Reason[];
  /** What is said where there are none. */
  readonly none: string;
}

/** Recorded decisions, the latest first: who, what, and looking at what. */
export function Reasons({ reasons, none }: Props) {
  if (reasons.length === 0) return <p class="soft">{none}</p>;
  return (
    <ol class="reasons">
      {[...reasons].reverse().map((reason, i) => (
        <li key={reasons.length - i}>
          <span class="who">
            {reason.component} <time class="mono soft">{clockText(reason.at)}</time>
          </span>
          <p class="said">{reason.verdict}</p>
          {reason.because.length > 0 && (
            <ul>
              {reason.because.map((fact, j) => (
                <li key={j}>{fact}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The decisions about one object. `resource` as kubectl takes it: `pods`, `deployment.apps`. */
export function concerning(reasons: readonly Reason[], { resource, name, namespace }: Target): readonly Reason[] {
  const kind = (resource.split('.', 1)[0] ?? '').toLowerCase();
  const subject = namespace === undefined ? name : `${namespace}/${name}`;
  return reasons.filter((reason) => {
    const own = reason.kind.toLowerCase();
    return reason.subject === subject && (kind.startsWith(own) || own.startsWith(kind));
  });
}
