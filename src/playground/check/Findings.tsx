import { type Finding, type Fix, speakers } from '@/checker/finding';
import type { Strings } from '../strings';
import type { Shown } from './shown';
import { Words } from './Words';

interface Props {
  readonly found: readonly Shown[];
  readonly lit: string | undefined;
  readonly t: Strings['check'];
  /** What a link to the page about a message is called. */
  readonly about: string;
  readonly onVisit: (id: string | undefined) => void;
  readonly onFix: (fix: Fix) => void;
}

const signs = { error: '✕', warning: '△', info: '○' } as const;

/** Findings by speaker, in the order in which the speakers would speak. */
export function Findings({ found, lit, t, about, onVisit, onFix }: Props) {
  const groups = speakers
    .map((speaker) => ({ speaker, own: found.filter(({ finding }) => finding.speaker === speaker) }))
    .filter(({ own }) => own.length > 0);
  return (
    <div class="findings">
      {groups.map(({ speaker, own }) => (
        <section key={speaker} class="speaker" aria-label={t.speakers[speaker]}>
          <h2>
            {t.speakers[speaker]}
            <span class={`tally ${worst(own)}`}>
              {signs[worst(own)]} {own.length}
            </span>
          </h2>
          <ul>
            {own.map((entry) => (
              <Item
                key={entry.id}
                entry={entry}
                lit={lit === entry.id}
                t={t}
                about={about}
                onVisit={onVisit}
                onFix={onFix}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

interface ItemProps extends Pick<Props, 't' | 'about' | 'onVisit' | 'onFix'> {
  readonly entry: Shown;
  readonly lit: boolean;
}

function Item({ entry: { id, finding, marker }, lit, t, about, onVisit, onFix }: ItemProps) {
  return (
    <li
      class={['finding', finding.severity, lit && 'lit'].filter(Boolean).join(' ')}
      onMouseEnter={() => onVisit(id)}
      onMouseLeave={() => onVisit(undefined)}
      onFocusIn={() => onVisit(id)}
    >
      {quoted(finding) ? (
        <p class="said mono">{finding.message}</p>
      ) : (
        <p class="said">
          <Words text={finding.message} />
        </p>
      )}
      <p class="where soft">
        <button type="button" class="quiet" onClick={() => onVisit(id)}>
          {t.line(finding.range.start.line + 1)}
        </button>
        {[
          finding.object,
          // Many texts of the API server begin with the path.
          finding.message.startsWith(finding.path) ? '' : finding.path,
          finding.at === undefined ? '' : t.after(`${Math.round(finding.at)} s`),
          finding.later ? t.later : '',
        ]
          .filter((part) => part !== '')
          .map((part) => (
            <span key={part}>{part}</span>
          ))}
        {marker.page && <a href={marker.page.href}>{about}</a>}
        {marker.lesson && <a href={marker.lesson.href}>{marker.lesson.title}</a>}
      </p>
      {finding.fixes.length > 0 && (
        <p class="fixes">
          {finding.fixes.map((fix) => (
            <button key={fix.title} type="button" class="button small" onClick={() => onFix(fix)}>
              {fix.title}
            </button>
          ))}
        </p>
      )}
    </li>
  );
}

/** Components are quoted to the letter; the rules of the check (`V06`) speak in prose. */
function quoted({ speaker, code }: Finding): boolean {
  return speaker !== 'nobody' && speaker !== 'advice' && !/^V\d/.test(code);
}

function worst(own: readonly Shown[]): 'error' | 'warning' | 'info' {
  const has = (severity: string) => own.some(({ finding }) => finding.severity === severity);
  return has('error') ? 'error' : has('warning') ? 'warning' : 'info';
}
