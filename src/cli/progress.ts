import { Terminal } from './terminal';
import { ReadProgress } from '../model/read/template-files';

/** Reading fewer files than these is over before anybody wonders. */
const WORTH_SHOWING = 50;

/** What a person sees while many files are read; nothing where nobody looks. */
export function progressOf({ interactive }: Terminal): { read: ReadProgress; end: () => void } {
  if (!interactive) return { read: () => {}, end: () => {} };
  let bar: import('cli-progress').SingleBar | undefined;
  return {
    read: (read, found, file) => {
      if (found < WORTH_SHOWING) return;
      bar ??= started(found);
      bar.setTotal(found);
      bar.update(read, { file });
    },
    end: () => bar?.stop(),
  };
}

function started(total: number): import('cli-progress').SingleBar {
  // Loaded where it is needed: most runs are short.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { SingleBar } = require('cli-progress') as typeof import('cli-progress');
  const bar = new SingleBar({ format: 'Reading {bar} {value}/{total} {file}', clearOnComplete: true, stream: process.stderr });
  bar.start(total, 0, { file: '' });
  return bar;
}
