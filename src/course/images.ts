import { parse } from 'yaml';
import { ImageCatalogue } from '@/kubernetes/runtime/catalogue';
import type { ImageFile } from '@/kubernetes/runtime/image';

const files: Record<string, string> = import.meta.glob('/content/images/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
let catalogue: ImageCatalogue | undefined;

/** The images of content/images, read once. tests/kubernetes/runtime holds every file against image.schema.json. */
export function courseImages(): ImageCatalogue {
  catalogue ??= new ImageCatalogue(Object.values(files).map((text): ImageFile => parse(text)));
  return catalogue;
}
