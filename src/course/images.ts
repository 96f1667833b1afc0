import { ImageCatalogue } from '@/kubernetes/runtime/catalogue';
import type { ImageFile } from '@/kubernetes/runtime/image';
import { readManifest } from '@/manifest/read';

const files: Record<string, string> = import.meta.glob('/content/images/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
let catalogue: ImageCatalogue | undefined;

/** The images of content/images, read once. */
export function courseImages(): ImageCatalogue {
  catalogue ??= new ImageCatalogue(Object.values(files).map(readImage));
  return catalogue;
}

function readImage(text: string): ImageFile {
  // tests/kubernetes/runtime holds every file against image.schema.json.
  return readManifest(text).documents[0]?.value as ImageFile;
}
