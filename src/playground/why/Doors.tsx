import type { Strings } from '../strings';
import { clockText } from '../time';
import type { DoorState } from './door';
import type { PodWhy } from './pod-why';

interface Props {
  readonly why: PodWhy;
  readonly t: Strings['doors'];
}

const glyphs: Readonly<Record<DoorState, string>> = { passed: '✓', waiting: '…', refused: '✕', ahead: '○' };

/** The four whom a Pod has to pass, in their order, with their own words and what they looked at. */
export function Doors({ why, t }: Props) {
  return (
    <ol class="doors" aria-label={t.label}>
      {why.doors.map(({ door, state, at, text, because }) => (
        <li key={door} class={state}>
          <span class="who">
            <span class="glyph" aria-hidden="true">
              {glyphs[state]}
            </span>
            {t.names[door]}
            <span class="state">{t.states[state]}</span>
            {at !== undefined && <time class="mono soft">{clockText(at)}</time>}
          </span>
          {text !== '' && <p class="said mono">{text}</p>}
          {because.length > 0 && (
            <ul>
              {because.map((fact, i) => (
                <li key={i}>{fact}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The scheduler's last look: every node, who refused it, and looking at what. */
export function NodeTable({ why, t }: Props) {
  const { attempt } = why;
  if (!attempt || attempt.nodes.length === 0) return null;
  return (
    <div class="node-table">
      <table>
        <caption>{t.lastLook(clockText(attempt.at))}</caption>
        <thead>
          <tr>
            <th scope="col">{t.node}</th>
            <th scope="col">{t.answer}</th>
          </tr>
        </thead>
        <tbody>
          {attempt.nodes.map(({ node, refusedBy, reasons, because, plugins, total }) => (
            <tr key={node} class={refusedBy === undefined ? 'passed' : 'refused'}>
              <th scope="row">{node}</th>
              <td>
                {refusedBy === undefined
                  ? `${node === attempt.chosen ? t.chosen : t.fits}${total === undefined ? '' : ` · ${t.points(total)}`}`
                  : `${refusedBy}: ${reasons.join('; ')}`}
                {because.map((fact, i) => (
                  <p key={i}>{fact}</p>
                ))}
                {plugins.length > 0 && (
                  <details>
                    <summary>{t.plugins(plugins.length)}</summary>
                    <ul>
                      {plugins.map(({ plugin, verdict, reasons: said }) => (
                        <li key={plugin} class={verdict.replace(' ', '-')}>
                          {plugin}: {verdict}
                          {said.length > 0 && ` (${said.join('; ')})`}
                        </li>
                      ))}
                    </ul>
                  </details>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
