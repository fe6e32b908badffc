#!/usr/bin/env node
import { createColors } from 'picocolors';
import { run } from './program';

// Writing stops quietly when whoever reads has enough, such as `head`.
process.stdout.on('error', error => { if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error; });

process.exitCode = run(process.argv.slice(2), {
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
  colors: createColors().isColorSupported && process.stdout.isTTY,
  interactive: process.stderr.isTTY && !process.env.CI,
  width: process.stdout.columns,
  today: new Date().toISOString().slice(0, 10),
});
