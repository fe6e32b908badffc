import { execFileSync } from 'child_process';
import * as fs from 'fs';

/**
 * Writes the changelog of a release: what was committed since the one before it. The tool that bumps the version lists only commits
 * that begin with a type, such as `feat:`; here a commit says in a sentence what is better.
 *
 * Runs as the last step of `projen bump`, whose settings are in the environment.
 */
const { CHANGELOG, BUMPFILE, RELEASETAG } = process.env;
if (!CHANGELOG || !BUMPFILE || !RELEASETAG) throw new Error('run by `npx projen bump`, which says which files to write');

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

/** The release before this one, if there was one. */
function lastRelease(): string | undefined {
  const tags = git('tag', '--merged', 'HEAD', '--sort=-version:refname', '--list', 'v*').split('\n');
  return tags.find(tag => tag !== '' && tag !== fs.readFileSync(RELEASETAG!, 'utf8').trim());
}

const since = lastRelease();
const commits = git('log', '--no-merges', '--format=- %s (%h)', since ? `${since}..HEAD` : 'HEAD');
const day = git('log', '-1', '--format=%cs');
fs.writeFileSync(CHANGELOG, `## ${fs.readFileSync(BUMPFILE, 'utf8').trim()} (${day})\n\n${commits}\n`);
