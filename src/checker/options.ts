import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { ImageCatalogue } from '@/kubernetes/runtime/catalogue';
import type { WorldFile } from '@/kubernetes/world';

export interface CheckOptions {
  /** The place the manifest is meant for. */
  readonly world: WorldFile;
  /** The images that the forecast can run; without them every container only sleeps. */
  readonly images?: ImageCatalogue;
  readonly kubernetes?: KubernetesVersion;
  /** Pod Security level that the namespaces of the manifest enforce. */
  readonly podSecurity?: 'privileged' | 'baseline' | 'restricted';
  readonly locale?: 'en' | 'zh-cn';
  /** Name that messages give the text: `web.yaml`. */
  readonly file?: string;
  /** Also play the manifest on the simulated cluster for this many seconds (default 120; 0 = do not). */
  readonly forecast?: number;
}
