// The arrows of the house (docs/architecture.md): which room may import which. An import against the arrows is an error.
import path from 'node:path';

const site = ['playground', 'components', 'layouts', 'pages', 'styles'];
const engine = ['kubernetes', 'manifest'];
const allowed = {
  manifest: [],
  kubernetes: [],
  kubectl: engine,
  shell: ['kubectl', ...engine],
  checker: engine,
  assist: ['checker', 'kubectl', ...engine],
  course: ['shell', 'kubectl', 'checker', ...engine],
  playground: ['assist', 'course', 'shell', 'kubectl', 'checker', ...engine],
  components: ['playground', 'assist', 'course', 'shell', 'kubectl', 'checker', ...engine],
  layouts: ['components', 'playground', 'course', ...engine],
  pages: [
    'layouts',
    'components',
    'playground',
    'styles',
    'assist',
    'course',
    'shell',
    'kubectl',
    'checker',
    ...engine,
  ],
  cli: ['course', 'shell', 'kubectl', 'checker', ...engine],
};
// Parts of kubernetes/ that must not know one another: they meet at the API server only.
const components = ['controllers', 'scheduler', 'kubelet', 'kube-proxy'];

function placeOf(file) {
  const parts = file.split(path.sep);
  const src = parts.lastIndexOf('src');
  return src < 0 ? undefined : { room: parts[src + 1], folder: parts[src + 2] };
}

/** @type {import('eslint').Rule.RuleModule} */
export const arrows = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { wrong: '{{from}} may not import {{to}}: arrows run one way (docs/architecture.md).' },
  },
  create(context) {
    const here = placeOf(context.filename);
    if (!here || !(here.room in allowed)) return {};
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      let target;
      if (source.startsWith('@/')) target = placeOf(path.join('src', source.slice(2)));
      else if (source.startsWith('.')) target = placeOf(path.resolve(path.dirname(context.filename), source));
      if (!target) return;
      const siteInside = site.includes(here.room) && target.room === 'styles';
      if (target.room !== here.room && !siteInside && !allowed[here.room].includes(target.room)) {
        context.report({ node, messageId: 'wrong', data: { from: here.room, to: target.room } });
      } else if (
        here.room === 'kubernetes' &&
        target.room === 'kubernetes' &&
        components.includes(here.folder) &&
        components.includes(target.folder) &&
        here.folder !== target.folder
      ) {
        context.report({ node, messageId: 'wrong', data: { from: here.folder, to: target.folder } });
      }
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
