import type { WorldFile } from '@/kubernetes/world';
import type { Strings } from '../strings';
import { mostNodes, podSecurityOf, withNodeCount, withPodSecurity } from './edit-world';
import { NodeRows } from './NodeRows';
import { useTyped } from './typed';

interface Props {
  readonly world: WorldFile;
  readonly worlds: readonly WorldFile[];
  readonly t: Strings['world'];
  readonly onChange: (world: WorldFile) => void;
}

const versions = ['1.36', '1.35', '1.34'] as const;
const backends = ['portmap-iptables', 'portmap-nftables', 'ebpf', 'none'] as const;
const proxies = ['iptables', 'nftables', 'ipvs'] as const;
const networks = ['bridge', 'flannel', 'none'] as const;
const policies = ['none', 'enforced'] as const;
const registries = ['open', 'unreachable'] as const;
const levels = ['privileged', 'baseline', 'restricted'] as const;

/** The fields of a world that a learner turns. */
export function WorldForm({ world, worlds, t, onChange }: Props) {
  const set = (change: Partial<WorldFile>) => onChange({ ...world, ...change });
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <div class="world-fields">
        <label>
          <span>{t.begin}</span>
          <select
            value={worlds.includes(world) ? world.name : ''}
            onChange={(event) => {
              const chosen = worlds.find((entry) => entry.name === event.currentTarget.value);
              if (chosen) onChange(chosen);
            }}
          >
            {!worlds.includes(world) && <option value="">{t.changed(world.name)}</option>}
            {worlds.map((entry) => (
              <option key={entry.name} value={entry.name}>
                {entry.name}
              </option>
            ))}
          </select>
        </label>
        <Choice
          label={t.version}
          values={versions}
          value={world.kubernetes ?? '1.36'}
          onChange={(kubernetes) => {
            const { release: _, ...rest } = world;
            onChange({ ...rest, kubernetes });
          }}
        />
        <label>
          <span>{t.nodes}</span>
          <NodeCount count={world.nodes.length} onSettle={(count) => onChange(withNodeCount(world, count))} />
        </label>
        <Choice
          label={t.backend}
          values={backends}
          names={t.backends}
          value={world.hostPortBackend ?? 'portmap-iptables'}
          onChange={(hostPortBackend) => set({ hostPortBackend })}
        />
        <Choice
          label={t.proxy}
          values={proxies}
          value={world.kubeProxy ?? 'iptables'}
          onChange={(kubeProxy) => set({ kubeProxy })}
        />
        <Choice
          label={t.network}
          values={networks}
          names={t.networks}
          value={world.cni ?? 'bridge'}
          onChange={(cni) => set({ cni })}
        />
        <Choice
          label={t.policy}
          values={policies}
          names={t.policies}
          value={world.networkPolicy ?? 'none'}
          onChange={(networkPolicy) => set({ networkPolicy })}
        />
        <Choice
          label={t.podSecurity}
          values={levels}
          value={podSecurityOf(world)}
          onChange={(level) => onChange(withPodSecurity(world, level))}
        />
        <Choice
          label={t.registry}
          values={registries}
          names={t.registries}
          value={world.registry ?? 'open'}
          onChange={(registry) => set({ registry })}
        />
        <label class="tick">
          <input
            type="checkbox"
            checked={world.dns ?? false}
            onChange={(event) => set({ dns: event.currentTarget.checked })}
          />
          <span>{t.dns}</span>
        </label>
      </div>
      <NodeRows world={world} t={t} onChange={onChange} />
    </form>
  );
}

function NodeCount({ count, onSettle }: { count: number; onSettle: (count: number) => void }) {
  const { text, type } = useTyped(String(count));
  return (
    <input
      type="number"
      min={1}
      max={mostNodes}
      value={text}
      onInput={(event) => type(event.currentTarget.value)}
      onChange={(event) => {
        onSettle(event.currentTarget.valueAsNumber || 1);
        // A number beyond the bounds changes nothing, and must not stay in the field.
        type(String(count));
      }}
    />
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly values: readonly T[];
  readonly names?: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ label, values, names, value, onChange }: ChoiceProps<T>) {
  return (
    <label>
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const chosen = values.find((entry) => entry === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {values.map((entry) => (
          <option key={entry} value={entry}>
            {names?.[entry] ?? entry}
          </option>
        ))}
      </select>
    </label>
  );
}
