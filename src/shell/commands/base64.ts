import { decodeBase64Text, encodeBase64 } from '@/kubernetes/api/base64';
import { type ShellCommand, plain } from '../command';
import { readSources } from './input-files';
import { hasFlag, lastValue, readOptions } from './options';

/** GNU base64: lines of 76 characters, `-w 0` in one; `-d` back again. */
export const base64: ShellCommand = plain((args, context) => {
  const options = readOptions(args, { flags: ['d', 'decode', 'D', 'i'], withValue: ['w', 'wrap'] });
  const { sources, failed } = readSources('base64', options.operands.slice(0, 1), context);
  for (const { text } of sources) {
    if (hasFlag(options, 'd', 'decode', 'D')) {
      context.stdout(decodeBase64Text(text));
      if (/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) continue;
      context.stderr('base64: invalid input\n');
      return 1;
    }
    const width = Number(lastValue(options, 'w', 'wrap') ?? 76);
    const encoded = encodeBase64(text);
    const lines = width === 0 ? [encoded] : (encoded.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
    context.stdout(width === 0 ? encoded : lines.map((line) => `${line}\n`).join(''));
  }
  return failed ? 1 : 0;
});
