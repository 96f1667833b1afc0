// Makes the site readable offline: registers the worker that scripts/sw.mjs wrote, and lets it store the large files once the
// page has nothing else to do. Where there is no worker (a development server), nothing happens.
if ('serviceWorker' in navigator && location.protocol.startsWith('http')) {
  const base = new URL('.', document.currentScript.src);
  addEventListener('load', async () => {
    // Who is offline now and reads this has the worker already.
    if (!navigator.onLine) return;
    try {
      if (!(await fetch(new URL('sw.js', base), { method: 'HEAD' })).ok) return;
      await navigator.serviceWorker.register(new URL('sw.js', base));
      const { active } = await navigator.serviceWorker.ready;
      const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 3000));
      idle(() => active?.postMessage('store-the-rest'));
    } catch {
      // Storage may be forbidden or full; the site works without.
    }
  });
}
