import type { NodeFile, WorldFile } from '@/kubernetes/world';
import type { Strings } from '../strings';
import { processesText, readProcesses, readTaints, taintsText, withNode } from './edit-world';
import { useTyped } from './typed';

interface Props {
  readonly world: WorldFile;
  readonly t: Strings['world'];
  readonly onChange: (world: WorldFile) => void;
}

const nameForm = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const addressForm = /^(\d{1,3}\.){3}\d{1,3}$/;

/** The machines, a row each: what they are called, where they are, whom they keep away, which ports are taken. */
export function NodeRows({ world, t, onChange }: Props) {
  const set = (index: number, change: Partial<NodeFile>) => onChange(withNode(world, index, change));
  const taken = (field: 'name' | 'internalIP', index: number) =>
    world.nodes.filter((_, i) => i !== index).map((node) => node[field]);
  return (
    <table class="world-nodes">
      <caption>{t.machines}</caption>
      <thead>
        <tr>
          <th scope="col">{t.name}</th>
          <th scope="col">{t.address}</th>
          <th scope="col">{t.taints}</th>
          <th scope="col">{t.processes}</th>
        </tr>
      </thead>
      <tbody>
        {world.nodes.map((node, index) => (
          <tr key={index}>
            <Cell
              label={`${t.name} ${index + 1}`}
              column={t.name}
              value={node.name}
              fault={t.faults.name}
              onSettle={(name) => {
                if (!nameForm.test(name) || taken('name', index).includes(name)) return false;
                set(index, { name });
                return true;
              }}
            />
            <Cell
              label={`${t.address} ${index + 1}`}
              column={t.address}
              value={node.internalIP}
              fault={t.faults.address}
              onSettle={(internalIP) => {
                if (!addressForm.test(internalIP) || taken('internalIP', index).includes(internalIP)) return false;
                set(index, { internalIP });
                return true;
              }}
            />
            <Cell
              label={`${t.taints} ${index + 1}`}
              column={t.taints}
              value={taintsText(node.taints)}
              fault={t.faults.taints}
              onSettle={(text) => {
                const taints = readTaints(text);
                if (taints) set(index, { taints });
                return taints !== undefined;
              }}
            />
            <Cell
              label={`${t.processes} ${index + 1}`}
              column={t.processes}
              value={processesText(node.processes)}
              fault={t.faults.processes}
              onSettle={(text) => {
                const processes = readProcesses(text);
                if (processes) set(index, { processes });
                return processes !== undefined;
              }}
            />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly label: string;
  readonly column: string;
  readonly value: string;
  readonly fault: string;
  /** False when the text is not taken. */
  readonly onSettle: (text: string) => boolean;
}

/** A field that is taken when one leaves it; a text that cannot be taken stays, and says why. */
function Cell({ label, column, value, fault, onSettle }: CellProps) {
  const { text, wrong, type } = useTyped(value);
  const id = `fault-${label.replace(/\W+/g, '-')}`;
  return (
    <td data-column={column}>
      <input
        class="mono"
        aria-label={label}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        spellcheck={false}
        autocomplete="off"
        value={text}
        onInput={(event) => type(event.currentTarget.value)}
        onChange={({ currentTarget: { value: left } }) => type(left, left !== value && !onSettle(left.trim()))}
      />
      {wrong && (
        <span class="fault" id={id}>
          {fault}
        </span>
      )}
    </td>
  );
}
