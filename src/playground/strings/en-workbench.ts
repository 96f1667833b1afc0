/** The words of the tools around the playground: files, links, comparison. */
export const workbench = {
  files: {
    tabs: 'Open files',
    add: 'New file',
    open: 'Open files from this computer',
    rename: (name: string) => `Rename ${name}`,
    close: (name: string) => `Close ${name}`,
    name: 'File name',
    ownFile: 'a file of your own',
    drop: 'Drop files here to open them',
    faults: {
      empty: 'A file needs a name.',
      taken: 'Another open file has that name.',
      characters: 'Use letters, digits, dots, hyphens and underscores: the name is typed on the command line.',
      long: 'A file name may have at most 80 characters.',
    },
    refused: {
      large: (name: string) => `${name} is larger than 5 MB and was not opened.`,
      binary: (name: string) => `${name} is not a text and was not opened.`,
      unreadable: (name: string) => `${name} could not be read from the disk.`,
    },
    back: 'Your files of the last visit are here.',
    carryOn: (count: number) => `Do again what you did (${count} ${count === 1 ? 'command' : 'commands'})`,
    notKept: {
      full: 'The browser has no room left to keep your draft. Download it under Share before you leave the page.',
      forbidden: 'The browser allows no storage, so your draft is not kept. Download it under Share before you leave.',
    },
  },
  share: {
    button: 'Share',
    title: 'Share and download',
    link: 'Link to all this: the files, the cluster, and what you did at which moment',
    size: (characters: number) =>
      characters < 1000 ? `${characters} characters` : `${(characters / 1000).toFixed(1)} thousand characters`,
    long: 'Some chat programs cut links of more than 2,000 characters; a file is safer.',
    tooLarge: (characters: number) =>
      `This is too large for a link (${Math.round(characters / 1000)} thousand characters). Download it as a file; whoever opens the playground can drop the file into the editor.`,
    private: 'All of it is in the part of the link after #, which browsers send to no server.',
    copy: 'Copy link',
    copied: 'Copied.',
    notCopied: 'The browser does not let the page copy. The link is selected: press Ctrl+C.',
    downloads: 'Downloads',
    manifest: (name: string) => `Manifest ${name}`,
    transcript: 'Terminal as text',
    scenario: 'Scenario file',
    openScenario: 'Open a scenario file',
    close: 'Close',
    faults: {
      damaged: 'This link is damaged: a part is missing or was changed. Ask for it again, or as a file.',
      newer: 'This link was made by a later release of this page. Reload the page to get that release.',
    },
    fileFaults: {
      damaged: 'This file is no scenario, or a part of it is missing.',
      newer: 'This scenario file was made by a later release of this page. Reload the page to get that release.',
    },
    noWorld: (name: string) => `This was made on a cluster “${name}”, which this page does not have.`,
  },
  dismiss: 'Dismiss',
};
