import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { writeSmallIcons } from './scripts/small-icons.mjs';

/**
 * Astro drops style sheets that only a dynamic `import()` inside an island needs (the editor's). Naming them as
 * assets of their chunk keeps them; they then load together with the chunk.
 */
const keepLazyCss = {
  name: 'keep-lazy-css',
  generateBundle: {
    order: 'pre',
    handler(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const css of chunk.viteMetadata?.importedCss ?? []) chunk.viteMetadata.importedAssets.add(css);
      }
    },
  },
};

/**
 * Monaco makes one Error while it is read, only to throw it later. With developer tools at the page, a browser then reads the
 * whole of the editor once more to tell where that was, which takes longer than all the rest of the reading.
 */
const noErrorInAdvance = {
  name: 'no-error-in-advance',
  transform: {
    filter: { id: /monaco-editor\/.*\/contextkey\/common\/contextkey\.js$/ },
    handler(code) {
      const made = '_parseError = new Error();';
      if (!code.includes(made)) throw new Error('the Error that Monaco makes in advance is not where it was');
      return { code: code.replace(made, '_parseError = Object.freeze({});'), map: null };
    },
  },
};

/** The one script that stands in the pages themselves. */
const firstPaint = readFileSync(new URL('src/layouts/first-paint.js', import.meta.url));

const icons = fileURLToPath(new URL('node_modules/.cache/portbound/codicon.ttf', import.meta.url));
writeSmallIcons(icons);
const leftOut = fileURLToPath(new URL('src/playground/editor/left-out.ts', import.meta.url));

/** Nothing comes from another host, nothing is evaluated. Monaco sets style attributes, hence the one 'unsafe-inline'. */
const policy = {
  directives: [
    "default-src 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "object-src 'none'",
  ],
  scriptDirective: { hashes: [`sha256-${createHash('sha256').update(firstPaint).digest('base64')}`] },
  styleDirective: {
    resources: [
      { resource: "'self'", kind: 'element' },
      { resource: "'unsafe-inline'", kind: 'attribute' },
    ],
  },
};

export default defineConfig({
  base: process.env.PORTBOUND_BASE ?? '/',
  trailingSlash: 'always',
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  markdown: { syntaxHighlight: false },
  integrations: [mdx(), preact()],
  i18n: {
    defaultLocale: 'en',
    locales: ['en', { path: 'zh-cn', codes: ['zh-CN'] }],
    routing: { prefixDefaultLocale: false },
  },
  security: { csp: policy },
  vite: {
    plugins: [keepLazyCss, noErrorInAdvance],
    resolve: {
      alias: [
        // The editor without what it never shows: most of its icons, and whole widgets.
        { find: /^.*\/codicon\.ttf$/, replacement: icons },
        { find: /^.*\/(?:d|multiD)iffEditorWidget\.js$/, replacement: leftOut },
        { find: /^.*\/inlineCompletionsHintsWidget\.js$/, replacement: leftOut },
        { find: /^.*\/inlayHintsHover\.js$/, replacement: leftOut },
        { find: /^.*\/goToDefinitionAtPosition\.js$/, replacement: leftOut },
        { find: /^.*\/standaloneQuickInputService\.js$/, replacement: leftOut },
        { find: /^.*\/listService\.js$/, replacement: leftOut },
      ],
    },
    worker: { format: 'es' },
    build: {
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: {
        onLog(level, log, next) {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') next(level, log);
        },
      },
    },
  },
});
