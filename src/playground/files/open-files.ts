import { readScenarioFile } from '../share/link';
import { openScenario } from '../share/open';
import type { Board } from '../state';
import type { Strings } from '../strings';
import { readFiles } from './read-dropped';
import { add } from './workspace';

/** Opens files that were dropped, pasted or chosen: manifests as tabs, a scenario file as the session it holds. */
export async function openFiles(board: Board, list: Iterable<File>, t: Strings): Promise<void> {
  const { files, refused } = await readFiles(list);
  const scenario = files.find(({ name, text }) => name.endsWith('.json') && text.includes('"portbound"'));
  if (scenario) {
    const read = readScenarioFile(scenario.text);
    if (typeof read === 'object') await openScenario(board, read, t);
    else board.banner.value = { tone: 'refuse', text: t.share.fileFaults[read] };
    return;
  }
  if (files.length > 0) board.workspace.value = add(board.workspace.value, files);
  const words = refused.map(({ name, fault }) => t.files.refused[fault](name));
  if (words.length > 0) board.banner.value = { tone: 'refuse', text: words.join(' ') };
}
