import { useEffect } from 'preact/hooks';

/**
 * Takes files that are dropped anywhere on a page of its own: a browser would leave the page for them. What a part of the
 * page takes itself does not come here.
 */
export function useDropped(own: boolean, take: (files: readonly File[]) => unknown): void {
  useEffect(() => {
    if (!own) return undefined;
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      take([...event.dataTransfer.files]);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, []);
}
