import { duplicateKeys } from '@/manifest/duplicate-keys';
import type { ManifestDocument } from '@/manifest/manifest';
import { pathText, type Remark } from './remark';

/**
 * Keys that stand twice in one mapping. Nobody refuses them: kubectl turns YAML into JSON, the last one wins, and the
 * server never hears of the others. Upstream: sigs.k8s.io/yaml yaml.go `YAMLToJSON`
 */
export function sayDuplicates(document: ManifestDocument): Remark[] {
  return duplicateKeys(document).map(({ name, path, earlier, key, removeEarlier }) => {
    const line = earlier.start.line + 1;
    return {
      document: document.index,
      object: '',
      severity: 'warning',
      code: 'DuplicateKey',
      speaker: 'nobody',
      message: `\`${name}\` stands here a second time. kubectl keeps the last one and says nothing; what line ${line} sets is lost.`,
      path: pathText(path),
      range: key,
      fixes:
        removeEarlier.length > 0
          ? [{ title: `Remove the one on line ${line}, which is not read`, safe: true, edits: removeEarlier }]
          : [],
    };
  });
}
