import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Whether an element is within a window's height or so of what is seen of its pane. */
export function useNear(element: RefObject<HTMLElement>, always: boolean): boolean {
  const near = useSignal(false);
  useEffect(() => {
    if (!element.current || always) return undefined;
    const observer = new IntersectionObserver(
      (entries) => (near.value = entries.at(-1)?.isIntersecting ?? near.value),
      { root: element.current.closest('.pane-body'), rootMargin: '500px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [always]);
  return always || near.value;
}
