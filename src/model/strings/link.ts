const figure = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
const megabytes = (bytes: number) => `${figure(Math.round(bytes / 104_857.6) / 10)} MiB`;
const quoted = (name: string) => (name === '' ? '' : ` (${name})`);

type Thing = 'link' | 'file';
const again = {
  link: 'Ask for it once more, or copy it whole.',
  file: 'Ask for it once more, or save it anew.',
} as const;

/** Texts of links and state files: why one was not opened, what a share dialog says. */
export const linkStrings = {
  /** After each reason why something was not opened. */
  workKept: 'Your own work is as it was.',
  newer: {
    version: (thing: Thing, version: string) =>
      `This ${thing} was made by a newer Heapscape: it is of version ${version}, and this page reads version 1. Reload to get the newer one.`,
    form: (name: string) => `This link was made by a newer Heapscape (${name}). Reload to get it.`,
    setting: (thing: Thing, name: string) =>
      `This ${thing} was made by a newer Heapscape: it has a setting${quoted(name)} that this page does not know. Reload to get the newer one.`,
    value: (thing: Thing, name: string) =>
      `This ${thing} was made by a newer Heapscape: it asks for something${quoted(name)} that this page does not have. Reload to get the newer one.`,
    id: (thing: Thing, id: string) =>
      `This ${thing} was made by a newer Heapscape: it opens ${id}, which is not in this page’s gallery. Reload to get the newer one.`,
  },
  damaged: {
    size: {
      link: (characters: string, limit: number) =>
        `This link was not opened: it has ${characters} characters, and at most ${figure(limit)} are read. ${again.link}`,
      file: (limit: number) =>
        `This file was not opened: it is larger than a state file can be, ${megabytes(limit)}. A recording of its own opens up to 256 MiB.`,
    },
    form: 'What follows the # of this address is no link of Heapscape’s.',
    cut: `This link is not whole: its end is missing. ${again.link}`,
    checksum: `This link is damaged: its checksum does not match. ${again.link}`,
    script: `This link is damaged: the script in it does not unpack. ${again.link}`,
    setting: (thing: Thing, name: string) =>
      `This ${thing} is damaged: the setting${quoted(name)} has a value that it cannot have. ${again[thing]}`,
    unreadable: 'The file could not be read to its end. Choose it once more.',
    json: `This file is damaged, or not one that Heapscape saved: it is no state file in JSON. ${again.file}`,
  },
  /** A lane's policy is another than where the link or file was made. */
  policy: (letter: string, name: string, made: number, here: number) =>
    `Lane ${letter} (${name}) was shared with policy ${made} of this allocator; this page runs policy ${here}. Addresses and page counts may differ from what was shared.`,

  share: {
    title: 'Share this view',
    link: 'Link',
    copyLink: 'Copy link',
    copyMarkdown: 'Copy as Markdown',
    saveFile: 'Save as file',
    copied: 'Copied.',
    /** Where the clipboard is refused: the link is selected instead. */
    copyByHand: 'The browser does not let the page copy. The link is selected: copy it with Control C.',
    /** Marks of the ruler of length, at these many characters. */
    ruler: { scan: 'easy to scan', chat: 'chat, mail', qr: 'largest QR' },
    rulerLabel: (characters: number) => `Length of the link: ${figure(characters)} characters`,
    figure,
    qr: {
      label: 'The link as a QR code',
      point: 'Point a phone camera here',
      full: 'Show full screen',
      ends: 'Esc ends it',
      saveSvg: 'Save the QR code as SVG',
      fileName: 'heapscape-link.svg',
      facts: (version: number, size: number) => `version ${version}, low correction, ${size} × ${size}`,
      phone: 'A phone shows one lane at a time, at the same op.',
      tooLong: (most: number) =>
        `Too long for a QR code that scans from across a room: up to ${figure(most)} characters fit. Leave out a part, or save it as a file.`,
    },
    file: (name: string) =>
      `Everything above, and more than a link can hold, in ${name}. Open it by dropping it on the page.`,
    saving: 'Making the file ready',
    saved: (name: string) => `Saved ${name}.`,
    characters: (characters: number) => (characters === 1 ? 'character' : 'characters'),
    holds: 'What the link holds',
    cost: (addressAndFrame: number) => `characters, after ${figure(addressAndFrame)} of address, version and checksum`,
    parts: {
      script: (lines: number) => `Script, ${figure(lines)} ${lines === 1 ? 'line' : 'lines'}`,
      gallery: (title: string) => `${title}, as it is in the gallery`,
      lanes: (letters: string) => (letters === '' ? 'No lanes' : `Lanes ${letters} and their options`),
      position: (position: number | null) =>
        position === null ? 'Position: the end of the run' : `Position: op ${figure(position)}, and what is selected`,
      view: 'View: panels, colour, theme',
    },
    advice: {
      short: 'Short enough for chat and mail.',
      long: 'Long for a message. Leave out a part, or save it as a file.',
      'over-chat':
        'Chats cut off messages of more than 2\u202f000 characters. Save it as a file instead, or leave out a part.',
    },
    tooLong: (characters: number, limit: number) =>
      `This script makes a link of ${figure(characters)} characters; at most ${figure(limit)} are ever read. Save it as a file instead.`,
    scriptTooLong: (limit: number) =>
      `The script is longer than ${figure(limit)} bytes, the limit of the language. Shorten it, and it can be shared.`,
    recording: 'A link cannot hold a recording of your own. Save it as a file instead: the recording goes with it.',
    recordingTooLarge: (bytes: number, limit: number) =>
      `As an operation list this recording has ${megabytes(bytes)}; a file holds ${megabytes(limit)}. Record a shorter stretch, or share the recording itself.`,
    staysHere: 'All of it stands after the #, which no browser sends to a server. A link keeps its meaning for ever.',
    claim: (position: number, lanes: readonly { readonly letter: string; readonly pages: number }[]) =>
      lanes.length === 0
        ? 'A scenario in Heapscape'
        : `At op ${figure(position)} ${lanes.map(({ letter, pages }) => `${letter} holds ${figure(pages)} ${pages === 1 ? 'page' : 'pages'}`).join(', ')}`,
  },
} as const;
