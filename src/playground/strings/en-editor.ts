/** The words of the manifest editor: what it says of fields, and its tools. */
export const editor = {
  editor: {
    required: 'required',
    values: 'Values:',
    fallback: (value: string) => `Left out, it is \`${value}\`.`,
    fillsIn: 'The API server fills in:',
    fillsInPods: 'In the Pods made from it, the API server fills in:',
    inPods: 'in the Pod',
    more: (count: number) => `+${count}`,
    change: {
      taken: 'It can be changed later.',
      rollout: 'When it is changed, new Pods replace the old ones.',
      'later-pods': 'It can be changed; only Pods made after that have it.',
      refused: 'It cannot be changed later. The API server refuses:',
    },
    hints: 'Show defaults',
    format: 'Format',
    formatTitle: 'Even indentation, comments kept (Shift+Alt+F)',
    formatRefused: 'This cannot be formatted: it is not readable YAML.',
    formatSame: 'It is formatted already.',
    formatDone: 'Formatted. Undo takes it back.',
    lessonTitle: (number: number, title: string) => `Lesson ${number}: ${title}`,
    lessonPlanned: (number: number, title: string) => `Lesson ${number} (planned): ${title}`,
  },
};
