import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { loadDescriptions, mentionsExplain } from '@/kubectl/explain/load';
import { loadDescribers, mentionsDescribe } from '@/kubectl/describe/load';
import { loadHelpTexts, mentionsHelp } from '@/kubectl/help/load';
import { loadGoTemplates, mentionsGoTemplates } from '@/kubectl/output/load-go-templates';
import { loadRareTools, mentionsRareTools } from '@/shell/commands/load-rare-tools';
import { loadJq, mentionsJq } from '@/shell/jq/load';
import { loadResourceTools, mentionsResourceTools } from '@/shell/resources/load';
import { loadImagePages, mentionsImagePages } from './image-pages';

const parts = [
  { mentions: mentionsDescribe, load: loadDescribers },
  { mentions: mentionsExplain, load: loadDescriptions },
  { mentions: mentionsGoTemplates, load: loadGoTemplates },
  { mentions: mentionsHelp, load: loadHelpTexts },
  { mentions: mentionsImagePages, load: loadImagePages },
  { mentions: mentionsJq, load: loadJq },
  { mentions: mentionsRareTools, load: loadRareTools },
  { mentions: mentionsResourceTools, load: loadResourceTools },
];

/**
 * Loads the parts that only some lines need, if `text` (lines, a script, a recording) may come to need them. Rejects
 * when one cannot be had; without it a command says itself what it does not know.
 */
export async function loadMentioned(text: string, minor: KubernetesVersion = '1.36'): Promise<void> {
  await Promise.all(parts.map(({ mentions, load }) => (mentions(text) ? load(minor) : undefined)));
}
