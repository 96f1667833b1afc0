import type { ShellCommand } from '../command';
import { curlOptions, curlUsage } from './curl-options';
import { readData } from './curl-request';
import { pinnedNames } from './curl-targets';
import { type Shared, Transfer } from './curl-transfer';
import { hasFlag, readOptions } from './options';

/** curl 7.88.1 for plain HTTP. TLS is not simulated, and says so. */
export const curl: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, curlOptions);
    if (hasFlag(options, 'V', 'version')) {
      // src/tool_help.c `tool_version_info`; of what a real one is built with, only this is simulated.
      context.stdout('curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nRelease-Date: 2023-02-20\nProtocols: http\n');
      return 0;
    }
    if (hasFlag(options, 'h', 'help')) {
      context.stdout(curlUsage);
      return 0;
    }
    if (options.unknown !== undefined) {
      const word = options.unknown.startsWith('--') ? options.unknown : `-${options.unknown}`;
      context.stderr(
        `curl: option ${word}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
      );
      return 2;
    }
    const urls = [...options.operands, ...(options.values.get('url') ?? [])];
    if (urls.length === 0) {
      context.stderr("curl: try 'curl --help' or 'curl --manual' for more information\n");
      return 2;
    }
    const pinned = pinnedNames(options);
    if (typeof pinned === 'string') {
      const text = `Couldn't parse CURLOPT_RESOLVE entry '${pinned}'`;
      if (hasFlag(options, 'v', 'verbose')) context.stderr(`* ${text}\n`);
      if (!hasFlag(options, 's', 'silent') || hasFlag(options, 'S', 'show-error'))
        context.stderr(`curl: (49) ${text}\n`);
      return 49;
    }
    if (hasFlag(options, 'v', 'verbose'))
      for (const { text } of pinned) context.stderr(`* Added ${text} to DNS cache\n`);
    const shared: Shared = { pinned, data: readData(options, context), connections: 0 };
    let code = 0;
    for (const [index, url] of urls.entries()) code = yield* new Transfer(url, index, options, context, shared).run();
    return code;
  },
};
