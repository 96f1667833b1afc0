import type { Journey, Stop } from '@/shell/net/journey';
import type { Strings } from '../strings';

interface Props {
  readonly journeys: readonly Journey[];
  readonly t: Strings;
}

/** The ways that the packets of a command went: every machine, every rule that changed them, and who took them. */
export function Journeys({ journeys, t }: Props) {
  return (
    <>
      {journeys.map((journey, i) => (
        <details class="journey" key={i}>
          <summary>{summary(journey, t)}</summary>
          <ol>
            {journey.stops.map((stop, j) => (
              <li key={j}>
                <b>{placeOf(stop, t)}</b> {stop.text}
                {stop.rules.length > 0 && (
                  <ul>
                    {stop.rules.map((rule, k) => (
                      <li key={k}>
                        <code>{rule}</code>
                      </li>
                    ))}
                  </ul>
                )}
                {changes(journey.stops, j) && <code class="packet">{stop.packet}</code>}
              </li>
            ))}
          </ol>
        </details>
      ))}
    </>
  );
}

function summary({ from, to, result, source, taker }: Journey, t: Strings): string {
  const address = to.address.includes(':') ? `[${to.address}]` : to.address;
  const goal = to.protocol === 'ICMP' ? to.address : `${address}:${to.port}`;
  const way = t.journey.way(from.replace(/\/.*$/, ''), goal);
  return result === 'answered'
    ? `${way} ${t.journey.answered(taker ?? '', source)}`
    : `${way} ${t.journey.results[result]}`;
}

/** The machine, or the Pod's network on it. */
function placeOf({ host, namespace }: Stop, t: Strings): string {
  return namespace === 'host' ? host : t.journey.inPod(host);
}

/** The packet is told where it begins, and wherever it is another than before. */
function changes(stops: readonly Stop[], index: number): boolean {
  return index === 0 || stops[index]?.packet !== stops[index - 1]?.packet;
}
