/** The options that are known here; others are refused. */
export const curlOptions = {
  flags: [
    's',
    'S',
    'V',
    'version',
    'I',
    'v',
    'f',
    'L',
    'k',
    'i',
    'g',
    '4',
    '6',
    'N',
    'G',
    'silent',
    'show-error',
    'head',
    'verbose',
    'fail',
    'location',
    'insecure',
    'include',
    'ipv4',
    'ipv6',
    'no-progress-meter',
    'compressed',
    'http1.1',
    'O',
    'remote-name',
    '#',
    'progress-bar',
    'fail-with-body',
    'get',
    'no-buffer',
    '0',
    'q',
    'h',
    'help',
    'location-trusted',
  ],
  withValue: [
    'o',
    'w',
    'm',
    'X',
    'H',
    'd',
    'A',
    'u',
    'x',
    'output',
    'write-out',
    'max-time',
    'connect-timeout',
    'request',
    'header',
    'data',
    'data-raw',
    'data-binary',
    'json',
    'e',
    'referer',
    'b',
    'cookie',
    'user-agent',
    'interface',
    'retry',
    'resolve',
    'connect-to',
    'max-redirs',
    'user',
    'url',
  ],
};

/** `curl --help`, as far as its options are known here: src/tool_help.c. */
export const curlUsage = `Usage: curl [options...] <url>
 -d, --data <data>          HTTP POST data
 -f, --fail                 Fail fast with no output on HTTP errors
 -h, --help <category>      Get help for commands
 -i, --include              Include protocol response headers in the output
 -o, --output <file>        Write to file instead of stdout
 -O, --remote-name          Write output to a file named as the remote file
 -s, --silent               Silent mode
 -u, --user <user:password> Server user and password
 -A, --user-agent <name>    Send User-Agent <name> to server
 -v, --verbose              Make the operation more talkative
 -V, --version              Show version number and quit

This is not the full help, this menu is stripped into categories.
Use "--help category" to get an overview of all categories.
For all options use the manual or "--help all".
`;
